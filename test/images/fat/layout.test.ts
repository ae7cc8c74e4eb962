/** The pure layout: sizes, types, alignment, order, and what it refuses. */
import { describe, expect, test } from 'vitest';
import { LimitError } from '../../../src/core/index.ts';
import { CLUSTER_LIMITS, clustersOf, layoutFatVolume, type FatLayout } from '../../../images/fat/index.ts';
import { treeFromFiles } from '../../../images/tree/index.ts';
import { hollow, plainOptions, treeOf } from './volumes.ts';

const MIB = 1024 * 1024;
const GIB = 1024 * MIB;

const filesIn = (layout: FatLayout) => layout.files.map((one) => ({ ...one, ...clustersOf(layout, one.file) }));
const oneFile = (size: number) => treeFromFiles([{ path: 'sources/boot.wim', content: hollow(size) }]);

/** Everything that must hold for any layout. */
function expectSound(layout: FatLayout): void {
  const { least, most } = CLUSTER_LIMITS[layout.type];
  expect(layout.clusterCount).toBeGreaterThanOrEqual(least);
  expect(layout.clusterCount).toBeLessThanOrEqual(most);
  expect(layout.fatSectors * 512 * 8).toBeGreaterThanOrEqual((layout.clusterCount + 2) * layout.type);
  const before = layout.reservedSectors + 2 * layout.fatSectors + layout.rootSectors;
  expect(layout.dataOffset).toBe(layout.startOffset + before * 512);
  expect(layout.reservedSectors).toBeGreaterThanOrEqual(layout.type === 32 ? 32 : 1);
  let next = 2;
  let used = 0;
  for (const { firstCluster, clusters } of [...layout.directories.filter((d) => d.clusters > 0), ...filesIn(layout)]) {
    expect(firstCluster).toBeGreaterThanOrEqual(next);
    next = firstCluster + clusters;
    used += clusters;
  }
  expect(next).toBeLessThanOrEqual(layout.clusterCount + 2);
  expect(layout.freeClusters).toBe(layout.clusterCount - used);
  for (const { file, firstCluster } of filesIn(layout)) {
    expect(layout.placement.get(file)).toBe(layout.dataOffset + (firstCluster - 2) * layout.clusterSize);
  }
}

describe('cluster size of FAT32 (boot-chain 5.4 rule 1)', () => {
  test.each([
    ['10 MiB is padded to 65600 clusters of 512', 10 * MIB, 512, 65_600],
    ['40 MiB', 40 * MIB, 512, undefined],
    ['80 MiB', 80 * MIB, 1024, undefined],
    ['200 MiB', 200 * MIB, 2048, undefined],
    ['300 MiB', 300 * MIB, 4096, undefined],
    ['3 GiB', 3 * GIB, 4096, undefined],
  ])('%s', (_, size, clusterSize, count) => {
    const layout = layoutFatVolume(oneFile(size), plainOptions({ type: 32, fileAlignment: 2048 }));
    expectSound(layout);
    expect(layout.clusterSize).toBe(clusterSize);
    if (count !== undefined) expect(layout.clusterCount - count).toBeLessThan(4);
    else expect(layout.freeClusters).toBeLessThan(10);
  });

  test.each([
    [9, 8192],
    [20, 16_384],
    [40, 32_768],
  ])('%i GiB in files below 4 GiB', (gib, clusterSize) => {
    const files = Array.from({ length: gib }, (_, index) => ({ path: `${index}.swm`, content: hollow(GIB) }));
    const layout = layoutFatVolume(treeFromFiles(files), plainOptions({ type: 32 }));
    expectSound(layout);
    expect(layout.clusterSize).toBe(clusterSize);
  });
});

test('around every boundary of a type the chosen type, the count and the FAT fit together', () => {
  for (const type of [12, 16, 32, 'auto'] as const) {
    for (const clusters of [
      1, 4050, 4066, 4067, 4068, 4069, 4084, 4085, 4100, 65_490, 65_505, 65_520, 65_524, 65_525, 65_600,
    ]) {
      const clusterSize = type === 'auto' ? undefined : 512;
      for (const odd of [0, 1]) {
        const options = plainOptions({ type, ...(clusterSize === undefined ? {} : { clusterSize }) });
        try {
          expectSound(layoutFatVolume(oneFile(clusters * 512 - odd), options));
        } catch (error) {
          if (!(error instanceof LimitError)) throw error;
          // Two clusters are taken by folders at most, so a refusal is right only above the limit less two.
          expect(clusters).toBeGreaterThan(CLUSTER_LIMITS[type === 'auto' ? 32 : type].most - 2);
        }
      }
    }
  }
});

