/** UDF volume descriptors: what stands before the partition. Sections are ECMA-167 part 3's. */
import { array, at, bytes, reserved, struct, u16le, u32le, u64le, type RecordOf } from '../bytes/index.ts';
import { charspec, entityId, extent, longAd, tag, timestamp } from './layout.ts';

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
export type LogicalVolume = RecordOf<typeof logicalVolume>;

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
