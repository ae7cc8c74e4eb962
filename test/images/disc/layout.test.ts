/** The plan of the image: boot-chain 5.4 rule by rule, without writing one. */
import { describe, expect, test } from 'vitest';
import { discPieces, layoutDisc, writeDisc, type DiscLayout } from '../../../images/disc/index.ts';
import type { DirectoryNode } from '../../../images/tree/index.ts';
import { content, hollow } from '../fat/volumes.ts';
import { BLOCK, discOptions, loader, mediaTree, MIB } from './disc-image.ts';

const placeOf = (layout: DiscLayout, path: string): number => {
  const file = layout.files.find((one) => one.path === path);
  if (file?.offset === undefined) throw new Error(`${path} has no place`);
  return file.offset;
};

/** The tree with all children the other way round. */
const reversed = (node: DirectoryNode): DirectoryNode => ({
  ...node,
  children: node.children.map((child) => (child.kind === 'directory' ? reversed(child) : child)).reverse(),
});

test('the plan of a small medium, block by block', () => {
  const { regions, size, files } = layoutDisc(mediaTree(), discOptions());
  const lines = regions.map(({ purpose, offset, size: bytes }) => `${offset / BLOCK} +${bytes} ${purpose}`);
  expect(lines).toMatchInlineSnapshot(`
    [
      "0 +512 MBR",
      "16 +8192 ISO 9660 volume descriptors",
      "20 +6144 UDF recognition sequence",
      "23 +2048 El Torito boot catalog",
      "32 +69632 UDF volume descriptors",
      "256 +2048 UDF anchor",
      "257 +61440 UDF file entries and directories",
      "287 +45056 ISO 9660 and Joliet path tables and directories",
      "309 +2048 BIOS boot sector for CDs",
      "310 +196608 FAT12 volume with the EFI loader, for El Torito",
      "512 +33869824 FAT32 boot record, tables, directories and free space",
      "17050 +765952 files",
      "17424 +2048 UDF anchor",
      "17680 +2048 UDF anchor",
    ]
  `);
  expect(size / BLOCK).toMatchInlineSnapshot(`17681`);
  expect(
    files.map(({ path, offset }) => `${offset === undefined ? '-' : offset / BLOCK} ${path}`),
  ).toMatchInlineSnapshot(`
    [
      "- empty.txt",
      "17050 EFI/BOOT/BOOTX64.EFI",
      "17099 bootmgr",
      "17124 a long name with Ünïcode €.txt",
      "17125 osdkit/media.json",
      "17126 EFI/Microsoft/Boot/en-us/bootmgfw.efi.mui",
      "17128 Boot/BCD",
      "17136 EFI/Microsoft/Boot/BCD",
      "17144 Boot/boot.sdi",
      "17179 sources/boot.wim",
    ]
  `);
});

