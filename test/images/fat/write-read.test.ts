/** What we write we read back equal; bytes that firmware and drivers look at are as the facts say. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { memorySource, viewOf, type ByteSource } from '../../../images/bytes/index.ts';
import {
  clustersOf,
  fatVolumePieces,
  layoutFatVolume,
  openFat,
  writeFatVolume,
  type FatType,
} from '../../../images/fat/index.ts';
import { compareTrees, filesOf, findFile } from '../../../images/tree/index.ts';
import { anyTree, hollow, nodeAt, plainOptions, TIME, treeOf, volumeBytes, volumeSource } from './volumes.ts';

const types: readonly FatType[] = [12, 16, 32];

describe.each(types)('FAT%i', (type) => {
  test('any tree comes back equal, without a warning, from the places of the layout', async () => {
    await fc.assert(
      fc.asyncProperty(anyTree, fc.constantFrom(0, 512, 1_048_576), fc.boolean(), async (tree, startOffset, shared) => {
        const rootEntries = 2048;
        const options = shared ? { fileAlignment: 2048, freeSpace: 'before-files' as const } : {};
        const layout = layoutFatVolume(tree, plainOptions({ type, startOffset, rootEntries, ...options }));
        const volume = await openFat(await volumeSource(layout));
        expect(await volume.warnings()).toEqual([]);
        const read = await volume.tree();
        expect(await compareTrees(tree, read)).toEqual([]);
        expect(volume).toMatchObject({ type, label: 'OSDKIT', serial: 0x1234_abcd, clusterCount: layout.clusterCount });
        expect(await volume.freeClusters()).toBe(layout.freeClusters);
        const placement = await volume.placement();
        for (const { path, file } of filesOf(tree)) {
          const found = findFile(read, path);
          const offset = found && placement.get(found);
          expect(offset === undefined ? undefined : offset + startOffset).toBe(layout.placement.get(file));
        }
      }),
      { seed: 11, numRuns: type === 32 ? 25 : 60 },
    );
  });

  test('times and attributes come back', async () => {
    const tree = treeOf({ 'a/b': 5 });
    const file = { ...nodeAt(tree, 'a/b'), attributes: 0x27, modified: Date.UTC(1999, 11, 31, 23, 59, 58) };
    const root = { ...tree, children: [{ ...nodeAt(tree, 'a'), children: [file] }] } as typeof tree;
    const read = await (await openFat(await volumeSource(layoutFatVolume(root, plainOptions({ type }))))).tree();
    expect(nodeAt(read, 'a/b')).toMatchObject({
      attributes: 0x27,
      modified: Date.UTC(1999, 11, 31, 23, 59, 58),
      created: TIME,
    });
    expect(nodeAt(read, 'a')).toMatchObject({ attributes: 0x10, modified: TIME });
  });

  test('bytes 0x1be to 0x1fd of the boot sector are zero, hidden sectors are those before the volume', () => {
    const layout = layoutFatVolume(treeOf({ a: 1 }), plainOptions({ type, startOffset: 1_048_576 }));
    const boot = writeFatVolume(layout)[0]?.bytes ?? new Uint8Array();
    expect(boot).toHaveLength(512);
    expect(boot.subarray(0x1be, 0x1fe).every((byte) => byte === 0)).toBe(true);
    expect([...boot.subarray(0x1fe)]).toEqual([0x55, 0xaa]);
    expect(viewOf(boot).getUint32(0x1c, true)).toBe(2048);
  });

  test('boot code is asked for with the layout and lands behind the fields', () => {
    const room = type === 32 ? 420 : 448;
    const code = new Uint8Array(room).fill(0x90, 0, room - 64);
    const tree = treeOf({ bootmgr: 9 });
    const place: (number | undefined)[] = [];
    const bootCode = (layout: Parameters<typeof writeFatVolume>[0]) => {
      const file = findFile(tree, 'bootmgr');
      place.push(file && layout.placement.get(file));
      return code;
    };
    const layout = layoutFatVolume(tree, plainOptions({ type, bootCode }));
    const boot = writeFatVolume(layout)[0]?.bytes ?? new Uint8Array();
    expect(place).toEqual(layout.files.map(({ file }) => layout.placement.get(file)));
    expect(place).toEqual([expect.any(Number)]);
    expect(boot.subarray(510 - room, 510)).toEqual(code);
    expect(boot[1]).toBe(510 - room - 2);
    const bad = layoutFatVolume(tree, plainOptions({ type, bootCode: () => new Uint8Array(room).fill(1) }));
    expect(() => writeFatVolume(bad)).toThrow(expect.objectContaining({ code: 'FAT_BOOT_CODE' }));
  });

  test('equal input gives equal bytes', async () => {
    const make = () => volumeBytes(layoutFatVolume(treeOf({ 'a b c': 3, 'd/E': 4 }), plainOptions({ type })));
    expect(Buffer.compare(await make(), await make())).toBe(0);
  });
});

test('a volume of 32 GiB with a file of almost 4 GiB is written in pieces of 1 MiB and read with few reads', async () => {
  const size = 4 * 1024 ** 3 - 1;
  const tree = {
    kind: 'directory',
    name: '',
    children: [{ kind: 'file', name: 'install.swm', content: hollow(size) }],
  } as const;
  const layout = layoutFatVolume(tree, plainOptions({ type: 32, totalSize: 32 * 1024 ** 3, clusterSize: 4096 }));
  const pieces = [...fatVolumePieces(layout)];
  for (const { bytes } of pieces) expect(bytes.length).toBeLessThanOrEqual(1024 * 1024);
  let reads = 0;
  const source: ByteSource = {
    id: 'sparse',
    size: layout.endOffset,
    async read(offset, length) {
      reads++;
      const result = new Uint8Array(length);
      for (const piece of pieces) {
        const from = Math.max(offset, piece.offset);
        const to = Math.min(offset + length, piece.offset + piece.bytes.length);
        if (from < to) result.set(piece.bytes.subarray(from - piece.offset, to - piece.offset), from - offset);
      }
      return result;
    },
  };
  const volume = await openFat(source);
  expect(reads).toBeLessThanOrEqual(3);
  const file = findFile(await volume.tree(), 'install.swm');
  expect(file?.content.size).toBe(size);
  expect(reads).toBeLessThanOrEqual(10);
  expect(await volume.freeClusters()).toBe(layout.freeClusters);
});

test('a file in many pieces reads in order, at any offset', async () => {
  const layout = layoutFatVolume(treeOf({ 'x.bin': 5000 }), plainOptions({ type: 16, clusterSize: 512 }));
  const bytes = await volumeBytes(layout);
  const view = viewOf(bytes);
  const [entry] = layout.files;
  if (!entry) throw new Error('no file');
  const file = { node: entry.file, ...clustersOf(layout, entry.file) };
  // Swap the clusters of the file by hand: data and chain both backwards.
  const fat = layout.reservedSectors * 512;
  const offsetOf = (cluster: number) => layout.dataOffset + (cluster - 2) * 512;
  const clusters = Array.from({ length: file.clusters }, (_, index) => file.firstCluster + index);
  const data = clusters.map((cluster) => bytes.slice(offsetOf(cluster), offsetOf(cluster) + 512));
  for (const [index, cluster] of [...clusters].reverse().entries()) {
    bytes.set(data[index] as Uint8Array, offsetOf(cluster));
    const last = index === clusters.length - 1;
    for (const base of [fat, fat + layout.fatSectors * 512])
      view.setUint16(base + cluster * 2, last ? 0xffff : cluster - 1, true);
  }
  const root = layout.dataOffset - layout.rootSectors * 512;
  expect(view.getUint16(root + 2 * 32 + 26, true)).toBe(file.firstCluster);
  view.setUint16(root + 2 * 32 + 26, clusters.at(-1) ?? 0, true);
  const volume = await openFat(memorySource(bytes));
  const read = findFile(await volume.tree(), 'x.bin');
  const whole = await file.node.content.read(0, 5000);
  expect(Buffer.compare((await read?.content.read(0, 5000)) ?? new Uint8Array(), whole)).toBe(0);
  for (const [offset, length] of [
    [0, 1],
    [511, 2],
    [512, 512],
    [4999, 1],
    [1000, 3000],
  ] as const) {
    const part = (await read?.content.read(offset, length)) ?? new Uint8Array();
    expect(Buffer.compare(part, whole.subarray(offset, offset + length))).toBe(0);
  }
  expect((await volume.placement()).size).toBe(0);
  const parts = read?.content.parts ?? [];
  expect(
    Buffer.compare(Buffer.concat(parts.map((part) => ('bytes' in part ? part.bytes : new Uint8Array()))), whole),
  ).toBe(0);
});
