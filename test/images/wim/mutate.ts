/** Mutations of a WIM by a fixed seed, and a walk that reads and changes whatever a damaged file still offers. */
import { expect } from 'vitest';
import { memorySource, readAll } from '../../../images/bytes/index.ts';
import { filesOf } from '../../../images/tree/index.ts';
import { bootability, openWim, updateWim, verifyWim, wimHeader } from '../../../images/wim/index.ts';
import { FormatError, InputError, operationContext } from '../../../src/core/index.ts';

/** One to four bytes, words or stretches changed, half of them in the header and the tables. */
export function mutated(original: Uint8Array, random: (below: number) => number): Uint8Array {
  const bytes = original.slice();
  const header = wimHeader.decode(original);
  const tables = [header.blobTable, header.xmlData, header.bootMetadata, header.integrityTable];
  const special = [0, 1, 0x7f, 0x80, 0xff];
  for (let n = random(4) + 1; n > 0; n--) {
    const kind = random(6);
    const table = tables[kind - 1];
    const at =
      kind === 0 ? random(208) : table && table.size > 0 ? table.offset + random(table.size) : random(bytes.length);
    const value = random(2) === 0 ? random(256) : (special[random(special.length)] as number);
    const length = random(4) === 0 ? 8 : random(4) === 0 ? 4 : 1;
    bytes.fill(value, at, Math.min(bytes.length, at + length));
  }
  return random(20) === 0 ? bytes.subarray(0, random(bytes.length)) : bytes;
}

/** Reads everything, verifies and updates. Only errors about the file may escape; returns their codes. */
export async function exercise(bytes: Uint8Array, workers = 0): Promise<readonly string[]> {
  const codes: string[] = [];
  const attempt = async (what: () => Promise<unknown>, ...also: (typeof InputError)[]): Promise<void> => {
    try {
      await what();
    } catch (error) {
      if (!(error instanceof FormatError) && !also.some((kind) => error instanceof kind)) throw error;
      expect((error as FormatError).message).not.toBe('');
      codes.push((error as FormatError).code);
    }
  };
  await attempt(async () => {
    const wim = await openWim(memorySource(bytes, 'mutated.wim'));
    bootability(wim);
    for (const { index } of wim.images.slice(0, 5)) {
      await attempt(async () => {
        const image = await wim.image(index);
        image.skipped();
        for (const { file } of filesOf(image.tree())) await attempt(() => readAll(file.content, 8 * 1024 * 1024));
      });
    }
    await attempt(async () => {
      const report = await verifyWim(wim, operationContext(), { workers });
      codes.push(...report.problems.map((problem) => problem.code));
    });
    await attempt(async () => {
      const content = memorySource(Uint8Array.of(1));
      const images = [{ index: 1, changes: [{ op: 'put' as const, path: 'Windows/new', content }] }];
      const updated = await updateWim(wim, { images, modified: 0 });
      await updated.source.read(0, Math.min(updated.source.size, 100_000));
    }, InputError);
  });
  return codes;
}
