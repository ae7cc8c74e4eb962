/**
 * UDF 1.02 (ECMA-167 2nd edition) as it lies on disc: constants, and the small structures that the descriptors of
 * layout-volume.ts and layout-file.ts are made of. All numbers are little-endian; one block is 2048 bytes on the discs we
 * write. Sections in comments are ECMA-167's.
 */
import { at, bytes, i16le, struct, text, u16le, u32le, u8, type RecordOf } from '../bytes/index.ts';

export const UDF_BLOCK = 2048;
export const PARTITION_START = 257;
export const ANCHOR_BLOCK = 256;
export const MAIN_VDS = 32;
export const RESERVE_VDS = 48;
export const INTEGRITY_BLOCK = 64;
/** Largest extent that is a multiple of the block: an extent's length has 30 bits (14.14.1.1). */
export const MAX_EXTENT = 0x3fff_f800;
export const REVISION = 0x0102;

export const tagId = {
  primaryVolume: 1,
  anchor: 2,
  implementationUse: 4,
  partition: 5,
  logicalVolume: 6,
  unallocatedSpace: 7,
  terminating: 8,
  integrity: 9,
  fileSet: 256,
  fileIdentifier: 257,
  allocationExtent: 258,
  fileEntry: 261,
  extendedFileEntry: 266,
} as const;

export const fileType = { directory: 4, regular: 5, link: 12 } as const;
/** File characteristics of a file identifier (14.4.3). */
export const characteristic = { hidden: 1, directory: 2, deleted: 4, parent: 8 } as const;

/** 7.2 (volume) and 14.1 (file system): the same 16 bytes before every descriptor. */
export const tag = struct('UDF tag', 16, {
  id: at(0, u16le),
  version: at(2, u16le), // 2; 3 from UDF 2.00
  checksum: at(4, u8), // sum of the other 15 bytes
  reserved: at(5, u8),
  serial: at(6, u16le),
  crc: at(8, u16le),
  crcLength: at(10, u16le), // bytes after the tag
  location: at(12, u32le), // block; relative to the partition inside it
});
export type Tag = RecordOf<typeof tag>;

export const extent = struct('UDF extent', 8, { length: at(0, u32le), location: at(4, u32le) });
export type UdfExtent = RecordOf<typeof extent>;

/** 14.14.1: length with a type in its top 2 bits, block in the partition. */
export const shortAd = struct('UDF short allocation descriptor', 8, { length: at(0, u32le), block: at(4, u32le) });

/** 14.14.2; UDF puts the target's unique id into the implementation use. */
export const longAd = struct('UDF long allocation descriptor', 16, {
  length: at(0, u32le),
  block: at(4, u32le),
  partition: at(8, u16le),
  flags: at(10, u16le),
  uniqueId: at(12, u32le),
});

/** 7.3 */
export const timestamp = struct('UDF timestamp', 12, {
  typeAndZone: at(0, u16le), // 0x1000: local time, offset 0
  year: at(2, i16le),
  month: at(4, u8),
  day: at(5, u8),
  hour: at(6, u8),
  minute: at(7, u8),
  second: at(8, u8),
  centiseconds: at(9, u8),
  hundredsOfMicroseconds: at(10, u8),
  microseconds: at(11, u8),
});
export type Timestamp = RecordOf<typeof timestamp>;

/** 7.4 */
export const entityId = struct('UDF entity identifier', 32, {
  flags: at(0, u8),
  identifier: at(1, text(23)),
  suffix: at(24, bytes(8)),
});
export type EntityId = RecordOf<typeof entityId>;

/** 7.2.1 */
export const charspec = struct('UDF character set', 64, { type: at(0, u8), info: at(1, text(63)) });
