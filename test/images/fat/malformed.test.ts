/** Damaged and odd volumes: each has a verdict, and no damage at all leads to anything but a named format error. */
import { describe, expect, test } from 'vitest';
import { FormatError } from '../../../src/core/index.ts';
import { memorySource, viewOf, type ByteSource } from '../../../images/bytes/index.ts';
import {
  clustersOf,
  layoutFatVolume,
  openFat,
  writeFatVolume,
  type FatLayout,
  type FatType,
} from '../../../images/fat/index.ts';
import { filesOf, walkTree } from '../../../images/tree/index.ts';
import { randomFractions } from '../../support/random-numbers.ts';
import { plainOptions, treeOf, volumeBytes } from './volumes.ts';

const sizes = { 'folder/inner/deep file name.txt': 1500, 'folder/B.BIN': 3000, 'sources/boot.wim': 9000, empty: 0 };

/** A FAT16 volume of clusters of 512 bytes, and what a test needs to break it. */
async function sample(type: FatType = 16) {
  const layout = layoutFatVolume(treeOf(sizes), plainOptions({ type, clusterSize: 512 }));
  const bytes = await volumeBytes(layout);
  const view = viewOf(bytes);
  const place = (path: string) => {
    const files = layout.files.map((one) => ({ path: one.path, ...clustersOf(layout, one.file) }));
    const found = [...files, ...layout.directories].find((entry) => entry.path === path);
    if (!found) throw new Error(`no ${path}`);
    return found;
  };
  return {
    layout,
    bytes,
    view,
    first: (path: string) => place(path).firstCluster,
    last: (path: string) => place(path).firstCluster + place(path).clusters - 1,
    /** Sets an entry in both FATs. */
    link(cluster: number, next: number) {
      for (const copy of [0, 1]) {
        view.setUint16((layout.reservedSectors + copy * layout.fatSectors) * 512 + 2 * cluster, next, true);
      }
    },
    /** Offset of the short entry with this 8+3 name, in whichever folder. */
    entry(shortName: string) {
      const at = Buffer.from(bytes).indexOf(shortName, layout.dataOffset - layout.rootSectors * 512, 'latin1');
      if (at < 0) throw new Error(`no entry ${shortName}`);
      return at;
    },
    tree: async () => (await openFat(memorySource(bytes))).tree(),
  };
}

type Sample = Awaited<ReturnType<typeof sample>>;

