/** Writer against reader, forms that only others write, damage. Foreign judges are in udf.tools.ts. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { crc16, memorySource, viewOf, zeroSource, type ByteSource } from '../../../images/bytes/index.ts';
import type { ExtentFile } from '../../../images/iso9660/index.ts';
import { compareTrees, filesOf, findFile, walkTree, type DirectoryNode } from '../../../images/tree/index.ts';
import { layoutUdf, openUdf, writeUdf } from '../../../images/udf/index.ts';
import { FormatError } from '../../../src/core/index.ts';
import { anyTree, treeOf } from '../fat/volumes.ts';
import { BLOCK, bridge, dice, imageBytes, imageSource, TIME } from '../iso9660/placed-image.ts';

const jolietTree = anyTree.filter((tree) => [...walkTree(tree)].every(({ node }) => node.name.length <= 103));
const START = 257;

test('any tree comes back', async () => {
  await fc.assert(
    fc.asyncProperty(jolietTree, async (tree) => {
      const volume = await openUdf(await imageSource(bridge(tree)));
      expect(await compareTrees(tree, await volume.tree())).toEqual([]);
    }),
    { numRuns: 40 },
  );
});

test('label, set id, revision, anchors, times come back', async () => {
  const image = bridge(treeOf({ 'a.txt': 10 }), { label: 'WINPE_X64' });
  const blocks = image.size / BLOCK;
  const volume = await openUdf(await imageSource(image));
  expect(volume).toMatchObject({
    label: 'WINPE_X64',
    setId: '0123456789abcdef',
    revision: 0x0102,
    blockSize: BLOCK,
    partition: { start: START, length: blocks - 257 - START },
    anchors: [256, blocks - 257, blocks - 1],
  });
  expect(findFile(await volume.tree(), 'a.txt')?.modified).toBe(TIME);
});

test('a file of 5 GB has extents of 0x3FFFF800 bytes and is read as one', async () => {
  const size = 5_000_000_000;
  const tree: DirectoryNode = {
    kind: 'directory',
    name: '',
    children: [{ kind: 'file', name: 'install.wim', content: zeroSource(size) }],
  };
  const options = { label: 'BIG', time: TIME, setId: '0123456789abcdef', recognitionBlock: 20 };
  const first = 1000 * BLOCK;
  const placement = new Map([[filesOf(tree)[0]!.file, first]]);
  const pieces = writeUdf(layoutUdf(tree), placement, { ...options, volumeBlocks: 3_000_000, anchors: [] });
  const head = new Uint8Array(400 * BLOCK);
  for (const { offset, bytes } of pieces) head.set(bytes, offset);
  // boot-standards 4.2: 4 x 3ffff800 + 2a061200 for exactly this size.
  const ads = viewOf(head).getUint32((START + 3) * BLOCK + 172, true);
  const lengths = Array.from({ length: ads / 8 }, (_, i) =>
    viewOf(head)
      .getUint32((START + 3) * BLOCK + 176 + 8 * i, true)
      .toString(16),
  );
  expect(lengths).toEqual(['3ffff800', '3ffff800', '3ffff800', '3ffff800', '2a061200']);
  const source: ByteSource = {
    id: 'sparse',
    size: 3_000_000 * BLOCK,
    read: async (offset, length) =>
      offset + length <= head.length ? head.subarray(offset, offset + length) : new Uint8Array(length),
  };
  const [found] = filesOf(await (await openUdf(source)).tree());
  expect((found!.file as ExtentFile).extents).toEqual([{ offset: first, length: size }]);
});

test('a file above 251 GB is refused before anything is written', () => {
  const file = { kind: 'file', name: 'huge.vhdx', content: zeroSource(252e9) } as const;
  const plan = () => layoutUdf({ kind: 'directory', name: '', children: [file] });
  expect(plan).toThrow(expect.objectContaining({ code: 'UDF_LIMIT', message: expect.stringContaining('huge.vhdx') }));
});

const sample = treeOf({ 'EFI/BOOT/BOOTX64.EFI': 5000, 'sources/boot.wim': 9000, 'a/b/c/d.txt': 3, bootmgr: 2048 });
const make = async () => imageBytes(bridge(sample));
const readAll = async (bytes: Uint8Array): Promise<DirectoryNode> =>
  (await openUdf(memorySource(bytes, 'image'))).tree();

/** Makes the tag of a changed descriptor right again. */
function reseal(bytes: Uint8Array, at: number, crcLength = viewOf(bytes).getUint16(at + 10, true)): void {
  const view = viewOf(bytes);
  view.setUint16(at + 10, crcLength, true);
  view.setUint16(at + 8, crc16(bytes.subarray(at + 16, at + 16 + crcLength)), true);
  bytes[at + 4] = 0;
  let sum = 0;
  for (let i = 0; i < 16; i++) sum += bytes[at + i]!;
  bytes[at + 4] = sum;
}

