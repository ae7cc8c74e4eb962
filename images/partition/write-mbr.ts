/** Writes a master boot record. */
import { InputError } from '../../src/core/index.ts';
import type { Piece } from '../tree/index.ts';
import { partitionCode } from './codes.ts';
import { masterBootRecord, PROTECTIVE_TYPE, type MbrEntryRecord } from './layout.ts';
import type { MbrPartition } from './types.ts';

export interface MbrOptions {
  /** At most 440 bytes for the start of the sector; zeros without. */
  readonly bootCode?: Uint8Array;
  /** 32 bits, not 0 for a medium that Windows shall tell from others. */
  readonly diskSignature: number;
  /** At most 4, in the order of the table. */
  readonly partitions: readonly MbrPartition[];
}

/**
 * Cylinder, head and sector of a partition that only LBA can name: the form that both boot managers, SeaBIOS and the Linux
 * tools took (boot-chain 5.4). Firmware that reads LBA ignores it.
 */
const noChs = Uint8Array.of(0xfe, 0xff, 0xff);
const unusedEntry: MbrEntryRecord = {
  status: 0,
  firstChs: new Uint8Array(3),
  type: 0,
  lastChs: new Uint8Array(3),
  firstSector: 0,
  sectors: 0,
};

/**
 * The MBR as one piece of 512 bytes at offset 0. Throws InputError for boot code above 440 bytes (`PARTITION_BOOT_CODE`),
 * more than four, overlapping or too large partitions (`PARTITION_ENTRY`), and an EE entry: such a mixture with GPT does
 * not boot (`PARTITION_HYBRID_MBR`, boot-chain 5.1); `writeGpt` makes the protective MBR itself.
 */
export function writeMbr(options: MbrOptions): Piece {
  const { partitions } = options;
  if (partitions.length > 4) throw badEntry(`${partitions.length} partitions, an MBR holds 4`);
  if (partitions.filter(({ active }) => active).length > 1) throw badEntry('more than one partition is active');
  for (const [index, partition] of partitions.entries()) checkPartition(partitions, partition, index);
  const entries = partitions.map(({ active, type, firstSector, sectors }) => ({
    status: active ? 0x80 : 0,
    firstChs: noChs,
    type,
    lastChs: noChs,
    firstSector,
    sectors,
  }));
  return encodeMbr(options.bootCode, options.diskSignature, entries);
}

/** The MBR that keeps tools without GPT away: one EE entry over everything, not active (UEFI 5.2.3). */
export function protectiveMbr(sectors: number, bootCode?: Uint8Array): Piece {
  const entry: MbrEntryRecord = {
    status: 0,
    firstChs: Uint8Array.of(0, 2, 0),
    type: PROTECTIVE_TYPE,
    lastChs: Uint8Array.of(0xff, 0xff, 0xff),
    firstSector: 1,
    sectors: Math.min(sectors - 1, 0xffff_ffff),
  };
  return encodeMbr(bootCode, 0, [entry]);
}

function encodeMbr(bootCode: Uint8Array | undefined, diskSignature: number, entries: readonly MbrEntryRecord[]): Piece {
  const code = new Uint8Array(440);
  if (bootCode !== undefined) {
    if (bootCode.length > code.length) {
      throw new InputError(partitionCode.PARTITION_BOOT_CODE, `MBR boot code has ${bootCode.length} bytes, 440 fit`);
    }
    code.set(bootCode);
  }
  if (!Number.isInteger(diskSignature) || diskSignature < 0 || diskSignature > 0xffff_ffff) {
    throw badEntry(`disk signature ${diskSignature} is not a number of 32 bits`);
  }
  const bytes = masterBootRecord.encode({
    code,
    diskSignature,
    unused: 0,
    entries: [...entries, unusedEntry, unusedEntry, unusedEntry, unusedEntry].slice(0, 4),
    signature: 0xaa55,
  });
  return { offset: 0, bytes };
}

function checkPartition(all: readonly MbrPartition[], partition: MbrPartition, index: number): void {
  const { type, firstSector, sectors } = partition;
  const name = `MBR partition ${index + 1}`;
  if (!Number.isInteger(type) || type < 1 || type > 0xff) throw badEntry(`${name} has type ${type}, must be 1 to 255`);
  if (type === PROTECTIVE_TYPE) {
    throw new InputError(
      partitionCode.PARTITION_HYBRID_MBR,
      `${name} has type EE: an MBR that also announces a GPT starts no Microsoft boot manager`,
      { hint: 'Write either an MBR or a GPT.' },
    );
  }
  const end = firstSector + sectors;
  if (!Number.isSafeInteger(firstSector) || firstSector < 1 || firstSector > 0xffff_ffff) {
    throw badEntry(`${name} starts at sector ${firstSector}, must be 1 to 4294967295`);
  }
  if (!Number.isSafeInteger(sectors) || sectors < 1 || sectors > 0xffff_ffff || end > 2 ** 32) {
    throw badEntry(
      `${name} has ${sectors} sectors from ${firstSector}: an MBR reaches up to sector 4294967295 (2 TiB)`,
    );
  }
  const other = all.findIndex((o, i) => i < index && o.firstSector < end && firstSector < o.firstSector + o.sectors);
  if (other >= 0) throw badEntry(`${name} overlaps partition ${other + 1}`);
}

function badEntry(why: string): InputError {
  return new InputError(partitionCode.PARTITION_ENTRY, why);
}
