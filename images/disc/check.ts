/** Judges an opened image: does it hold what boot managers and operating systems need? */
import type { Problem } from '../../src/core/index.ts';
import { MBR_FAT32_LBA, partitionType } from '../partition/index.ts';
import { ANCHOR_BLOCK } from '../udf/index.ts';
import { discCode } from './codes.ts';
import type { DiscViews } from './types.ts';

const BLOCK = 2048;

/** Everything wrong with an image, views that differ included; empty for one that `layoutDisc` planned. */
export function checkDisc(disc: DiscViews): Problem[] {
  return [...disc.problems, ...checkViews(disc), ...checkSize(disc), ...checkAnchors(disc), ...checkTable(disc)];
}

const error = (code: string, message: string): Problem => ({ code, severity: 'error', message });

function checkViews({ iso, fat, udf, table, problems }: DiscViews): Problem[] {
  const found: Problem[] = [];
  const unread = problems.some(({ code }) => code === discCode.DISC_VIEW_MISSING);
  if (!iso && !unread) found.push(error(discCode.DISC_VIEW_MISSING, 'the image has no ISO 9660 view'));
  if (iso && !iso.joliet) found.push(error(discCode.DISC_VIEW_MISSING, 'the image has no Joliet view'));
  if (!fat && !unread) {
    const why = table.kind === 'none' ? 'no partition table' : 'no FAT partition';
    found.push(error(discCode.DISC_VIEW_MISSING, `the image has ${why}: it will not boot as stick`));
  }
  for (const [title, label] of [
    ['ISO 9660', iso?.primary.label],
    ['Joliet', iso?.joliet?.label],
    ['FAT', fat?.volume.label],
  ] as const) {
    if (label === undefined || label === udf.label) continue;
    found.push(error(discCode.DISC_VIEW_DIFFERS, `${title} has the label ${label || '(none)'}, UDF ${udf.label}`));
  }
  return found;
}

/** EDK2 and Windows take the primary descriptor's size for the end of the disc (boot-chain 5.2). */
function checkSize({ iso, source }: DiscViews): Problem[] {
  if (!iso) return [];
  const { volumeBlocks } = iso.primary;
  const said = volumeBlocks * BLOCK;
  const found: Problem[] = [];
  if (said > source.size) {
    found.push(
      error(discCode.DISC_SIZE, `the image has ${source.size} bytes, its descriptor says ${said}: it was cut off`),
    );
  }
  if (iso.joliet && iso.joliet.volumeBlocks !== volumeBlocks) {
    const both = `${volumeBlocks} blocks by ISO 9660, ${iso.joliet.volumeBlocks} by Joliet`;
    found.push(error(discCode.DISC_SIZE, `the image has ${both}`));
  }
  return found;
}

function checkAnchors({ udf, size }: DiscViews): Problem[] {
  const blocks = Math.floor(size / BLOCK);
  const found: Problem[] = [];
  if (!udf.anchors.includes(ANCHOR_BLOCK)) {
    found.push(error(discCode.DISC_ANCHOR, `no UDF anchor in block ${ANCHOR_BLOCK}: boot managers look only there`));
  }
  if (![blocks - 257, blocks - 1].some((block) => udf.anchors.includes(block))) {
    found.push(
      error(discCode.DISC_ANCHOR, `no UDF anchor at the end of the image, in block ${blocks - 257} or ${blocks - 1}`),
    );
  }
  return found;
}

function checkTable({ table, fat }: DiscViews): Problem[] {
  const found: Problem[] = table.problems.map(({ code, severity, message }) => ({ code, severity, message }));
  if (table.kind === 'mbr') {
    const [first, ...others] = table.partitions;
    if (first?.type !== MBR_FAT32_LBA || !first.active || others.length > 0) {
      found.push(error(discCode.DISC_PARTITION, 'the MBR must hold one active partition of type 0c and nothing else'));
    }
  }
  if (table.kind === 'gpt' && table.partitions[0]?.type !== partitionType.basicData) {
    found.push(error(discCode.DISC_PARTITION, 'the first GPT partition must be one of basic data'));
  }
  if (fat && fat.volume.hiddenSectors !== fat.offset / 512) {
    found.push(
      error(
        discCode.DISC_PARTITION,
        `the FAT volume says that it starts at sector ${fat.volume.hiddenSectors}, it starts at ${fat.offset / 512}`,
      ),
    );
  }
  return found;
}