describe('verdicts', () => {
  const broken: [string, (s: Sample) => void, string, string][] = [
    [
      'a chain that loops',
      (s) => s.link(s.last('sources/boot.wim'), s.first('sources/boot.wim')),
      'FAT_CHAIN',
      'sources/boot.wim',
    ],
    [
      'two files with one cluster',
      (s) => s.link(s.first('folder/B.BIN'), s.first('sources/boot.wim')),
      'FAT_CHAIN',
      'loops or crosses',
    ],
    ['a chain into free space', (s) => s.link(s.first('sources/boot.wim'), 0), 'FAT_CHAIN', 'cluster 0 is free'],
    [
      'a chain that leaves the volume',
      (s) => s.link(s.first('sources/boot.wim'), 0xff00),
      'FAT_CHAIN',
      'outside the volume',
    ],
    ['a chain over a bad cluster', (s) => s.link(s.first('sources/boot.wim'), 0xfff7), 'FAT_CHAIN', 'marked bad'],
    [
      'a chain shorter than its file',
      (s) => s.link(s.first('sources/boot.wim'), 0xffff),
      'FAT_CHAIN',
      'has 9000 bytes',
    ],
    [
      'a file without a cluster',
      (s) => s.view.setUint16(s.entry('BOOT    WIM') + 26, 0, true),
      'FAT_CHAIN',
      'cluster 0 is free',
    ],
    [
      'a folder without a cluster',
      (s) => s.view.setUint16(s.entry('SOURCES ') + 26, 0, true),
      'FAT_DIRECTORY',
      'begins at cluster 0',
    ],
    [
      'a folder inside itself',
      (s) => s.view.setUint16(s.entry('INNER   ') + 26, s.first('folder'), true),
      'FAT_CHAIN',
      'folder/inner',
    ],
    [
      'a slash in a short name',
      (s) => s.bytes.set([0x2f], s.entry('B       BIN')),
      'FAT_DIRECTORY',
      'cannot be part of a path',
    ],
    ['no signature', (s) => s.bytes.set([0], 510), 'FAT_BOOT_SECTOR', 'signature is 00aa'],
    ['NTFS', (s) => s.bytes.set(new TextEncoder().encode('NTFS    '), 3), 'FAT_OTHER_FILE_SYSTEM', 'NTFS'],
    ['exFAT', (s) => s.bytes.set(new TextEncoder().encode('EXFAT   '), 3), 'FAT_OTHER_FILE_SYSTEM', 'EXFAT'],
    ['sectors of 100 bytes', (s) => s.view.setUint16(11, 100, true), 'FAT_BOOT_SECTOR', 'bytes per sector is 100'],
    ['clusters of 3 sectors', (s) => s.bytes.set([3], 13), 'FAT_BOOT_SECTOR', 'sectors per cluster is 3'],
    ['no FAT', (s) => s.bytes.set([0], 16), 'FAT_BOOT_SECTOR', 'number of FATs is 0'],
    [
      'a FAT too small for the clusters',
      (s) => s.view.setUint16(22, 2, true),
      'FAT_BOOT_SECTOR',
      'sectors of a FAT is 2',
    ],
    [
      'more sectors than the source holds',
      (s) => s.view.setUint16(19, 60_000, true),
      'FAT_BOOT_SECTOR',
      'size of the volume',
    ],
    ['no room for data', (s) => s.view.setUint16(19, 20, true), 'FAT_BOOT_SECTOR', 'total sectors is 20'],
  ];

  test.each(broken)('%s', async (_, damage, code, text) => {
    const volume = await sample();
    damage(volume);
    await expect(volume.tree()).rejects.toMatchObject({ code, message: expect.stringContaining(text) });
  });

  test('fewer than 512 bytes', async () => {
    await expect(openFat(memorySource(new Uint8Array(511)))).rejects.toMatchObject({ code: 'BYTES_TRUNCATED' });
  });

  test('a long name whose checksum does not fit gives way to the short one', async () => {
    const volume = await sample();
    volume.bytes.set(
      [(volume.bytes[volume.entry('DEEPFI~1TXT') - 32 + 13] as number) ^ 1],
      volume.entry('DEEPFI~1TXT') - 32 + 13,
    );
    expect(filesOf(await volume.tree()).map(({ path }) => path)).toContain('folder/inner/DEEPFI~1.TXT');
  });

  test('parts of a long name in the wrong order give way to the short one', async () => {
    const volume = await sample();
    const at = volume.entry('DEEPFI~1TXT');
    const [last, first] = [volume.bytes.slice(at - 64, at - 32), volume.bytes.slice(at - 32, at)];
    volume.bytes.set(first, at - 64);
    volume.bytes.set(last, at - 32);
    expect(filesOf(await volume.tree()).map(({ path }) => path)).toContain('folder/inner/DEEPFI~1.TXT');
  });

  test('a deleted entry is not there, and takes its long name along', async () => {
    const volume = await sample();
    volume.bytes.set([0xe5], volume.entry('DEEPFI~1TXT'));
    const paths = [...walkTree(await volume.tree())].map(({ path }) => path);
    expect(paths).toContain('folder/inner');
    expect(paths.filter((path) => path.startsWith('folder/inner/'))).toEqual([]);
  });

  test('lower-case bits of Windows NT, a first byte of e5, and DOS letters are read', async () => {
    const volume = await sample();
    const at = volume.entry('B       BIN');
    volume.bytes.set([0x05, 0x81], at);
    volume.bytes.set([0x10], at + 12);
    expect(filesOf(await volume.tree()).map(({ path }) => path)).toContain('folder/σü.bin');
  });
});