test('cluster 2, every file and the end of the volume lie where a disc can share them', () => {
  for (const clusterSize of [512, 1024, 2048, 8192]) {
    const tree = treeOf({ a: 1, b: 513, 'EFI/BOOT/BOOTX64.EFI': 5000, c: 2048, d: 4097 });
    const layout = layoutFatVolume(
      tree,
      plainOptions({ type: 16, clusterSize, startOffset: 3 * MIB, dataAlignment: MIB, fileAlignment: 2048 }),
    );
    expectSound(layout);
    expect(layout.dataOffset % MIB).toBe(0);
    expect(layout.endOffset % 2048).toBe(0);
    for (const { file } of layout.files) expect(layout.placement.get(file)! % 2048).toBe(0);
  }
});

test('free space before the files leaves less than an alignment behind the last one (boot-chain 5.4 rule 4)', () => {
  const tree = treeOf({ 'EFI/BOOT/BOOTX64.EFI': 70_001, bootmgr: 5, 'sources/boot.wim': 123_457 });
  for (const clusterSize of [512, 4096]) {
    const options = { type: 32, clusterSize, fileAlignment: 2048, freeSpace: 'before-files' } as const;
    const layout = layoutFatVolume(tree, plainOptions(options));
    expectSound(layout);
    const last = filesIn(layout).at(-1);
    const end = last ? layout.dataOffset + (last.firstCluster - 2 + last.clusters) * clusterSize : 0;
    expect(layout.endOffset - end).toBeLessThan(Math.max(2048, clusterSize));
    expect(layout.freeClusters).toBeGreaterThan(60_000);
  }
});

test('a fixed size is kept to the sector', () => {
  for (const totalSize of [1_474_560, 2_949_120, 8 * MIB, 40 * MIB, 100 * MIB + 512]) {
    const layout = layoutFatVolume(treeOf({ 'EFI/BOOT/BOOTX64.EFI': 1_000_000 }), plainOptions({ totalSize }));
    expectSound(layout);
    expect(layout.endOffset).toBe(totalSize);
  }
});

test('a FAT32 volume of 32 GiB costs 16 MiB of metadata at most', () => {
  const layout = layoutFatVolume(treeOf({ a: 1 }), plainOptions({ type: 32, totalSize: 32 * GIB }));
  expectSound(layout);
  expect(layout.clusterSize).toBe(16_384);
  expect(layout.metadataBytes).toBeLessThan(17 * MIB);
});

test('files lie in the given order, empty ones have no place', () => {
  const tree = treeOf({ a: 10, b: 0, c: 10, 'd/e': 10 });
  const layout = layoutFatVolume(tree, plainOptions({ order: (files) => [...files].reverse() }));
  expect(layout.files.map(({ path }) => path)).toEqual(['d/e', 'c', 'a']);
  expect(layout.files.map(({ file }) => layout.placement.get(file)! > 0)).toEqual([true, true, true]);
});

test('a small layout, reviewed', () => {
  const layout = layoutFatVolume(treeOf({ 'EFI/BOOT/BOOTX64.EFI': 3000, 'Long Name.txt': 1 }), plainOptions());
  const { placement: _, directories, files, options: __, ...sizes } = layout;
  expect(sizes).toEqual({
    type: 12,
    clusterSize: 512,
    clusterCount: 9,
    reservedSectors: 1,
    fatSectors: 1,
    rootSectors: 32,
    totalSectors: 44,
    dataOffset: 17_920,
    startOffset: 0,
    endOffset: 22_528,
    freeClusters: 0,
    metadataBytes: 18_944,
  });
  expect(
    directories.map(({ path, firstCluster, parentCluster, size }) => [path, firstCluster, parentCluster, size]),
  ).toEqual([
    ['', 0, 0, 128],
    ['EFI', 2, 0, 96],
    ['EFI/BOOT', 3, 2, 96],
  ]);
  expect(files).toHaveLength(2);
  expect(filesIn(layout).map(({ path, firstCluster, clusters }) => [path, firstCluster, clusters])).toEqual([
    ['EFI/BOOT/BOOTX64.EFI', 4, 6],
    ['Long Name.txt', 10, 1],
  ]);
});

