/**
 * UDF 1.02 (ECMA-167 2nd edition) structures as they lie on disc; all numbers little-endian, one block is 2048 bytes on the
 * discs we write. Sections in comments are ECMA-167's.
 */
import {
  array,
  at,
  bytes,
  i16le,
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

export const fileType = { directory: 4, regular: 5 } as const;
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

/** 10.2 */
export const anchor = struct('UDF anchor', 512, {
  tag: at(0, tag),
  main: at(16, extent),
  reserve: at(24, extent),
  reserved: at(32, reserved(480)),
});

/** 10.1 */
export const primaryVolume = struct('UDF primary volume descriptor', 512, {
  tag: at(0, tag),
  sequence: at(16, u32le),
  number: at(20, u32le),
  volumeId: at(24, bytes(32)),
  volumeSequence: at(56, array(u16le, 2)), // this one, highest one
  interchange: at(60, array(u16le, 2)),
  characterSets: at(64, array(u32le, 2)),
  setId: at(72, bytes(128)), // first 16 characters: shown as UUID
  descriptorCharset: at(200, charspec),
  explanatoryCharset: at(264, charspec),
  abstract: at(328, extent),
  copyright: at(336, extent),
  application: at(344, entityId),
  recorded: at(376, timestamp),
  implementation: at(388, entityId),
  implementationUse: at(420, bytes(64)),
  predecessor: at(484, u32le),
  flags: at(488, u16le),
  reserved: at(490, reserved(22)),
});

/** 10.4, as UDF 2.2.7 fills it */
export const implementationUse = struct('UDF implementation use descriptor', 512, {
  tag: at(0, tag),
  sequence: at(16, u32le),
  id: at(20, entityId), // *UDF LV Info
  charset: at(52, charspec),
  logicalVolumeId: at(116, bytes(128)),
  info: at(244, bytes(108)),
  implementation: at(352, entityId),
  implementationUse: at(384, bytes(128)),
});

/** 10.5 */
export const partition = struct('UDF partition descriptor', 512, {
  tag: at(0, tag),
  sequence: at(16, u32le),
  flags: at(20, u16le), // 1: allocated
  number: at(22, u16le),
  contents: at(24, entityId), // +NSR02, +NSR03
  contentsUse: at(56, bytes(128)),
  access: at(184, u32le), // 1: read-only
  start: at(188, u32le),
  length: at(192, u32le),
  implementation: at(196, entityId),
  implementationUse: at(228, bytes(128)),
  reserved: at(356, reserved(156)),
});

/** 10.6, up to the partition maps */
export const logicalVolume = struct('UDF logical volume descriptor', 440, {
  tag: at(0, tag),
  sequence: at(16, u32le),
  charset: at(20, charspec),
  logicalVolumeId: at(84, bytes(128)),
  blockSize: at(212, u32le),
  domain: at(216, entityId), // *OSTA UDF Compliant, suffix 02 01 = revision 1.02, 03 = write protected
  fileSet: at(248, longAd),
  mapTableLength: at(264, u32le),
  mapCount: at(268, u32le),
  implementation: at(272, entityId),
  implementationUse: at(304, bytes(128)),
  integrity: at(432, extent),
});

/** 10.8 */
export const unallocatedSpace = struct('UDF unallocated space descriptor', 24, {
  tag: at(0, tag),
  sequence: at(16, u32le),
  count: at(20, u32le),
});

/** 10.10 with UDF 2.2.6's implementation use, for one partition */
export const integrity = struct('UDF logical volume integrity descriptor', 134, {
  tag: at(0, tag),
  recorded: at(16, timestamp),
  type: at(28, u32le), // 1: closed
  next: at(32, extent),
  nextUniqueId: at(40, u64le),
  contentsUse: at(48, reserved(24)),
  partitions: at(72, u32le),
  implementationUseLength: at(76, u32le),
  freeBlocks: at(80, u32le),
  sizeBlocks: at(84, u32le),
  implementation: at(88, entityId),
  files: at(120, u32le),
  directories: at(124, u32le),
  minimumRead: at(128, u16le),
  minimumWrite: at(130, u16le),
  maximumWrite: at(132, u16le),
});

/** 14.1 */
export const fileSet = struct('UDF file set descriptor', 512, {
  tag: at(0, tag),
  recorded: at(16, timestamp),
  interchange: at(28, array(u16le, 2)),
  characterSets: at(32, array(u32le, 2)),
  number: at(40, u32le),
  descriptorNumber: at(44, u32le),
  volumeCharset: at(48, charspec),
  logicalVolumeId: at(112, bytes(128)),
  fileSetCharset: at(240, charspec),
  fileSetId: at(304, bytes(32)),
  copyright: at(336, bytes(32)),
  abstract: at(368, bytes(32)),
  root: at(400, longAd),
  domain: at(416, entityId),
  next: at(448, longAd),
  reserved: at(464, reserved(48)),
});

/** 14.4, up to implementation use and name */
export const fileIdentifier = struct('UDF file identifier', 38, {
  tag: at(0, tag),
  version: at(16, u16le), // 1
  characteristics: at(18, u8),
  nameLength: at(19, u8),
  icb: at(20, longAd),
  implementationUseLength: at(36, u16le),
});

/** 14.6 */
export const icbTag = struct('UDF ICB tag', 20, {
  priorEntries: at(0, u32le),
  strategy: at(4, u16le), // 4
  parameter: at(6, bytes(2)),
  maximumEntries: at(8, u16le),
  reserved: at(10, u8),
  fileType: at(11, u8),
  parentBlock: at(12, u32le),
  parentPartition: at(16, u16le),
  flags: at(18, u16le), // bits 0..2: 0 short_ad, 1 long_ad, 3 data inside
});

/** 14.9, up to extended attributes and allocation descriptors */
export const fileEntry = struct('UDF file entry', 176, {
  tag: at(0, tag),
  icb: at(16, icbTag),
  uid: at(36, u32le),
  gid: at(40, u32le),
  permissions: at(44, u32le),
  links: at(48, u16le),
  recordFormat: at(50, u8),
  recordAttributes: at(51, u8),
  recordLength: at(52, u32le),
  size: at(56, size64le),
  blocks: at(64, size64le),
  accessed: at(72, timestamp),
  modified: at(84, timestamp),
  attributesChanged: at(96, timestamp),
  checkpoint: at(108, u32le),
  attributeIcb: at(112, longAd),
  implementation: at(128, entityId),
  uniqueId: at(160, u64le),
  attributesLength: at(168, u32le),
  allocationLength: at(172, u32le),
});

/** 14.17 of the 3rd edition (UDF 2.00 and later): only what is read */
export const extendedFileEntry = struct('UDF extended file entry', 216, {
  tag: at(0, tag),
  icb: at(16, icbTag),
  owner: at(36, bytes(20)),
  size: at(56, size64le),
  objectSize: at(64, size64le),
  blocks: at(72, size64le),
  accessed: at(80, timestamp),
  modified: at(92, timestamp),
  created: at(104, timestamp),
  attributesChanged: at(116, timestamp),
  checkpoint: at(128, u32le),
  reserved: at(132, bytes(4)),
  attributeIcb: at(136, longAd),
  streamIcb: at(152, longAd),
  implementation: at(168, entityId),
  uniqueId: at(200, u64le),
  attributesLength: at(208, u32le),
  allocationLength: at(212, u32le),
});

/** 14.5: goes on where a chain of allocation descriptors does not fit one block */
export const allocationExtent = struct('UDF allocation extent descriptor', 24, {
  tag: at(0, tag),
  previous: at(16, u32le),
  length: at(20, u32le),
});
