/** Volume structures of a UDF disc: recognition, descriptor sequences, integrity, anchors, file set. */
import { calendarTime, crc16, encodeLatin1, type Instant } from '../bytes/index.ts';
import {
  anchor,
  fileSet,
  implementationUse,
  integrity,
  INTEGRITY_BLOCK,
  logicalVolume,
  MAIN_VDS,
  partition,
  primaryVolume,
  RESERVE_VDS,
  REVISION,
  tag,
  tagId,
  UDF_BLOCK,
  unallocatedSpace,
  type EntityId,
  type Tag,
  type Timestamp,
} from './layout.ts';
import { FIRST_ENTRY } from './plan.ts';
import { dstring } from './strings.ts';
import type { UdfLayout, UdfWriteOptions } from './types.ts';

/** Sectors that each volume descriptor sequence has (at least 16: ECMA-167 3/8.4.2.2). */
const sequenceBlocks = 16;
const ostaUnicode = { type: 0, info: 'OSTA Compressed Unicode' };
/** Bytes behind the tag of a descriptor that fills its 512 bytes. */
const fullCrc = 496;
export const emptyTag: Tag = {
  id: 0,
  version: 2,
  checksum: 0,
  reserved: 0,
  serial: 0,
  crc: 0,
  crcLength: 0,
  location: 0,
};
export const nowhere = { length: 0, block: 0, partition: 0, flags: 0, uniqueId: 0 };

/** Puts the tag before a descriptor whose body is in place: CRC over `crcLength` bytes behind it, then the checksum. */
export function seal(target: Uint8Array, id: number, location: number, crcLength: number): void {
  const crc = crc16(target.subarray(tag.size, tag.size + crcLength));
  tag.encodeInto(target, 0, { ...emptyTag, id, crc, crcLength, location });
  let checksum = 0;
  for (let i = 0; i < tag.size; i++) checksum += target[i] as number;
  target[4] = checksum & 0xff;
}

/** 0x1000: "local time" with offset 0, which is UTC. */
export function udfTime(time: Instant): Timestamp {
  const rest = { centiseconds: 0, hundredsOfMicroseconds: 0, microseconds: 0 };
  return { typeAndZone: 0x1000, ...calendarTime(time), ...rest };
}

export function entity(identifier: string, suffix: readonly number[] = [], flags = 0): EntityId {
  const bytes = new Uint8Array(8);
  bytes.set(suffix);
  return { flags, identifier, suffix: bytes };
}

export const osdkit = entity('*osdkit');
// UDF 2.1.5.3: revision 1.02, domain flags hard and soft write protect.
const domain = entity('*OSTA UDF Compliant', [0x02, 0x01, 0x03]);

function block(fill: (bytes: Uint8Array) => void, id: number, location: number, crcLength = fullCrc): Uint8Array {
  const bytes = new Uint8Array(UDF_BLOCK);
  fill(bytes);
  seal(bytes, id, location, crcLength);
  return bytes;
}

/** BEA01, NSR02, TEA01 in three blocks (ECMA-167 2/9.1). */
export function recognitionSequence(): Uint8Array {
  const bytes = new Uint8Array(3 * UDF_BLOCK);
  for (const [index, id] of ['BEA01', 'NSR02', 'TEA01'].entries()) {
    bytes.set(encodeLatin1(`\0${id}\u0001`), index * UDF_BLOCK);
  }
  return bytes;
}

/** Blocks of the partition: up to the anchor at N-257. */
export function partitionBlocks(layout: UdfLayout, options: UdfWriteOptions): number {
  return options.volumeBlocks - 257 - layout.partitionStart;
}

