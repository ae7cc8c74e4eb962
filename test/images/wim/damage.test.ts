/** Damage: one flipped byte in each structure has its named verdict; mutated files never give anything but format errors. */
import { describe, expect, test } from 'vitest';
import { readAll } from '../../../images/bytes/index.ts';
import { filesOf } from '../../../images/tree/index.ts';
import { assertSound, verifyWim, wimHeader, type WimHeader } from '../../../images/wim/index.ts';
import { IntegrityError, operationContext } from '../../../src/core/index.ts';
import { randomBelow } from '../../support/random-numbers.ts';
import { openBytes, sampleImage, sampleWim, sha1Text, wimBytes } from './make-wim.ts';
import { exercise, mutated } from './mutate.ts';

const made = (): Promise<Uint8Array> => wimBytes([sampleImage()], { integrity: true });

async function flipped(where: (header: WimHeader) => number): Promise<Uint8Array> {
  const bytes = await made();
  const at = where(wimHeader.decode(bytes));
  bytes[at] = (bytes[at] as number) ^ 0x55;
  return bytes;
}

const report = async (bytes: Uint8Array): Promise<Awaited<ReturnType<typeof verifyWim>>> =>
  verifyWim(await openBytes(bytes), operationContext());
const codesOf = async (bytes: Uint8Array): Promise<string[]> => (await report(bytes)).problems.map((p) => p.code);

describe('a damaged WIM', () => {
  test('a sound one has no problems', async () => {
    const result = await report(await made());
    expect(result).toMatchObject({ problems: [], images: 1, blobs: 4, integrityChunks: 1 });
    expect(() => assertSound(result)).not.toThrow();
  });

  test('a flipped byte of file data: blob, offset and a path that uses it are named', async () => {
    const wim = await sampleWim();
    const blob = (await wim.blobTable()).find(sha1Text('x'.repeat(100_000)));
    const offset = blob?.resource.offset ?? 0;
    const result = await report(await flipped(() => offset + 77_777));
    expect(result.problems).toMatchObject([
      { code: 'WIM_BLOB_DIGEST_MISMATCH', offset, path: '1:/Windows/System32/boot/x.bin' },
      { code: 'WIM_INTEGRITY_MISMATCH', offset: 208 },
    ]);
    expect(() => assertSound(result)).toThrow(IntegrityError);
    expect(() => assertSound(result)).toThrow(/1:\/Windows\/System32\/boot\/x\.bin: blob sha1:.* \(and 1 more\)/);
  });

  test('a flipped byte of metadata', async () => {
    const bytes = await flipped((header) => header.bootMetadata.offset + 50);
    await expect(openBytes(bytes).then((wim) => wim.image(1))).rejects.toThrow(IntegrityError);
    expect(await codesOf(bytes)).toEqual(['WIM_METADATA_DIGEST_MISMATCH', 'WIM_INTEGRITY_MISMATCH']);
  });

  test('a flipped hash in the blob table: the file has no data, and the data is not what it says', async () => {
    const bytes = await flipped((header) => header.blobTable.offset + 40);
    expect(await codesOf(bytes)).toEqual(
      expect.arrayContaining(['WIM_BLOB_DIGEST_MISMATCH', 'WIM_BLOB_MISSING', 'WIM_INTEGRITY_MISMATCH']),
    );
    const image = await (await openBytes(bytes)).image(1);
    const files = filesOf(image.tree());
    const there = files.filter(({ file }) => {
      try {
        return file.content.size >= 0;
      } catch (error) {
        expect(error).toMatchObject({ code: 'WIM_BLOB_MISSING' });
        return false;
      }
    });
    expect(files.length - there.length).toBe(1);
  });

  test('an offset in the blob table that points past the end', async () => {
    const bytes = await flipped((header) => header.blobTable.offset + 8 + 5);
    expect(await codesOf(bytes)).toContain('WIM_RESOURCE_RANGE');
  });

  test('a flipped byte of the integrity table', async () => {
    const hash = await flipped((header) => header.integrityTable.offset + 15);
    expect(await codesOf(hash)).toEqual(['WIM_INTEGRITY_MISMATCH']);
    const count = await flipped((header) => header.integrityTable.offset + 4);
    expect(await codesOf(count)).toEqual(['WIM_INTEGRITY_TABLE']);
  });

  test('a header whose boot metadata is not the image that it names', async () => {
    const bytes = await made();
    const header = wimHeader.decode(bytes);
    const bootMetadata = { ...header.bootMetadata, offset: header.bootMetadata.offset - 8 };
    wimHeader.encodeInto(bytes, 0, { ...header, bootMetadata });
    expect((await report(bytes)).problems).toMatchObject([{ code: 'WIM_HEADER', offset: 0x60 }]);
  });

  test.each([
    ['magic', () => 3, 'WIM_NOT_A_WIM'],
    ['header size', () => 8, 'WIM_HEADER'],
    ['version', () => 0xd, 'WIM_HEADER'],
    ['XML text', (header: WimHeader) => header.xmlData.offset + 2, 'WIM_XML'],
  ])('a flipped byte of the %s stops the opening', async (_, where, code) => {
    await expect(openBytes(await flipped(where))).rejects.toThrow(expect.objectContaining({ code }));
  });

  test('cut off anywhere, it is a format error, or whole', async () => {
    const bytes = await wimBytes([sampleImage()]);
    for (let size = 0; size < bytes.length; size += 997) {
      expect(await exercise(bytes.subarray(0, size))).not.toEqual([]);
    }
    expect(await exercise(bytes)).toEqual([]);
  });

  test('a path whose data is damaged still reads; verification is what finds it', async () => {
    const wim = await sampleWim();
    const offset = (await wim.blobTable()).find(sha1Text('long'))?.resource.offset ?? 0;
    const image = await (await openBytes(await flipped(() => offset))).image(1);
    const file = image.tree().children.find((child) => child.name.startsWith('long'));
    expect(file?.kind === 'file' && (await readAll(file.content)).length).toBe(4);
  });

  test('800 mutations: nothing but format errors', async () => {
    const bytes = await wimBytes([sampleImage(), sampleImage()], { integrity: true });
    const random = randomBelow(20_261_121);
    const seen = new Set<string>();
    for (let i = 0; i < 800; i++) for (const code of await exercise(mutated(bytes, random))) seen.add(code);
    // The mutations reach every table.
    for (const code of ['WIM_HEADER', 'WIM_XML', 'WIM_BLOB_MISSING', 'WIM_INTEGRITY_TABLE', 'WIM_RESOURCE_RANGE']) {
      expect(seen).toContain(code);
    }
  });

  test('600 mutations of metadata that has no SHA-1, so that the parser sees every one', async () => {
    const bytes = await wimBytes([sampleImage()]);
    const header = wimHeader.decode(bytes);
    const { offset, size } = header.bootMetadata;
    // wimboot writes the hash of metadata as zero: nothing is compared then.
    bytes.fill(
      0,
      header.blobTable.offset + header.blobTable.size - 20,
      header.blobTable.offset + header.blobTable.size,
    );
    const random = randomBelow(7);
    const seen = new Set<string>();
    for (let i = 0; i < 600; i++) {
      const copy = bytes.slice();
      for (let n = random(3); n >= 0; n--) copy[offset + random(size)] = random(256);
      for (const code of await exercise(copy)) seen.add(code);
    }
    expect(seen).toContain('WIM_METADATA');
  });
});
