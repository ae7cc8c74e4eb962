/** UDF structures inside the partition: file set, file identifiers, file entries. Sections are ECMA-167 part 4's. */
import { array, at, bytes, reserved, size64le, struct, u16le, u32le, u64le, u8 } from '../bytes/index.ts';
import { charspec, entityId, longAd, tag, timestamp } from './layout.ts';

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
  parameter: at(6, u16le),
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
