/** ISO 9660 (ECMA-119), Joliet and El Torito structures as they lie on disc. One sector is 2048 bytes. */
import {
  at,
  both16,
  both32,
  bytes,
  reserved,
  struct,
  text,
  u16le,
  u32be,
  u32le,
  u8,
  type RecordOf,
} from '../bytes/index.ts';

export const SECTOR = 2048;
/** The first volume descriptor; sectors 0..15 are the system area (ECMA-119 6.2.1). */
export const FIRST_DESCRIPTOR = 16;
/** The largest extent that xorriso and we write: below 4 GiB and a multiple of the sector (boot-standards 4.4). */
export const MAX_EXTENT = 0xffff_f800;

export const descriptorType = { bootRecord: 0, primary: 1, supplementary: 2, terminator: 255 } as const;

/** Directory record flags (ECMA-119 9.1.6). */
export const recordFlag = { hidden: 0x01, directory: 0x02, multiExtent: 0x80 } as const;

/** What every descriptor starts with (ECMA-119 8.1). */
export const descriptorHeader = struct('ISO descriptor header', 7, {
  type: at(0, u8),
  id: at(1, text(5)), // CD001
  version: at(6, u8), // 1
});

/** Primary and supplementary (Joliet) volume descriptor (ECMA-119 8.4, 8.5). */
export const volumeDescriptor = struct('ISO volume descriptor', SECTOR, {
  type: at(0, u8),
  id: at(1, text(5)),
  version: at(6, u8),
  flags: at(7, u8),
  systemId: at(8, bytes(32)),
  volumeId: at(40, bytes(32)),
  reserved1: at(72, reserved(8)),
  volumeBlocks: at(80, both32), // EDK2 ends an El Torito partition of count 0 here (boot-chain 5.2)
  escapes: at(88, bytes(32)), // Joliet level 3: %/E
  setSize: at(120, both16),
  sequence: at(124, both16),
  blockSize: at(128, both16), // 2048
  pathTableSize: at(132, both32), // bytes
  pathTableL: at(140, u32le),
  optionalPathTableL: at(144, u32le),
  pathTableM: at(148, u32be),
  optionalPathTableM: at(152, u32be),
  root: at(156, bytes(34)), // a directory record
  volumeSetId: at(190, bytes(128)),
  publisher: at(318, bytes(128)),
  preparer: at(446, bytes(128)),
  application: at(574, bytes(128)),
  copyrightFile: at(702, bytes(37)),
  abstractFile: at(739, bytes(37)),
  bibliographicFile: at(776, bytes(37)),
  created: at(813, bytes(17)),
  modified: at(830, bytes(17)),
  expires: at(847, bytes(17)),
  effective: at(864, bytes(17)),
  structureVersion: at(881, u8), // 1
  reserved2: at(882, reserved(1)),
  applicationUse: at(883, bytes(512)),
  reserved3: at(1395, reserved(653)),
});
export type VolumeDescriptor = RecordOf<typeof volumeDescriptor>;

/** El Torito boot record (El Torito 1.0, figure 7). */
export const bootRecord = struct('El Torito boot record', SECTOR, {
  type: at(0, u8),
  id: at(1, text(5)),
  version: at(6, u8),
  system: at(7, text(32)), // EL TORITO SPECIFICATION
  reserved1: at(39, reserved(32)),
  catalogBlock: at(71, u32le),
  reserved2: at(75, reserved(1973)),
});
export const EL_TORITO = 'EL TORITO SPECIFICATION';

/** The fixed part of a directory record; the name follows, then a byte of padding when the name's length is even. */
export const directoryRecord = struct('ISO directory record', 33, {
  length: at(0, u8),
  extendedLength: at(1, u8), // sectors of extended attributes before the data
  extent: at(2, both32),
  size: at(10, both32),
  time: at(18, bytes(7)),
  flags: at(25, u8),
  unitSize: at(26, u8), // not 0: interleaved
  gapSize: at(27, u8),
  sequence: at(28, both16),
  nameLength: at(32, u8),
});
export type DirectoryRecord = RecordOf<typeof directoryRecord>;

/** First record of a boot catalog: the sum of its 16 words is 0 (El Torito 2.1). */
export const validationEntry = struct('El Torito validation entry', 32, {
  header: at(0, u8), // 1
  platform: at(1, u8),
  reserved1: at(2, reserved(2)),
  maker: at(4, bytes(24)),
  checksum: at(28, u16le),
  key: at(30, u16le), // 0xaa55
});

/** Initial, default or section entry (El Torito 2.2, 2.4). */
export const catalogEntry = struct('El Torito entry', 32, {
  indicator: at(0, u8), // 0x88 bootable, 0x00 not
  media: at(1, u8), // 0: no emulation
  loadSegment: at(2, u16le),
  systemType: at(4, u8),
  reserved1: at(5, reserved(1)),
  sectors: at(6, u16le), // of 512 bytes
  block: at(8, u32le), // of 2048 bytes
  criteria: at(12, bytes(20)),
});

/** Section header (El Torito 2.3): 0x90, or 0x91 on the last one. */
export const sectionHeader = struct('El Torito section header', 32, {
  indicator: at(0, u8),
  platform: at(1, u8),
  entries: at(2, u16le),
  id: at(4, bytes(28)),
});