/** Offset of the file entry of a path in the sample: lbn 2 is the root, then all nodes in order of the tree. */
function entryOf(path: string): number {
  const index = [...walkTree(sample)].findIndex((one) => one.path === path);
  expect(index).toBeGreaterThanOrEqual(0);
  return (START + 3 + index) * BLOCK;
}

describe('forms that our writer does not use', () => {
  test('data inside the file entry', async () => {
    const bytes = await make();
    const at = entryOf('a/b/c/d.txt');
    viewOf(bytes).setUint16(at + 34, 0x0233, true);
    viewOf(bytes).setUint32(at + 172, 3, true);
    bytes.set([0x61, 0x62, 0x63], at + 176);
    reseal(bytes, at, 163);
    const file = findFile(await readAll(bytes), 'a/b/c/d.txt');
    expect(Buffer.from(await file!.content.read(0, 3)).toString()).toBe('abc');
  });

  test('long allocation descriptors, and extents apart with a hole between', async () => {
    const bytes = await make();
    const view = viewOf(bytes);
    const at = entryOf('sources/boot.wim');
    const block = view.getUint32(at + 180, true);
    const whole = await findFile(sample, 'sources/boot.wim')!.content.read(0, 9000);
    const ads = [
      [2048, block + 1],
      [0x8000_0000 + 2048, 0],
      [2048, block],
    ] as const;
    view.setUint16(at + 34, 0x0231, true);
    view.setUint32(at + 56, 6144, true);
    view.setUint32(at + 172, 16 * ads.length, true);
    for (const [i, [length, lbn]] of ads.entries()) {
      view.setUint32(at + 176 + 16 * i, length, true);
      view.setUint32(at + 180 + 16 * i, lbn, true);
    }
    reseal(bytes, at, 160 + 16 * ads.length);
    const file = findFile(await readAll(bytes), 'sources/boot.wim');
    const expected = [whole.slice(2048, 4096), new Uint8Array(2048), whole.slice(0, 2048)];
    expect(Buffer.compare(await file!.content.read(0, 6144), Buffer.concat(expected))).toBe(0);
  });

  test('descriptors that go on in another block', async () => {
    const bytes = await make();
    const view = viewOf(bytes);
    const at = entryOf('sources/boot.wim');
    const block = view.getUint32(at + 180, true);
    // The loader's data makes room for the second block of descriptors.
    const spare = view.getUint32(entryOf('EFI/BOOT/BOOTX64.EFI') + 180, true);
    view.setUint32(at + 176, 2048, true);
    view.setUint32(at + 184, 0xc000_0000 + 2048, true);
    view.setUint32(at + 188, spare, true);
    view.setUint32(at + 172, 16, true);
    reseal(bytes, at, 176);
    const next = (START + spare) * BLOCK;
    bytes.fill(0, next, next + BLOCK);
    view.setUint16(next, 258, true);
    view.setUint16(next + 2, 2, true);
    view.setUint32(next + 12, spare, true);
    view.setUint32(next + 20, 8, true);
    view.setUint32(next + 24, 9000 - 2048, true);
    view.setUint32(next + 28, block + 1, true);
    reseal(bytes, next, 16);
    const file = findFile(await readAll(bytes), 'sources/boot.wim');
    const whole = await findFile(sample, 'sources/boot.wim')!.content.read(0, 9000);
    expect(Buffer.compare(await file!.content.read(0, 9000), whole)).toBe(0);
  });

  test.each([
    ['the first anchor', 256],
    ['the main descriptor sequence', 34],
  ])('%s is damaged: the other one serves', async (_, block) => {
    const bytes = await make();
    bytes.fill(0xff, block * BLOCK + 20, block * BLOCK + 40);
    expect(await compareTrees(sample, await readAll(bytes))).toEqual([]);
  });
});

