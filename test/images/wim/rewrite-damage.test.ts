/** Damaged files given to every operation on WIMs: errors about the file, or a result; never anything else. */
import { describe, expect, test } from 'vitest';
import { memorySink, memorySource } from '../../../images/bytes/index.ts';
import {
  describeImage,
  exportWim,
  joinedParts,
  openWim,
  planSplit,
  updateInto,
  verifyWim,
  writeSplitPart,
  type Wim,
} from '../../../images/wim/index.ts';
import { FormatError, InputError, operationContext } from '../../../src/core/index.ts';
import { randomBelow } from '../../support/random-numbers.ts';
import { openBytes, sampleImage, text, wimBytes } from './make-wim.ts';
import { mutated } from './mutate.ts';

const context = operationContext();
const rounds = 250;

/** Runs it; whether it failed, which only errors about the file and the choice of images may do. */
async function fails(what: () => Promise<unknown>): Promise<boolean> {
  try {
    await what();
    return false;
  } catch (error) {
    if (error instanceof FormatError || error instanceof InputError) return true;
    throw error;
  }
}

async function everything(wim: Wim, bytes: Uint8Array): Promise<number> {
  const sink = memorySink();
  await sink.write(0, bytes);
  const results = [
    await fails(async () => {
      for await (const entry of describeImage(await wim.image(1))) expect(entry.path).toBeTypeOf('string');
    }),
    await fails(() => exportWim(wim, {}, memorySink())),
    await fails(() => exportWim(wim, { compression: 'none' }, memorySink())),
    await fails(() => exportWim(wim, { compression: 'xpress' }, memorySink())),
    await fails(async () => {
      const plan = await planSplit(wim, 60_000);
      for (const part of plan.parts.slice(0, 4)) await writeSplitPart(plan, part, memorySink());
    }),
    await fails(() => {
      const changes = [{ op: 'put', path: 'Windows/new', content: text('new') } as const];
      return updateInto(wim, { images: [{ index: 1, changes }], modified: 1e12 }, sink, context);
    }),
  ];
  return results.filter(Boolean).length;
}

async function made(compression: 'none' | 'lzx'): Promise<Uint8Array> {
  const sink = memorySink();
  await exportWim(await openBytes(await wimBytes([sampleImage()])), { compression, integrity: true }, sink);
  return sink.bytes();
}

describe.each(['none', 'lzx'] as const)('a WIM in the form %s', (compression) => {
  test('mutated', { timeout: 60_000 }, async () => {
    const original = await made(compression);
    expect(await everything(await openBytes(original), original)).toBe(0);
    const random = randomBelow(compression === 'lzx' ? 7 : 8);
    let refused = 0;
    for (let round = 0; round < rounds; round++) {
      const bytes = mutated(original, random);
      await fails(async () => {
        refused += await everything(await openWim(memorySource(bytes, 'mutated.wim')), bytes);
      });
    }
    expect(refused).toBeGreaterThan(20);
  });
});

test('a set with a mutated part', { timeout: 60_000 }, async () => {
  const plan = await planSplit(await openBytes(await made('none')), 60_000);
  const parts: Uint8Array[] = [];
  for (const part of plan.parts) {
    const sink = memorySink();
    await writeSplitPart(plan, part, sink);
    parts.push(sink.bytes());
  }
  expect(parts.length).toBeGreaterThan(1);
  const random = randomBelow(9);
  let refused = 0;
  for (let round = 0; round < rounds; round++) {
    const chosen = random(parts.length);
    const files = parts.map((bytes, i) => (i === chosen ? mutated(bytes, random) : bytes));
    const failed = await fails(async () => {
      const set = joinedParts(await Promise.all(files.map((bytes, i) => openWim(memorySource(bytes, `part ${i}`)))));
      await verifyWim(set, context);
      await exportWim(set, { compression: 'none' }, memorySink());
    });
    if (failed) refused++;
  }
  expect(refused).toBeGreaterThan(20);
});
