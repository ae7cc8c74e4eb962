/** The volume descriptor sequence, which a disc has twice (ECMA-167 3/8.4.2). */
import { block, domain, emptyTag, entity, nowhere, osdkit, ostaUnicode, udfTime } from './descriptor.ts';
import { INTEGRITY_BLOCK, tag, tagId, UDF_BLOCK } from './layout.ts';
import { implementationUse, logicalVolume, partition, primaryVolume, unallocatedSpace } from './layout-volume.ts';
import { dstring } from './strings.ts';
import type { UdfLayout, UdfWriteOptions } from './types.ts';

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
