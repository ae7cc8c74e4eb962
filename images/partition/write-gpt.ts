/** Writes a GUID partition table: protective MBR, primary and backup. */
import { InputError } from '../../src/core/index.ts';
import { crc32, encodeUtf16le, parseGuid } from '../bytes/index.ts';
import type { Piece } from '../tree/index.ts';
import { partitionCode } from './codes.ts';
import {
  GPT_ENTRY_COUNT,
  GPT_ENTRY_SECTORS,
  GPT_MAGIC,
  GPT_REVISION,
  gptEntry,
  gptHeader,
  SECTOR,
  type GptHeader,
} from './layout.ts';
import type { GptPartition } from './types.ts';
import { protectiveMbr } from './write-mbr.ts';

export interface GptOptions {
  /** GUID text. */
  readonly diskGuid: string;
  /** Sectors of the whole medium. */
  readonly sectors: number;
  /** At most 128. */
  readonly partitions: readonly GptPartition[];
  /** At most 440 bytes for the protective MBR; zeros without. */
  readonly bootCode?: Uint8Array;
}

/** First sector behind the primary table. */
export const GPT_FIRST_USABLE = 2 + GPT_ENTRY_SECTORS;

/** The last sector that partitions may use on a medium of so many sectors. */
export function gptLastUsable(sectors: number): number {
  return sectors - 2 - GPT_ENTRY_SECTORS;
}

/**
 * Protective MBR with primary table at the start, backup at the end of the medium, in the order of the image.
 * Throws InputError for GUIDs that are none (`BYTES_GUID`), and partitions that overlap, leave the usable sectors or
 * have too long a name (`PARTITION_ENTRY`).
 */
export function writeGpt(options: GptOptions): Piece[] {
  const { sectors, partitions } = options;
  const lastUsable = gptLastUsable(sectors);
  if (!Number.isSafeInteger(sectors) || lastUsable < GPT_FIRST_USABLE)
    throw badEntry(`${sectors} sectors are too few for a GPT`);
  if (partitions.length > GPT_ENTRY_COUNT) throw badEntry(`${partitions.length} partitions, a GPT of ours holds 128`);
  const entries = new Uint8Array(GPT_ENTRY_SECTORS * SECTOR);
  for (const [index, partition] of partitions.entries()) {
    checkPartition(partitions, partition, index, lastUsable);
    gptEntry.encodeInto(entries, index * gptEntry.size, {
      type: parseGuid(partition.type),
      id: parseGuid(partition.id),
      first: partition.firstSector,
      last: partition.firstSector + partition.sectors - 1,
      attributes: partition.attributes,
      name: paddedName(partition.name),
    });
  }
  const base = {
    magic: GPT_MAGIC,
    revision: GPT_REVISION,
    headerSize: gptHeader.size,
    headerCrc: 0,
    unused: null,
    firstUsable: GPT_FIRST_USABLE,
    lastUsable,
    diskGuid: parseGuid(options.diskGuid),
    entryCount: GPT_ENTRY_COUNT,
    entrySize: gptEntry.size,
    entriesCrc: crc32(entries),
  };
  const last = sectors - 1;
  const primary = encodeHeader({ ...base, thisSector: 1, otherSector: last, entriesSector: 2 });
  const backup = encodeHeader({ ...base, thisSector: last, otherSector: 1, entriesSector: lastUsable + 1 });
  return [
    protectiveMbr(sectors, options.bootCode),
    { offset: SECTOR, bytes: primary },
    { offset: 2 * SECTOR, bytes: entries },
    { offset: (lastUsable + 1) * SECTOR, bytes: entries },
    { offset: last * SECTOR, bytes: backup },
  ];
}

function encodeHeader(header: GptHeader): Uint8Array {
  const sector = new Uint8Array(SECTOR);
  const headerCrc = crc32(gptHeader.encode(header));
  gptHeader.encodeInto(sector, 0, { ...header, headerCrc });
  return sector;
}

function paddedName(name: string): Uint8Array {
  const field = new Uint8Array(72);
  field.set(encodeUtf16le(name));
  return field;
}

function checkPartition(
  all: readonly GptPartition[],
  partition: GptPartition,
  index: number,
  lastUsable: number,
): void {
  const { firstSector, sectors, name } = partition;
  const title = `GPT partition ${index + 1}`;
  const end = firstSector + sectors;
  if (!Number.isSafeInteger(end) || firstSector < GPT_FIRST_USABLE || sectors < 1 || end - 1 > lastUsable) {
    throw badEntry(
      `${title} takes sectors ${firstSector} to ${end - 1}, usable are ${GPT_FIRST_USABLE} to ${lastUsable}`,
    );
  }
  if (name.length > 36) throw badEntry(`${title}: its name has ${name.length} UTF-16 units, 36 fit`);
  if (/^[{]?[0-]+[}]?$/.test(partition.type)) throw badEntry(`${title}: a type of zeros marks an unused entry`);
  const other = all.findIndex((o, i) => i < index && o.firstSector < end && firstSector < o.firstSector + o.sectors);
  if (other >= 0) throw badEntry(`${title} overlaps partition ${other + 1}`);
  const twin = all.findIndex((o, i) => i < index && o.id.toLowerCase() === partition.id.toLowerCase());
  if (twin >= 0) throw badEntry(`${title} has the GUID of partition ${twin + 1}`);
}

function badEntry(why: string): InputError {
  return new InputError(partitionCode.PARTITION_ENTRY, why);
}
