/** Our readers on our images: four views that agree, and each way in which they may not. */
import { beforeAll, describe, expect, test } from 'vitest';
import { overlaySource, sliceSource, zeroSource, type ByteSource, type Patch } from '../../../images/bytes/index.ts';
import { checkDisc, layoutDisc, openDisc, type DiscLayout } from '../../../images/disc/index.ts';
import { openFat } from '../../../images/fat/index.ts';
import { openIso, type ExtentFile } from '../../../images/iso9660/index.ts';
import { compareTrees, filesOf, findFile } from '../../../images/tree/index.ts';
import { FormatError } from '../../../src/core/index.ts';
import { content, hollow } from '../fat/volumes.ts';
import { dice } from '../iso9660/placed-image.ts';
import { BLOCK, discOptions, discSource, loader, mediaTree, patchesOf } from './disc-image.ts';

const tree = mediaTree();
const problemsOf = async (source: ByteSource): Promise<string[]> =>
  checkDisc(await openDisc(source)).map(({ code, message }) => `${code} ${message}`);

describe.each(['mbr', 'gpt'] as const)('%s', (kind) => {
  let layout: DiscLayout;
  let source: ByteSource;
  beforeAll(async () => {
    layout = layoutDisc(tree, discOptions({ layout: kind }));
    source = await discSource(layout);
  });

  test('all views show the tree, and nothing is wrong', async () => {
    const disc = await openDisc(source);
    expect(checkDisc(disc)).toEqual([]);
    expect(disc.table.kind).toBe(kind);
    expect(await compareTrees(tree, disc.udf.root)).toEqual([]);
    expect(await compareTrees(tree, await disc.iso!.joliet!.tree())).toEqual([]);
    expect(await compareTrees(tree, await disc.fat!.volume.tree())).toEqual([]);
    expect(filesOf(await disc.iso!.primary.tree())).toHaveLength(filesOf(tree).length);
    expect(disc.boot.map(({ entry }) => entry.platform)).toEqual([0, 0xef]);
    expect(filesOf(disc.boot[1]!.root!).map(({ path }) => path)).toEqual([loader]);
  });

  test('every view has boot.wim at one place', async () => {
    const disc = await openDisc(source);
    const offset = layout.files.find(({ path }) => path === 'sources/boot.wim')?.offset;
    const udf = findFile(disc.udf.root, 'sources/boot.wim') as ExtentFile;
    const iso = findFile(await disc.iso!.primary.tree(), 'SOURCES/BOOT.WIM') as ExtentFile;
    const joliet = findFile(await disc.iso!.joliet!.tree(), 'sources/boot.wim') as ExtentFile;
    const fat = findFile(await disc.fat!.volume.tree(), 'sources/boot.wim')!;
    const inFat = (await disc.fat!.volume.placement()).get(fat) ?? 0;
    const expected = [{ offset, length: 500_001 }];
    expect([udf.extents, iso.extents, joliet.extents]).toEqual([expected, expected, expected]);
    expect(disc.fat!.offset + inFat).toBe(offset);
  });

  test('copied to a larger stick, nothing is wrong', async () => {
    const stick = { ...overlaySource(source, [{ offset: source.size * 2, bytes: new Uint8Array(BLOCK) }]) };
    expect(await problemsOf(stick)).toEqual([]);
  });
});

test('a file of 4 GiB is in UDF, ISO 9660 and Joliet, and must not be in FAT', async () => {
  const big = mediaTree({ more: { 'sources/install.wim': hollow(2 ** 32 + 5) } });
  const disc = await openDisc(await discSource(layoutDisc(big, discOptions())));
  expect(checkDisc(disc)).toEqual([]);
  for (const root of [disc.udf.root, await disc.iso!.joliet!.tree(), await disc.iso!.primary.tree()]) {
    expect(findFile(root, 'sources/install.wim')?.content.size).toBe(2 ** 32 + 5);
  }
  expect(findFile(await disc.fat!.volume.tree(), 'sources/install.wim')).toBeUndefined();
});

test('folders down to the deepest level are read by all views', async () => {
  const deep = mediaTree({ more: { [`${'d/'.repeat(128)}f`]: content(1, 1) } });
  expect(await problemsOf(await discSource(layoutDisc(deep, discOptions())))).toEqual([]);
});