/** Six descriptors from block `start`: primary, implementation use, partition, logical volume, unallocated space, end. */
export function descriptorSequence(layout: UdfLayout, options: UdfWriteOptions, start: number): Uint8Array {
  const { label, setId } = options;
  const filled: readonly [number, (bytes: Uint8Array) => void, number?][] = [
    [
      tagId.primaryVolume,
      (bytes) =>
        primaryVolume.encodeInto(bytes, 0, {
          tag: emptyTag,
          sequence: 1,
          number: 0,
          volumeId: dstring(label, 32),
          volumeSequence: [1, 1],
          interchange: [2, 2],
          characterSets: [1, 1],
          setId: dstring(`${setId}osdkit`, 128),
          descriptorCharset: ostaUnicode,
          explanatoryCharset: ostaUnicode,
          abstract: { length: 0, location: 0 },
          copyright: { length: 0, location: 0 },
          application: entity(''),
          recorded: udfTime(options.time),
          implementation: osdkit,
          implementationUse: new Uint8Array(64),
          predecessor: 0,
          flags: 0,
          reserved: null,
        }),
    ],
    [
      tagId.implementationUse,
      (bytes) =>
        implementationUse.encodeInto(bytes, 0, {
          tag: emptyTag,
          sequence: 2,
          id: entity('*UDF LV Info', [0x02, 0x01]),
          charset: ostaUnicode,
          logicalVolumeId: dstring(label, 128),
          info: new Uint8Array(108),
          implementation: osdkit,
          implementationUse: new Uint8Array(128),
        }),
    ],
    [
      tagId.partition,
      (bytes) =>
        partition.encodeInto(bytes, 0, {
          tag: emptyTag,
          sequence: 3,
          flags: 1,
          number: 0,
          contents: entity('+NSR02', [], 2),
          contentsUse: new Uint8Array(128),
          access: 1,
          start: layout.partitionStart,
          length: partitionBlocks(layout, options),
          implementation: osdkit,
          implementationUse: new Uint8Array(128),
          reserved: null,
        }),
    ],
    [tagId.logicalVolume, (bytes) => putLogicalVolume(bytes, label), logicalVolume.size + 6 - tag.size],
    [
      tagId.unallocatedSpace,
      (bytes) => unallocatedSpace.encodeInto(bytes, 0, { tag: emptyTag, sequence: 5, count: 0 }),
      unallocatedSpace.size - tag.size,
    ],
    [tagId.terminating, () => undefined],
  ];
  const bytes = new Uint8Array(filled.length * UDF_BLOCK);
  for (const [index, [id, fill, crcLength]] of filled.entries()) {
    bytes.set(block(fill, id, start + index, crcLength), index * UDF_BLOCK);
  }
  return bytes;
}

function putLogicalVolume(bytes: Uint8Array, label: string): void {
  logicalVolume.encodeInto(bytes, 0, {
    tag: emptyTag,
    sequence: 4,
    charset: ostaUnicode,
    logicalVolumeId: dstring(label, 128),
    blockSize: UDF_BLOCK,
    domain,
    fileSet: { ...nowhere, length: 2 * UDF_BLOCK },
    mapTableLength: 6,
    mapCount: 1,
    implementation: osdkit,
    implementationUse: new Uint8Array(128),
    integrity: { length: UDF_BLOCK, location: INTEGRITY_BLOCK },
  });
  // One map of type 1: length 6, volume sequence 1, partition 0 (ECMA-167 3/10.7.2). EDK2 wants exactly this.
  bytes.set([1, 6, 1, 0, 0, 0], logicalVolume.size);
}

/** The integrity descriptor, closed, and its terminator. */
export function integritySequence(layout: UdfLayout, options: UdfWriteOptions): Uint8Array {
  const bytes = new Uint8Array(2 * UDF_BLOCK);
  const fill = (target: Uint8Array): void =>
    integrity.encodeInto(target, 0, {
      tag: emptyTag,
      recorded: udfTime(options.time),
      type: 1,
      next: { length: 0, location: 0 },
      nextUniqueId: BigInt(16 + layout.nodes.length),
      contentsUse: null,
      partitions: 1,
      implementationUseLength: 46,
      freeBlocks: 0,
      sizeBlocks: partitionBlocks(layout, options),
      implementation: osdkit,
      files: layout.fileCount,
      directories: layout.directories.length,
      minimumRead: REVISION,
      minimumWrite: REVISION,
      maximumWrite: REVISION,
    });
  bytes.set(block(fill, tagId.integrity, INTEGRITY_BLOCK, integrity.size - tag.size));
  bytes.set(
    block(() => undefined, tagId.terminating, INTEGRITY_BLOCK + 1),
    UDF_BLOCK,
  );
  return bytes;
}

/** The anchor for block `location`: where both descriptor sequences are. */
export function anchorBlock(location: number): Uint8Array {
  const length = sequenceBlocks * UDF_BLOCK;
  const fill = (bytes: Uint8Array): void =>
    anchor.encodeInto(bytes, 0, {
      tag: emptyTag,
      main: { length, location: MAIN_VDS },
      reserve: { length, location: RESERVE_VDS },
      reserved: null,
    });
  return block(fill, tagId.anchor, location);
}

/** The file set descriptor (lbn 0) and its terminator (lbn 1). */
export function fileSetSequence(options: UdfWriteOptions): Uint8Array {
  const bytes = new Uint8Array(2 * UDF_BLOCK);
  const fill = (target: Uint8Array): void =>
    fileSet.encodeInto(target, 0, {
      tag: emptyTag,
      recorded: udfTime(options.time),
      interchange: [3, 3],
      characterSets: [1, 1],
      number: 0,
      descriptorNumber: 0,
      volumeCharset: ostaUnicode,
      logicalVolumeId: dstring(options.label, 128),
      fileSetCharset: ostaUnicode,
      fileSetId: dstring(options.label, 32),
      copyright: new Uint8Array(32),
      abstract: new Uint8Array(32),
      root: { ...nowhere, length: UDF_BLOCK, block: FIRST_ENTRY },
      domain,
      next: nowhere,
      reserved: null,
    });
  bytes.set(block(fill, tagId.fileSet, 0));
  bytes.set(
    block(() => undefined, tagId.terminating, 1),
    UDF_BLOCK,
  );
  return bytes;
}
