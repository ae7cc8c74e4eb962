/** The partition table of the image: one FAT32 partition, by an MBR or by a GPT, never by both (boot-chain 5.1). */
import { formatGuid } from '../bytes/index.ts';
import { MBR_FAT32_LBA, partitionType, writeGpt, writeMbr } from '../partition/index.ts';
import { readyPiece, type LazyPiece } from '../iso9660/index.ts';
import type { DiscLayout } from './types.ts';

const SECTOR = 512;

/**
 * `mbr`: one active partition of type 0c, with boot code when BIOS is to start the stick. `gpt`: one basic data partition,
 * which Windows gives a letter; its backup lies at the end of the image. `bootCode` is asked for only when it is needed.
 */
export function partitionPieces(layout: DiscLayout, bootCode: () => Uint8Array): LazyPiece[] {
  const { options, parts, size } = layout;
  const { ids, label, bios } = options;
  const place = { firstSector: parts.fat.startOffset / SECTOR, sectors: parts.fat.totalSectors };
  const pieces =
    options.layout === 'mbr'
      ? [
          writeMbr({
            ...(bios ? { bootCode: bootCode() } : {}),
            diskSignature: ids.diskSignature,
            partitions: [{ active: true, type: MBR_FAT32_LBA, ...place }],
          }),
        ]
      : writeGpt({
          diskGuid: formatGuid(ids.diskGuid),
          sectors: size / SECTOR,
          partitions: [
            { type: partitionType.basicData, id: formatGuid(ids.partitionGuid), ...place, name: label, attributes: 0n },
          ],
        });
  return pieces.map(({ offset, bytes }) => readyPiece(offset, bytes));
}