describe('what is wrong is told', () => {
  let layout: DiscLayout;
  let patches: Patch[];
  beforeAll(async () => {
    layout = layoutDisc(tree, discOptions());
    patches = await patchesOf(layout);
  });
  /** The image with some bytes changed. */
  const changed = (...extra: readonly (readonly [offset: number, ...bytes: number[]])[]): ByteSource => {
    const over = extra.map(([offset, ...bytes]) => ({ offset, bytes: Uint8Array.from(bytes) }));
    return { ...overlaySource(zeroSource(layout.size), [...patches, ...over], 'changed'), size: layout.size };
  };
  /** Offset of the FAT entry of a file of the root of the volume. */
  const fatEntry = (name: string): number => {
    const root = patches.find(({ offset }) => offset === layout.parts.fat.dataOffset);
    return layout.parts.fat.dataOffset + Buffer.from(root!.bytes).indexOf(name, 0, 'latin1');
  };
  const smallFat = (): number => layout.parts.small!.startOffset;
  const partition = 0x1be;

  test.each<[string, () => ByteSource, string | RegExp]>([
    ['a file renamed in FAT', () => changed([fatEntry('BOOTMGR    '), 0x58]), /DISC_VIEW_DIFFERS .*FAT/],
    ['a file moved in FAT', () => changed([fatEntry('BOOTMGR    ') + 26, 5]), /FAT/],
    ['a file of another size in FAT', () => changed([fatEntry('BOOTMGR    ') + 28, 1]), /bootmgr: 50001 bytes in UDF/],
    ['another label in FAT', () => changed([fatEntry('WINPE_X64  '), 0x58]), /FAT has the label XINPE_X64/],
    ['another label in the primary descriptor', () => changed([16 * BLOCK + 40, 0x58]), /ISO 9660 has the label XINPE/],
    ['another size in the Joliet descriptor', () => changed([18 * BLOCK + 80, 1]), /DISC_SIZE .* by Joliet/],
    ['no active partition', () => changed([partition, 0]), /DISC_PARTITION/],
    ['another partition type', () => changed([partition + 4, 0x07]), /DISC_PARTITION/],
    [
      'a hybrid MBR',
      () => changed([partition + 16, 0, 0, 2, 0, 0xee, 0xff, 0xff, 0xff, 1, 0, 0, 0, 9, 0, 0, 0]),
      /hybrid MBR/,
    ],
    ['no partition table', () => changed([510, 0]), /no partition table/],
    ['no anchor in block 256', () => changed([256 * BLOCK, 0]), /DISC_ANCHOR no UDF anchor in block 256/],
    [
      'no anchor at the end',
      () => changed([layout.size - BLOCK, 0], [layout.size - 257 * BLOCK, 0]),
      /DISC_ANCHOR no UDF anchor at the end/,
    ],
    ['an entry that is not bootable', () => changed([23 * BLOCK + 96, 0]), /not a bootable one/],
    [
      'another loader in the small volume',
      () => changed([smallFat() + 90_000, 1, 2, 3]),
      /copy in the El Torito volume differs/,
    ],
    ['a partition entry in the boot sector of the small volume', () => changed([smallFat() + 0x1be, 0x80]), /0x1be/],
    ['a damaged catalog', () => changed([23 * BLOCK + 4, 1]), /ISO_CATALOG|checksum of the validation entry/],
    [
      'a damaged Joliet directory',
      () => changed([layout.parts.iso.joliet!.directories[0]!.block * BLOCK + 68, 5]),
      /Joliet/,
    ],
    ['a FAT that cannot be read', () => changed([layout.parts.fat.startOffset + 13, 3]), /DISC_VIEW_MISSING FAT/],
    ['an image that was cut off', () => sliceSource(changed(), 0, layout.size - 100 * BLOCK), /DISC_SIZE/],
  ])('%s', async (_, source, expected) => {
    expect((await problemsOf(source())).join('\n')).toMatch(expected);
  });

  test('boot code that loads another place', async () => {
    const image = await openIso(changed());
    const cd = image.bootCatalog!.entries[0]!.block * BLOCK;
    const place = layout.files.find(({ path }) => path === 'bootmgr')!.offset!;
    for (const [start, sector] of [
      [cd, place / BLOCK],
      [layout.parts.fat.startOffset, place / 512],
    ] as const) {
      const wanted = Buffer.alloc(4);
      wanted.writeUInt32LE(sector);
      const at = start + Buffer.from(await changed().read(start, 512)).indexOf(wanted);
      expect((await problemsOf(changed([at, wanted[0]! ^ 1]))).join()).toMatch(/does not load bootmgr/);
    }
  });

  test('without UDF nothing is opened', async () => {
    const anchors = [256, layout.parts.blocks - 257, layout.parts.blocks - 1].map((n) => [n * BLOCK, 0] as const);
    await expect(openDisc(changed(...anchors))).rejects.toMatchObject({ code: 'UDF_NOT_UDF' });
    await expect(openDisc(zeroSource(1_000_000))).rejects.toMatchObject({ code: 'DISC_NOT_A_DISC' });
  });

  test('500 mutations of any structure: problems or format errors, nothing else', async () => {
    const roll = dice(20261121);
    const spots = patches.filter(({ offset }) => !layout.files.some((file) => file.offset === offset));
    let wrong = 0;
    for (let run = 0; run < 500; run++) {
      const extra = Array.from({ length: 1 + roll(3) }, () => {
        const { offset, bytes } = spots[roll(spots.length)]!;
        return [offset + roll(Math.min(bytes.length, 4096)), roll(256)] as const;
      });
      const found = await problemsOf(changed(...extra)).catch((error: unknown) => {
        if (!(error instanceof FormatError)) throw error;
        return [error.code];
      });
      if (found.length > 0) wrong++;
    }
    expect(wrong).toBeGreaterThan(100);
  });
});

test('the FAT volume alone is one', async () => {
  const layout = layoutDisc(tree, discOptions());
  const { startOffset, endOffset } = layout.parts.fat;
  const volume = await openFat(sliceSource(await discSource(layout), startOffset, endOffset - startOffset));
  expect([volume.type, volume.label, volume.serial, volume.hiddenSectors]).toEqual([
    32,
    'WINPE_X64',
    0x1234_abcd,
    2048,
  ]);
  expect(await volume.warnings()).toEqual([]);
});