describe('rules of the layout', () => {
  const layout = layoutDisc(mediaTree(), discOptions());
  const { fat, small, anchors, blocks } = layout.parts;

  test('regions come in order, do not overlap, and end with the image', () => {
    let end = 0;
    for (const { offset, size } of layout.regions) {
      expect(offset).toBeGreaterThanOrEqual(end);
      end = offset + size;
    }
    expect(end).toBe(layout.size);
  });

  test('no piece overlaps another, and none leaves the image', () => {
    const pieces = discPieces(layout).filter(({ source }) => source.size > 0);
    let end = 0;
    for (const { at, source } of pieces) {
      expect(at).toBeGreaterThanOrEqual(end);
      end = at + source.size;
    }
    expect(end).toBeLessThanOrEqual(layout.size);
  });

  test('every file starts on a block; FAT volume and cluster 2 on 1 MiB', () => {
    for (const { offset } of layout.files) if (offset !== undefined) expect(offset % BLOCK).toBe(0);
    expect([fat.startOffset % MIB, fat.dataOffset % MIB]).toEqual([0, 0]);
  });

  test('the loader comes first, boot.wim last, and nothing but zeros before the last anchors', () => {
    const order = layout.files.map(({ path }) => path).filter((path) => path !== 'empty.txt');
    expect([order[0], order[1], order.at(-1)]).toEqual([loader, 'bootmgr', 'sources/boot.wim']);
    expect(fat.endOffset - (placeOf(layout, 'sources/boot.wim') + 500_001)).toBeLessThan(1.5 * MIB);
    expect(anchors).toEqual([blocks - 257, blocks - 1]);
    expect(fat.endOffset).toBe((blocks - 257) * BLOCK);
  });

  test('below the least FAT32 the free space lies before the files', () => {
    expect(fat.clusterCount).toBe(65_600);
    expect(placeOf(layout, loader) - fat.dataOffset).toBeGreaterThan(30 * MIB);
  });

  test('the small volume is a FAT12 with the loader alone', () => {
    expect(small?.type).toBe(12);
    expect(small?.files.map(({ path }) => path)).toEqual([loader]);
    expect((small?.endOffset ?? 0) - (small?.startOffset ?? 0)).toBeLessThan(100_000 + 3 * 65_536);
  });

  test('gpt: no code in the MBR, no anchor under the backup, a warning about BIOS', () => {
    const gpt = layoutDisc(mediaTree(), discOptions({ layout: 'gpt' }));
    const [mbr] = writeDisc(gpt);
    expect(mbr?.bytes.subarray(0, 440).every((byte) => byte === 0)).toBe(true);
    expect(gpt.parts.anchors).toEqual([gpt.parts.blocks - 257]);
    expect(gpt.warnings.join()).toContain('BIOS');
    expect(gpt.regions.at(-1)).toMatchObject({ purpose: 'backup GPT', size: 33 * 512 });
  });
});

test('the order of folders and files given makes no difference', () => {
  const tree = mediaTree();
  const [a, b] = [layoutDisc(tree, discOptions()), layoutDisc(reversed(tree), discOptions())];
  expect(b.regions).toEqual(a.regions);
  const bytes = (layout: DiscLayout) => Buffer.concat(writeDisc(layout).map((piece) => piece.bytes));
  expect(Buffer.compare(bytes(a), bytes(b))).toBe(0);
});

test('a piece gives the same bytes however often and in whichever order it is read', () => {
  const pieces = writeDisc(layoutDisc(mediaTree(), discOptions()));
  const once = pieces.map(({ bytes }) => Buffer.from(bytes).toString('hex'));
  const backwards = [...pieces].reverse().map(({ bytes }) => Buffer.from(bytes).toString('hex'));
  expect(backwards.reverse()).toEqual(once);
  expect(pieces.map(({ size }) => size)).toEqual(once.map((hex) => hex.length / 2));
});

describe('above 256 MiB the image is at most 1.5 % larger than its files', () => {
  test.each([
    [260, 1.6],
    [300, 1.6],
    [340, 3.0],
    [560, 3.0],
    [2000, 3.0],
    [8000, 3.0],
    [9000, 3.0],
  ])('boot.wim of %i MiB, loader of %f MB', (bootWim, loaderSize) => {
    const more = bootWim > 4000 ? { 'sources/more.swm': hollow((bootWim - 3000) * MIB - 7) } : {};
    const tree = mediaTree({ loader: loaderSize * 1e6, bootWim: Math.min(bootWim, 3000) * MIB + 5, more });
    const { overhead, payload } = layoutDisc(tree, discOptions());
    expect(overhead / payload).toBeLessThanOrEqual(0.015);
  });

  test('cluster sizes follow the payload', () => {
    const clusterOf = (size: number) => {
      const parts = Object.fromEntries(
        Array.from({ length: Math.ceil(size / 3e9) }, (_, i) => [`f${i}`, hollow(Math.min(3e9, size - i * 3e9))]),
      );
      return layoutDisc(mediaTree({ more: parts }), discOptions()).parts.fat.clusterSize;
    };
    expect([10e6, 60e6, 120e6, 200e6, 300e6, 5e9, 20e9].map(clusterOf)).toEqual([
      512, 512, 1024, 2048, 4096, 4096, 16384,
    ]);
  });
});