describe('damage', () => {
  test.each<[string, (bytes: Uint8Array, view: DataView) => void, string]>([
    [
      'no anchor',
      (b) => [256, b.length / BLOCK - 257, b.length / BLOCK - 1].forEach((n) => b.fill(0, n * BLOCK, n * BLOCK + 16)),
      'UDF_NOT_UDF',
    ],
    ['both sequences', (b) => [34, 50].forEach((n) => b.fill(1, n * BLOCK + 60, n * BLOCK + 61)), 'UDF_CHECKSUM'],
    ['a file set with a wrong CRC', (b) => b.fill(9, START * BLOCK + 30, START * BLOCK + 31), 'UDF_CHECKSUM'],
    ['a file entry with a wrong tag', (b) => b.fill(9, entryOf('bootmgr') + 6, entryOf('bootmgr') + 7), 'UDF_CHECKSUM'],
    [
      'a file entry in the wrong block',
      (b, v) => (v.setUint32(entryOf('bootmgr') + 12, 999, true), reseal(b, entryOf('bootmgr'))),
      'UDF_DESCRIPTOR',
    ],
    [
      'an extent outside the partition',
      (b, v) => (v.setUint32(entryOf('bootmgr') + 180, 0x7fff_ffff, true), reseal(b, entryOf('bootmgr'))),
      'UDF_DESCRIPTOR',
    ],
    [
      'a size beyond its extents',
      (b, v) => (v.setUint32(entryOf('bootmgr') + 56, 4096, true), reseal(b, entryOf('bootmgr'))),
      'UDF_DESCRIPTOR',
    ],
    [
      'attributes that leave the block',
      (b, v) => (v.setUint32(entryOf('bootmgr') + 168, 0xffff_0000, true), reseal(b, entryOf('bootmgr'))),
      'UDF_DESCRIPTOR',
    ],
    [
      'a folder that leads back to the root',
      (b, v) => {
        const at = Buffer.from(b).indexOf('\u0008sources', START * BLOCK, 'latin1') - 38;
        v.setUint32(at + 24, 2, true);
        reseal(b, at);
      },
      'UDF_DIRECTORY_LOOP',
    ],
    [
      'a metadata partition',
      (b, v) => [35, 51].forEach((n) => (v.setUint8(n * BLOCK + 440, 2), reseal(b, n * BLOCK))),
      'UDF_UNSUPPORTED',
    ],
  ])('%s', async (_, damage, code) => {
    const bytes = await make();
    damage(bytes, viewOf(bytes));
    await expect(readAll(bytes)).rejects.toMatchObject({ code });
  });

  test.each([
    ['Virtual', 'a virtual partition (VAT)'],
    ['Sparable', 'a sparable partition'],
    ['Metadata', 'a metadata partition'],
    ['Other', 'a partition map of type 2 ("*UDF Other Partition")'],
  ])('a partition map of kind %s is refused by its name', async (kind, told) => {
    const bytes = await make();
    for (const block of [35, 51]) {
      const at = block * BLOCK;
      viewOf(bytes).setUint32(at + 264, 6 + 64, true);
      viewOf(bytes).setUint32(at + 268, 2, true);
      bytes.set([2, 64], at + 446);
      bytes.set(Buffer.from(`*UDF ${kind} Partition`), at + 446 + 5);
      reseal(bytes, at, 446 + 64 - 16);
    }
    const refused = { code: 'UDF_UNSUPPORTED', message: expect.stringContaining(told) };
    await expect(readAll(bytes)).rejects.toMatchObject(refused);
  });

  test('an ICB of strategy 4096 is refused: newer entries lie behind it', async () => {
    const bytes = await make();
    viewOf(bytes).setUint16(entryOf('bootmgr') + 20, 4096, true);
    reseal(bytes, entryOf('bootmgr'));
    await expect(readAll(bytes)).rejects.toMatchObject({ code: 'UDF_UNSUPPORTED' });
  });

  test('a link is left out and told', async () => {
    const bytes = await make();
    bytes[entryOf('bootmgr') + 27] = 12;
    reseal(bytes, entryOf('bootmgr'));
    const { root, skipped } = await (await openUdf(memorySource(bytes))).read();
    expect(skipped).toEqual([{ path: 'bootmgr', what: 'symbolic link' }]);
    expect(root.children.map(({ name }) => name)).toEqual(['a', 'EFI', 'sources']);
  });

  test.each(['boot/gr', 'boot\\gr', 'boot\0gr', '..', '.', ''])(
    'the name %j cannot be part of a path',
    async (name) => {
      const bytes = await make();
      const at = Buffer.from(bytes).indexOf('\u0008bootmgr', START * BLOCK, 'latin1') - 38;
      const length = name === '' ? 0 : name.length + 1;
      // The identifier keeps its size: what the name leaves goes to the implementation use before it.
      viewOf(bytes).setUint16(at + 36, 8 - length, true);
      bytes[at + 19] = length;
      bytes.fill(0, at + 38, at + 46);
      bytes.set(Buffer.from(name === '' ? '' : `\u0008${name}`, 'latin1'), at + 46 - length);
      reseal(bytes, at);
      const refused = { code: 'UDF_DESCRIPTOR', message: expect.stringContaining('cannot be part of a path') };
      await expect(readAll(bytes)).rejects.toMatchObject(refused);
    },
  );

  test('many names of one file in many pieces are refused before they fill the memory', async () => {
    const names = 9000;
    const tree = treeOf({
      'a file in pieces': 300,
      ...Object.fromEntries(Array.from({ length: names }, (_, i) => [`n${i}`, 0])),
    });
    const bytes = await imageBytes(bridge(tree));
    const view = viewOf(bytes);
    const entry = (START + 3) * BLOCK;
    const pieces = 234;
    view.setUint32(entry + 172, 8 * pieces, true);
    // Pieces of one byte that are not recorded; the size is as many.
    view.setUint32(entry + 56, pieces, true);
    for (let i = 0; i < pieces; i++) view.setUint32(entry + 176 + 8 * i, 0x8000_0001, true);
    reseal(bytes, entry, 160 + 8 * pieces);
    const root = (START + 2) * BLOCK;
    const directory = (START + view.getUint32(root + 180, true)) * BLOCK;
    const end = directory + view.getUint32(root + 56, true);
    for (let at = directory; at < end; at += (38 + bytes[at + 19]! + 3) & ~3) {
      if (bytes[at + 18]! & 8) continue; // the parent
      view.setUint32(at + 24, 3, true);
      reseal(bytes, at);
    }
    await expect(readAll(bytes)).rejects.toMatchObject({ code: 'UDF_LIMIT' });
  });

  test('2,000 mutations, half of them with right checksums: only format errors escape', async () => {
    const good = await make();
    const roll = dice(20261121);
    const blocks = [
      32,
      33,
      34,
      35,
      36,
      256,
      ...Array.from({ length: layoutUdf(sample).endBlock - START }, (_, i) => START + i),
    ];
    let refused = 0;
    for (let run = 0; run < 2000; run++) {
      const bytes = good.slice();
      for (let n = 1 + roll(3); n > 0; n--) {
        const at = blocks[roll(blocks.length)]! * BLOCK;
        bytes[at + roll(300)] = roll(256);
        const { length } = bytes.subarray(at + 16, at + BLOCK);
        if (run % 2 === 0 && viewOf(bytes).getUint16(at + 10, true) <= length) reseal(bytes, at);
      }
      await readAll(bytes).catch((error: unknown) => {
        if (!(error instanceof FormatError)) throw error;
        refused++;
      });
    }
    expect(refused).toBeGreaterThan(500);
  });
});
