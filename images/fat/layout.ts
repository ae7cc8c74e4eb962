/**
 * Structures of FAT12, FAT16 and FAT32 as on disk, all little-endian. After "FAT: General Overview of On-Disk Format" 1.03
 * (Microsoft, 2000), cited as `fatgen`, and ECMA-107.
 */
import { at, bytes, reserved, struct, text, u16le, u32le, u8, type RecordOf } from '../bytes/index.ts';

/** Our sector size. Readers accept 512 to 4096. */
export const SECTOR = 512;
/** Bytes of a directory entry, short or long. */
export const ENTRY_SIZE = 32;
/** A folder has at most 65,536 entries (fatgen, "FAT Directory Structure"): Windows reads no further. */
export const MAX_DIRECTORY_ENTRIES = 65_536;
/** The size field of a directory entry has 32 bits. */
export const MAX_FILE_SIZE = 0xffff_ffff;

/** Bytes 0..35 of the boot sector: the same in all three types. */
export const biosParameterBlock = struct('FAT boot sector', 36, {
  jump: at(0x00, bytes(3)), // eb xx 90 or e9 xx xx
  oemName: at(0x03, text(8, ' ')), // some drivers look for MSDOS5.0 or similar
  bytesPerSector: at(0x0b, u16le),
  sectorsPerCluster: at(0x0d, u8), // a power of two
  reservedSectors: at(0x0e, u16le), // before the first FAT, boot sector included
  fats: at(0x10, u8),
  rootEntries: at(0x11, u16le), // 0 in FAT32
  totalSectors16: at(0x13, u16le), // 0 when the 32-bit field holds it
  media: at(0x15, u8), // f8 fixed, f0 removable; repeated in FAT[0]
  fatSectors16: at(0x16, u16le), // 0 in FAT32
  sectorsPerTrack: at(0x18, u16le),
  heads: at(0x1a, u16le),
  hiddenSectors: at(0x1c, u32le), // sectors before the volume; BIOS boot code adds it (boot-standards 5.2)
  totalSectors32: at(0x20, u32le),
});
export type BiosParameterBlock = RecordOf<typeof biosParameterBlock>;

/** Offset of the fields that differ between the types. */
export const EXTENSION_OFFSET = 0x24;

/** Bytes 36..61 of a FAT12 or FAT16 boot sector. */
export const fat16Extension = struct('FAT16 boot sector extension', 26, {
  driveNumber: at(0x00, u8),
  unused: at(0x01, reserved(1)),
  bootSignature: at(0x02, u8), // 29: serial, label and name follow
  serial: at(0x03, u32le),
  label: at(0x07, text(11, ' ')),
  fileSystem: at(0x12, text(8, ' ')), // for people only; the type follows from the cluster count
});

/** Bytes 36..89 of a FAT32 boot sector. */
export const fat32Extension = struct('FAT32 boot sector extension', 54, {
  fatSectors32: at(0x00, u32le),
  flags: at(0x04, u16le), // bit 7: only the FAT of bits 0..3 is in use
  version: at(0x06, u16le), // 0
  rootCluster: at(0x08, u32le),
  fsInfoSector: at(0x0c, u16le),
  backupSector: at(0x0e, u16le), // copy of the boot sector, FSInfo behind it
  unused: at(0x10, reserved(12)),
  driveNumber: at(0x1c, u8),
  unused2: at(0x1d, reserved(1)),
  bootSignature: at(0x1e, u8),
  serial: at(0x1f, u32le),
  label: at(0x23, text(11, ' ')),
  fileSystem: at(0x2e, text(8, ' ')),
});

export const FS_INFO_LEAD = 0x4161_5252;
export const FS_INFO_STRUCTURE = 0x6141_7272;
export const FS_INFO_TRAIL = 0xaa55_0000;

/** The FSInfo sector of FAT32: hints that may be wrong, so readers do not rely on them. */
export const fsInfo = struct('FSInfo sector', 512, {
  lead: at(0x000, u32le),
  unused: at(0x004, reserved(480)),
  structure: at(0x1e4, u32le),
  freeClusters: at(0x1e8, u32le), // ffffffff: unknown
  nextFree: at(0x1ec, u32le), // where to look for free clusters; ffffffff: unknown
  unused2: at(0x1f0, reserved(12)),
  trail: at(0x1fc, u32le),
});

/** Attribute bits of directory entries. */
export const attribute = {
  readOnly: 0x01,
  hidden: 0x02,
  system: 0x04,
  volumeLabel: 0x08,
  directory: 0x10,
  archive: 0x20,
  /** All four low bits together: the entry is a part of a long name. */
  longName: 0x0f,
} as const;

/** A short directory entry (fatgen, "FAT 32 Byte Directory Entry Structure"). */
export const directoryEntry = struct('FAT directory entry', ENTRY_SIZE, {
  name: at(0x00, bytes(11)), // 8 + 3, filled with spaces; first byte e5 = deleted, 00 = end, 05 = a real e5
  attributes: at(0x0b, u8),
  caseFlags: at(0x0c, u8), // Windows NT: 08 base in lower case, 10 extension in lower case
  createdTenths: at(0x0d, u8), // hundredths of a second, 0..199
  createdTime: at(0x0e, u16le),
  createdDate: at(0x10, u16le),
  accessedDate: at(0x12, u16le),
  clusterHigh: at(0x14, u16le), // 0 or garbage in FAT12/16
  modifiedTime: at(0x16, u16le),
  modifiedDate: at(0x18, u16le),
  clusterLow: at(0x1a, u16le),
  size: at(0x1c, u32le), // 0 for folders
});
export type DirectoryEntry = RecordOf<typeof directoryEntry>;

/** UTF-16 units that one long entry holds. */
export const UNITS_PER_LONG_ENTRY = 13;
/** Long names have at most 255 UTF-16 units: 20 entries. */
export const MAX_LONG_NAME = 255;
/** Marks the entry that holds the end of a long name; it comes first on disk. */
export const LAST_LONG_ENTRY = 0x40;

/** A part of a long name; the parts lie before their short entry, last part first (fatgen, "Long Directory Entries"). */
export const longNameEntry = struct('FAT long name entry', ENTRY_SIZE, {
  order: at(0x00, u8), // from 1; | 40 in the last part
  first: at(0x01, bytes(10)),
  attributes: at(0x0b, u8), // 0f
  type: at(0x0c, u8), // 0
  checksum: at(0x0d, u8), // of the short name, so that a tool which knows only short names orphans the long one
  second: at(0x0e, bytes(12)),
  cluster: at(0x1a, u16le), // 0
  third: at(0x1c, bytes(4)),
});
