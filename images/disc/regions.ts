/** The plan in words: every stretch of the image and what it is for. */
import { ANCHOR_BLOCK, INTEGRITY_BLOCK, MAIN_VDS } from '../udf/index.ts';
import type { DiscOptions, DiscParts, DiscRegion, PlacedFile } from './types.ts';

const BLOCK = 2048;
/** Sectors of 512 bytes that a backup GPT takes: 32 of entries and the header. */
const backupGpt = 33 * 512;

/** Regions in order of their offsets; stretches between them are zero. */
export function regionsOf(options: DiscOptions, parts: DiscParts, files: readonly PlacedFile[]): DiscRegion[] {
  const { udf, iso, fat, small } = parts;
  const gpt = options.layout === 'gpt';
  const regions: DiscRegion[] = [];
  const add = (purpose: string, offset: number, end: number): void => {
    if (end > offset) regions.push({ purpose, offset, size: end - offset });
  };
  const blocks = (purpose: string, from: number, to: number): void => add(purpose, from * BLOCK, to * BLOCK);
  add(gpt ? 'protective MBR and GPT' : 'MBR', 0, gpt ? 34 * 512 : 512);
  blocks('ISO 9660 volume descriptors', 16, parts.recognitionBlock);
  blocks('UDF recognition sequence', parts.recognitionBlock, parts.recognitionBlock + 3);
  if (parts.catalogBlock !== undefined) blocks('El Torito boot catalog', parts.catalogBlock, parts.catalogBlock + 1);
  blocks('UDF volume descriptors', MAIN_VDS, INTEGRITY_BLOCK + 2);
  blocks('UDF anchor', ANCHOR_BLOCK, ANCHOR_BLOCK + 1);
  blocks('UDF file entries and directories', udf.partitionStart, udf.endBlock);
  blocks('ISO 9660 and Joliet path tables and directories', iso.firstBlock, iso.endBlock);
  if (parts.cdSectorBlock !== undefined) {
    blocks('BIOS boot sector for CDs', parts.cdSectorBlock, parts.cdSectorBlock + 1);
  }
  if (small) add('FAT12 volume with the EFI loader, for El Torito', small.startOffset, small.endOffset);
  const onFat = files.filter((file) => file.offset !== undefined && !file.discOnly);
  const firstFile = onFat[0]?.offset ?? fat.endOffset;
  add(`FAT32 boot record, tables, directories and free space`, fat.startOffset, firstFile);
  add('files', firstFile, fat.endOffset);
  const [firstLarge] = files.filter((file) => file.discOnly);
  const tail = (parts.blocks - 257) * BLOCK;
  if (firstLarge?.offset !== undefined) add('files of 4 GiB and more', firstLarge.offset, tail);
  for (const anchor of parts.anchors) blocks('UDF anchor', anchor, anchor + 1);
  if (gpt) add('backup GPT', parts.blocks * BLOCK - backupGpt, parts.blocks * BLOCK);
  return regions;
}