describe('a file of 4 GiB or more', () => {
  const big = 2 ** 32;
  const layout = layoutDisc(
    mediaTree({ more: { 'sources/install.wim': hollow(big), 'sources/fits.wim': hollow(big - 1) } }),
    discOptions(),
  );

  test('lies behind the FAT volume, and the plan says that the stick will not show it', () => {
    expect(layout.discOnly).toEqual(['sources/install.wim']);
    expect(layout.warnings.join()).toMatch(/sources\/install.wim: .*stick/);
    expect(placeOf(layout, 'sources/install.wim')).toBe(layout.parts.fat.endOffset);
    expect(placeOf(layout, 'sources/fits.wim')).toBeLessThan(layout.parts.fat.endOffset);
    expect(layout.size).toBe(layout.parts.fat.endOffset + big + 257 * BLOCK);
  });
});

describe('refused', () => {
  const code = (value: string) => expect.objectContaining({ code: value });
  test.each([
    ['a label of 12 characters', { label: 'WINPE_X64_12' }, 'DISC_LABEL'],
    ['a label in lower case', { label: 'winpe' }, 'DISC_LABEL'],
    ['an empty label', { label: '' }, 'DISC_LABEL'],
    ['a loader that is not there', { loaders: ['EFI/BOOT/BOOTAA64.EFI'] }, 'DISC_LOADER'],
    ['a bootmgr that is empty', { bios: { bootmgr: 'empty.txt' } }, 'DISC_LOADER'],
    ['an order that names nothing', { fileOrder: { last: ['sources/boot.vim'] } }, 'DISC_ORDER'],
  ])('%s', (_, options, expected) => {
    expect(() => layoutDisc(mediaTree(), discOptions(options))).toThrow(code(expected));
  });

  test.each([
    ['two names that differ in case', 'DISC_NAME', ['A.TXT', 'a.txt']],
    ['a name that FAT cannot hold', 'TREE_NAME_ILLEGAL', ['what?.txt']],
    ['a name that Joliet cannot hold', 'ISO_NAME_TOO_LONG', ['x'.repeat(104)]],
  ])('%s', (_, expected, names) => {
    const children = names.map((name) => ({ kind: 'file', name, content: content(1, 1) }) as const);
    const options = discOptions({ loaders: [], fileOrder: {} });
    const { bios: _bios, ...plain } = options;
    expect(() => layoutDisc({ kind: 'directory', name: '', children }, plain)).toThrow(code(expected));
  });

  test('folders below the 128th level', () => {
    const deep = (levels: number) => mediaTree({ more: { [`${'d/'.repeat(levels)}f`]: content(1, 1) } });
    expect(() => layoutDisc(deep(128), discOptions())).not.toThrow();
    expect(() => layoutDisc(deep(129), discOptions())).toThrow(code('DISC_NAME'));
  });

  test('loaders of 32 MiB', () => {
    expect(() => layoutDisc(mediaTree({ loader: 33 * MIB }), discOptions())).toThrow(code('DISC_LOADER'));
  });

  test('a bootmgr that BIOS code cannot load', () => {
    const tree = mediaTree({ more: { bootmgr2: content(0x80001, 1) } });
    const options = discOptions({ bios: { bootmgr: 'bootmgr2' } });
    expect(() => writeDisc(layoutDisc(tree, options))).toThrow(code('BOOT_CODE_FILE_SIZE'));
  });
});

test('a folder without boot files becomes a plain disc', () => {
  const children = [{ kind: 'file', name: 'read me.txt', content: content(10, 1) }] as const;
  const { bios: _bios, ...options } = discOptions({ loaders: [], fileOrder: {} });
  const layout = layoutDisc({ kind: 'directory', name: '', children }, options);
  expect([layout.parts.catalogBlock, layout.parts.small, layout.parts.cdSectorBlock]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect(layout.parts.recognitionBlock).toBe(19);
});
