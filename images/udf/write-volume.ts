/** Structures around the descriptor sequences: recognition, integrity, anchors, file set. */
import { encodeLatin1 } from '../bytes/index.ts';
import { block, domain, emptyTag, nowhere, osdkit, ostaUnicode, udfTime } from './descriptor.ts';
import { INTEGRITY_BLOCK, MAIN_VDS, RESERVE_VDS, REVISION, tag, tagId, UDF_BLOCK } from './layout.ts';
import { fileSet } from './layout-file.ts';
import { anchor, integrity } from './layout-volume.ts';
import { FIRST_ENTRY } from './plan.ts';
import { dstring } from './strings.ts';
import type { UdfLayout, UdfWriteOptions } from './types.ts';
import { partitionBlocks } from './write-sequence.ts';

/** Sectors that each volume descriptor sequence has (at least 16: ECMA-167 3/8.4.2.2). */
const sequenceBlocks = 16;

/** BEA01, NSR02, TEA01 in three blocks (ECMA-167 2/9.1). */
export function recognitionSequence(): Uint8Array {
  const bytes = new Uint8Array(3 * UDF_BLOCK);
  for (const [index, id] of ['BEA01', 'NSR02', 'TEA01'].entries()) {
    bytes.set(encodeLatin1(`\0${id}\u0001`), index * UDF_BLOCK);
  }
  return bytes;
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
