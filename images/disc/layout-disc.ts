/**
 * Lays out the image file of boot-chain 5.4: ISO 9660, Joliet, UDF and FAT32 over the same file data, El Torito with a small
 * FAT that holds only the loader, an MBR or a GPT. Pure: a tree in, a plan out.
 */
import { alignUp } from '../bytes/index.ts';
import { layoutFatVolume, type FatLayout } from '../fat/index.ts';
import { isoDescriptorEnd, layoutIso } from '../iso9660/index.ts';
import type { DirectoryNode } from '../tree/index.ts';
import { layoutUdf } from '../udf/index.ts';
import { fatBootCode } from './boot.ts';
import { ownPlaces, type DiscFile } from './disc-file.ts';
import { fitsFat } from './fits-fat.ts';
import { bootFile, checkDiscLabel, copyTree, discFiles, fatView, loaderTree, orderFiles } from './prepare.ts';
import { regionsOf } from './regions.ts';
import { layoutSmallFat } from './small-fat.ts';
import type { DiscIds, DiscLayout, DiscOptions, DiscParts } from './types.ts';

export const BLOCK = 2048;
const MIB = 1024 * 1024;
/** From here on the image must not be more than 1.5 % larger than its files. */
const largePayload = 256 * MIB;
const allowedOverhead = 0.015;
/** The last anchors lie 257 blocks and 1 block before the end (ECMA-167 3/8.4.2.1). */
const TAIL_BLOCKS = 257;

/**
 * The plan of the image. Throws InputError for a label, name, loader or order that cannot be (`DISC_*`,
 * `TREE_NAME_ILLEGAL`), LimitError for what a file system cannot hold.
 */
export function layoutDisc(tree: DirectoryNode, options: DiscOptions): DiscLayout {
  checkDiscLabel(options.label);
  const root = copyTree(tree);
  const files = discFiles(root);
  const payload = files.reduce((sum, { size }) => sum + size, 0);
  let layout = place(root, files, options, MIB);
  // 1 MiB boundaries cost up to 2 MiB: a large loader in a small image has to do with less, where that helps.
  for (const alignment of [256 * 1024, 64 * 1024, 4096]) {
    const excess = layout.overhead - payload * allowedOverhead;
    if (payload < largePayload || excess <= 0 || excess > 2 * MIB) break;
    layout = place(root, files, options, alignment);
  }
  return layout;
}

/**
 * The same plan with other numbers: nothing moves. For a caller whose numbers come from the digests of what was copied by
 * the plan.
 */
export function withIds(layout: DiscLayout, ids: DiscIds): DiscLayout {
  const { parts } = layout;
  const numbered = (fat: FatLayout): FatLayout => ({ ...fat, options: { ...fat.options, serial: ids.fatSerial } });
  return {
    ...layout,
    options: { ...layout.options, ids },
    parts: { ...parts, fat: numbered(parts.fat), small: parts.small && numbered(parts.small) },
  };
}

/** `files` in the order of the tree. */
function place(root: DirectoryNode, files: readonly DiscFile[], options: DiscOptions, alignment: number): DiscLayout {
  const ordered = orderFiles(files, root, options);
  if (options.bios) bootFile(root, options.bios.bootmgr, 'BIOS boot manager');
  const loaders = loaderTree(root, options);
  const boots = options.bios !== undefined || loaders !== undefined;
  const recognitionBlock = isoDescriptorEnd({ joliet: true, bootCatalog: boots });
  const udf = layoutUdf(root);
  const iso = layoutIso(root, { firstBlock: udf.endBlock, joliet: true });
  const cdSectorBlock = options.bios && iso.endBlock;
  const smallStart = (iso.endBlock + (options.bios ? 1 : 0)) * BLOCK;
  const small = loaders && layoutSmallFat(loaders, smallStart, options);
  const onFat = ordered.filter(fitsFat);
  const fat = layoutFatVolume(onFat.length < files.length ? fatView(root) : root, {
    type: 32,
    startOffset: alignUp(small?.endOffset ?? smallStart, options.layout === 'gpt' ? MIB : alignment),
    label: options.label,
    serial: options.ids.fatSerial,
    time: options.time,
    dataAlignment: alignment,
    fileAlignment: BLOCK,
    // Boot-chain 5.4 rule 4: the last file must end near the end of the image.
    freeSpace: 'before-files',
    files: onFat,
    placement: ownPlaces,
    ...(options.bios ? { bootCode: (layout: FatLayout) => fatBootCode(layout, root, options) } : {}),
  });
  const end = placeBehind(files, fat);
  const blocks = end / BLOCK + TAIL_BLOCKS;
  const parts: DiscParts = {
    blocks,
    recognitionBlock,
    catalogBlock: boots ? recognitionBlock + 3 : undefined,
    cdSectorBlock,
    // The backup GPT fills the last sectors, so that layout has no anchor in the last block.
    anchors: options.layout === 'gpt' ? [blocks - TAIL_BLOCKS] : [blocks - TAIL_BLOCKS, blocks - 1],
    udf,
    iso,
    fat,
    small,
  };
  return finish(root, files, options, parts);
}

/** Places the files that FAT cannot hold behind its volume (boot-chain 5.4 rule 5). */
function placeBehind(files: readonly DiscFile[], fat: FatLayout): number {
  let end = alignUp(fat.endOffset, BLOCK);
  for (const file of files) {
    if (!file.discOnly) continue;
    file.placeAt(end);
    end += alignUp(file.size, BLOCK);
  }
  return end;
}

function finish(root: DirectoryNode, files: readonly DiscFile[], options: DiscOptions, parts: DiscParts): DiscLayout {
  const placed = [...files].sort((a, b) => (a.offset ?? -1) - (b.offset ?? -1));
  const payload = placed.reduce((sum, { size }) => sum + size, 0);
  const size = parts.blocks * BLOCK;
  const discOnly = placed.filter((file) => file.discOnly).map(({ path }) => path);
  return {
    options,
    root,
    size,
    regions: regionsOf(options, parts, placed),
    files: placed,
    placement: ownPlaces,
    discOnly,
    payload,
    overhead: size - payload,
    warnings: warningsOf(options, discOnly),
    parts,
  };
}

function warningsOf(options: DiscOptions, discOnly: readonly string[]): string[] {
  const warnings = discOnly.map(
    (path) => `${path}: 4 GiB or more, seen on the disc (UDF, ISO 9660) alone: a stick's FAT volume will not show it`,
  );
  if (options.layout === 'gpt')
    warnings.push(
      'the gpt layout promises no BIOS start from a stick: it has no boot code and no active partition (the mbr layout has both)',
    );
  if ((options.loaders ?? []).length === 0) warnings.push('no EFI loader: the disc will not boot under UEFI as CD');
  return warnings;
}