describe('refusals name what is wrong', () => {
  const refuse = (name: string, make: () => FatLayout, code: string, text: string) =>
    test(name, () => {
      expect(make).toThrow(expect.objectContaining({ code, message: expect.stringContaining(text) }));
    });
  const layout = (sizes: Record<string, number>, options: Parameters<typeof plainOptions>[0] = {}) =>
    layoutFatVolume(treeOf(sizes), plainOptions(options));
  const big = () => layoutFatVolume(oneFile(4 * GIB), plainOptions());

  refuse('a file of 4 GiB', big, 'FAT_FILE_SIZE', 'sources/boot.wim has 4294967296 bytes');
  test('one byte less is no reason to refuse', () =>
    expectSound(layoutFatVolume(oneFile(4 * GIB - 1), plainOptions())));
  refuse('lower case in a label', () => layout({}, { label: 'winpe' }), 'FAT_LABEL', '"winpe"');
  refuse('a label of 12', () => layout({}, { label: 'ABCDEFGHIJKL' }), 'FAT_LABEL', '12 characters');
  refuse('a colon', () => layout({ 'a:b': 1 }), 'TREE_NAME_ILLEGAL', 'it holds ":"');
  refuse('a dot at the end', () => layout({ 'sub/name.': 1 }), 'TREE_NAME_ILLEGAL', 'sub/name.: ');
  refuse('256 characters', () => layout({ ['x'.repeat(256)]: 1 }), 'TREE_NAME_ILLEGAL', '256 UTF-16 units');
  refuse('half a surrogate pair', () => layout({ 'a\ud800': 1 }), 'TREE_NAME_ILLEGAL', 'surrogate');
  refuse(
    'two names that differ in case',
    () =>
      layoutFatVolume(
        {
          kind: 'directory',
          name: '',
          children: ['a', 'A'].map((name) => ({ kind: 'file', name, content: hollow(1) })),
        },
        plainOptions(),
      ),
    'TREE_NAME_COLLISION',
    'A: another name',
  );
  refuse('more than fits', () => layout({ a: 2 * MIB }, { totalSize: MIB }), 'FAT_SPACE', 'clusters');
  refuse('FAT32 in 20 MiB', () => layout({ a: 1 }, { type: 32, totalSize: 20 * MIB }), 'FAT_SPACE', 'FAT32 has 65600');
  refuse(
    'FAT12 with 5000 clusters',
    () => layout({}, { type: 12, clusterSize: 512, minimumClusters: 5000 }),
    'FAT_SPACE',
    '4068',
  );
  refuse('a misaligned start', () => layout({}, { startOffset: 100 }), 'FAT_OPTIONS', 'startOffset is 100');
  refuse('clusters of 3000', () => layout({}, { clusterSize: 3000 }), 'FAT_OPTIONS', 'power of two');
  refuse('an order that loses files', () => layout({ a: 1 }, { order: () => [] }), 'FAT_OPTIONS', 'order()');
  const many = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`some file ${index}`, 1]));
  refuse('too many names in the root of FAT16', () => layout(many, { type: 16 }), 'FAT_DIRECTORY_SIZE', '512 entries');
  test('with auto they go to FAT32', () => expect(layout(many).type).toBe(32));
  refuse(
    'a folder above 65536 entries',
    () =>
      layoutFatVolume(
        {
          kind: 'directory',
          name: '',
          children: Array.from({ length: 3300 }, (_, i) => ({
            kind: 'file',
            name: `${'x'.repeat(240)}${i}`,
            content: hollow(0),
          })),
        },
        plainOptions(),
      ),
    'FAT_DIRECTORY_SIZE',
    'FAT allows 65536',
  );
});