describe('oddities are warnings', () => {
  const warn = async (type: FatType, damage: (s: Sample) => void) => {
    const volume = await sample(type);
    damage(volume);
    const opened = await openFat(memorySource(volume.bytes));
    await opened.tree();
    return opened.warnings();
  };
  test('none without damage', async () => {
    for (const type of [12, 16, 32] as const) expect(await warn(type, () => undefined)).toEqual([]);
  });
  test('what mformat writes at 0x1be', async () => {
    const entry = [0x80, 1, 1, 0, 0x0c, 0xfe, 0xff, 0xff, 0, 0, 0, 0, 100, 0, 0, 0];
    expect(await warn(16, (s) => s.bytes.set(entry, 0x1be))).toEqual([expect.stringContaining('0x1be')]);
  });
  test('FATs that differ', async () => {
    const second = (s: Sample) => (s.layout.reservedSectors + s.layout.fatSectors) * 512;
    expect(await warn(12, (s) => s.bytes.set([1], second(s) + 100))).toEqual([expect.stringContaining('FAT differ')]);
  });
  test('a volume not closed', async () => {
    expect(await warn(16, (s) => s.link(1, 0x7fff))).toEqual([expect.stringContaining('not closed')]);
  });
  test('FSInfo that counts wrong, and a boot sector whose copy differs', async () => {
    expect(await warn(32, (s) => s.view.setUint32(512 + 488, 7, true))).toEqual([
      expect.stringContaining('says 7 free'),
    ]);
    expect(await warn(32, (s) => s.bytes.set([1], 6 * 512 + 67))).toEqual([
      expect.stringContaining('copy of the boot'),
    ]);
  });
});

/** The volume with its metadata changed in a few places; most of a FAT32 volume is free space that nobody reads. */
function mutate(bytes: Uint8Array, layout: FatLayout, next: () => number): { source: ByteSource; undo: () => void } {
  const pieces = writeFatVolume(layout).map(({ offset, bytes }) => ({ offset, length: Math.min(bytes.length, 2048) }));
  const undo: [number, number][] = [];
  const interesting = [0, 1, 2, 0x0f, 0x10, 0x40, 0x7f, 0x80, 0xe5, 0xf7, 0xff];
  const count = 1 + Math.floor(next() * 4);
  for (let i = 0; i < count; i++) {
    const piece = pieces[Math.floor(next() * pieces.length)] ?? { offset: 0, length: 512 };
    // The fields of the boot sector are few among many bytes: half of the changes of that piece go there.
    const length = piece.offset === 0 && next() < 0.5 ? 64 : piece.length;
    const at = piece.offset + Math.floor(next() * length);
    undo.push([at, bytes[at] as number]);
    bytes[at] =
      next() < 0.5 ? Math.floor(next() * 256) : (interesting[Math.floor(next() * interesting.length)] as number);
  }
  const size = next() < 0.1 ? Math.floor(next() * bytes.length) : bytes.length;
  return {
    source: memorySource(bytes.subarray(0, size), 'mutated'),
    undo: () => {
      for (const [at, value] of undo.reverse()) bytes[at] = value;
    },
  };
}

test.each([12, 16, 32] as const)('700 mutations of FAT%i end in a tree or a format error', async (type) => {
  const { layout, bytes } = await sample(type);
  const next = randomFractions(type);
  let refused = 0;
  for (let round = 0; round < 700; round++) {
    const { source, undo } = mutate(bytes, layout, next);
    try {
      const volume = await openFat(source);
      for (const { file } of filesOf(await volume.tree())) await file.content.read(0, file.content.size);
      await volume.warnings();
      expect(await volume.freeClusters()).toBeLessThanOrEqual(volume.clusterCount);
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      refused++;
    } finally {
      undo();
    }
  }
  expect(refused).toBeGreaterThan(100);
  expect(refused).toBeLessThan(650);
});
