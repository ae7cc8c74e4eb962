/**
 * Structures of MBR and GPT as on disk, all little-endian. After the UEFI specification 2.10, chapter 5 ("GUID Partition
 * Table (GPT) Disk Layout"), cited as `UEFI`.
 */
import {
  array,
  at,
  bytes,
  reserved,
  size64le,
  struct,
  text,
  u16le,
  u32le,
  u64le,
  u8,
  type RecordOf,
} from '../bytes/index.ts';

export const SECTOR = 512;

/** A partition entry of the MBR (UEFI 5.2.1). */
export const mbrEntry = struct('MBR partition entry', 16, {
  status: at(0x0, u8), // 80 active, 00 not
  firstChs: at(0x1, bytes(3)),
  type: at(0x4, u8), // 0: the entry is unused
  lastChs: at(0x5, bytes(3)),
  firstSector: at(0x8, u32le),
  sectors: at(0xc, u32le),
});
export type MbrEntryRecord = RecordOf<typeof mbrEntry>;

/** The first sector of the medium; also each link of the chain of logical partitions. */
export const masterBootRecord = struct('master boot record', SECTOR, {
  code: at(0x000, bytes(440)),
  diskSignature: at(0x1b8, u32le), // Windows tells disks apart by it; a BCD may name it
  unused: at(0x1bc, u16le),
  entries: at(0x1be, array(mbrEntry, 4)),
  signature: at(0x1fe, u16le), // aa55
});

/** GPT header in sector 1, and its backup in the last sector (UEFI 5.3.2). Sectors are counted from the start of the medium. */
export const gptHeader = struct('GPT header', 92, {
  magic: at(0x00, text(8)), // "EFI PART"
  revision: at(0x08, u32le), // 10000
  headerSize: at(0x0c, u32le), // 92 to the sector size; the checksum covers so much
  headerCrc: at(0x10, u32le), // with this field 0
  unused: at(0x14, reserved(4)),
  thisSector: at(0x18, size64le),
  otherSector: at(0x20, size64le), // of the other header
  firstUsable: at(0x28, size64le),
  lastUsable: at(0x30, size64le),
  diskGuid: at(0x38, bytes(16)),
  entriesSector: at(0x48, size64le),
  entryCount: at(0x50, u32le), // at least 128 by the specification's 16 KiB rule
  entrySize: at(0x54, u32le), // 128 * 2^n
  entriesCrc: at(0x58, u32le),
});
export type GptHeader = RecordOf<typeof gptHeader>;

/** A partition of the GPT (UEFI 5.3.3). */
export const gptEntry = struct('GPT partition entry', 128, {
  type: at(0x00, bytes(16)), // all zero: unused
  id: at(0x10, bytes(16)),
  first: at(0x20, size64le),
  last: at(0x28, size64le), // the last sector itself belongs to the partition
  attributes: at(0x30, u64le),
  name: at(0x38, bytes(72)), // UTF-16LE, filled with NUL
});

export const GPT_MAGIC = 'EFI PART';
export const GPT_REVISION = 0x1_0000;
/** What every tool writes, and what firmware reserves room for: 128 entries in 32 sectors. */
export const GPT_ENTRY_COUNT = 128;
export const GPT_ENTRY_SECTORS = 32;
/** MBR type of the one entry that protects a GPT. */
export const PROTECTIVE_TYPE = 0xee;
