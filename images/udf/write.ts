/** A UDF 1.02 file system over placed files: everything but the files' data. */
import { coreCode, InternalError } from '../../src/core/index.ts';
import { unitsFor, type Instant } from '../bytes/index.ts';
import { equalPieces, groupPieces, readyPiece, type LazyPiece } from '../iso9660/index.ts';
import type { DirectoryNode, FileNode, Placement, TreeNode } from '../tree/index.ts';
import { emptyTag, nowhere, osdkit, seal, udfTime } from './descriptor.ts';
import {
  ANCHOR_BLOCK,
  characteristic,
  fileType,
  INTEGRITY_BLOCK,
  MAIN_VDS,
  MAX_EXTENT,
  RESERVE_VDS,
  shortAd,
  tag,
  tagId,
  UDF_BLOCK,
} from './layout.ts';
import { fileEntry, fileIdentifier } from './layout-file.ts';
import { extentsFor, FIRST_ENTRY, identifierLength } from './plan.ts';
import { encodeName } from './strings.ts';
import type { UdfDirectory, UdfLayout, UdfWriteOptions } from './types.ts';
import { descriptorSequence } from './write-sequence.ts';
import { anchorBlock, fileSetSequence, integritySequence, recognitionSequence } from './write-volume.ts';

/** Not movable, archive, contiguous; allocation by short descriptors (ECMA-167 4/14.6.8). */
const icbFlags = 0x0230;
/** Read and, for folders, execute for all (ECMA-167 4/14.9.5), as genisoimage writes them. */
const permissions = { directory: 0x14a5, file: 0x1084 };

/**
 * Recognition sequence, both descriptor sequences, integrity, anchors, file set, a file entry for every node, directories.
 * Every file with data must be in `placement`, on a multiple of 2048 bytes inside the partition (InternalError otherwise,
 * when the piece is made).
 */
export function writeUdf(layout: UdfLayout, placement: Placement, options: UdfWriteOptions): LazyPiece[] {
  const start = layout.partitionStart;
  const directories = layout.directories.map((directory) => ({
    offset: (start + directory.lbn) * UDF_BLOCK,
    size: unitsFor(directory.size, UDF_BLOCK) * UDF_BLOCK,
    directory,
  }));
  return [
    readyPiece(options.recognitionBlock * UDF_BLOCK, recognitionSequence()),
    readyPiece(MAIN_VDS * UDF_BLOCK, descriptorSequence(layout, options, MAIN_VDS)),
    readyPiece(RESERVE_VDS * UDF_BLOCK, descriptorSequence(layout, options, RESERVE_VDS)),
    readyPiece(INTEGRITY_BLOCK * UDF_BLOCK, integritySequence(layout, options)),
    readyPiece(ANCHOR_BLOCK * UDF_BLOCK, anchorBlock(ANCHOR_BLOCK)),
    readyPiece(start * UDF_BLOCK, fileSetSequence(options)),
    ...equalPieces((start + FIRST_ENTRY) * UDF_BLOCK, UDF_BLOCK, layout.nodes.length, (target, index) =>
      fillEntry(target, layout, placement, index, options.time),
    ),
    ...groupPieces(directories, (target, { directory }) => fillDirectory(target, layout, directory)),
    ...options.anchors.map((location) => readyPiece(location * UDF_BLOCK, anchorBlock(location))),
  ];
}

/** The root has unique id 0, everything else its own from 16 on (UDF 3.2.1.1). */
function uniqueId(index: number): number {
  return index === 0 ? 0 : 15 + index;
}

function fillEntry(target: Uint8Array, layout: UdfLayout, placement: Placement, index: number, time: Instant): void {
  const node = layout.nodes[index] as TreeNode;
  const stamp = udfTime(time);
  const extents = node.kind === 'directory' ? directoryExtents(layout, node) : fileExtents(layout, placement, node);
  const size = extents.reduce((sum, { length }) => sum + length, 0);
  fileEntry.encodeInto(target, 0, {
    tag: emptyTag,
    icb: {
      priorEntries: 0,
      strategy: 4,
      parameter: 0,
      maximumEntries: 1,
      reserved: 0,
      fileType: node.kind === 'directory' ? fileType.directory : fileType.regular,
      parentBlock: 0,
      parentPartition: 0,
      flags: icbFlags,
    },
    uid: 0xffff_ffff,
    gid: 0xffff_ffff,
    permissions: permissions[node.kind],
    links: node.kind === 'directory' ? Math.min(0xffff, 1 + subfolders(node)) : 1,
    recordFormat: 0,
    recordAttributes: 0,
    recordLength: 0,
    size,
    blocks: unitsFor(size, UDF_BLOCK),
    accessed: stamp,
    modified: stamp,
    attributesChanged: stamp,
    checkpoint: 1,
    attributeIcb: nowhere,
    implementation: osdkit,
    uniqueId: BigInt(uniqueId(index)),
    attributesLength: 0,
    allocationLength: extents.length * shortAd.size,
  });
  for (const [i, ad] of extents.entries()) shortAd.encodeInto(target, fileEntry.size + i * shortAd.size, ad);
  seal(target, tagId.fileEntry, FIRST_ENTRY + index, fileEntry.size - tag.size + extents.length * shortAd.size);
}

interface ShortExtent {
  readonly length: number;
  readonly block: number;
}

const subfolders = (node: DirectoryNode): number => node.children.filter(({ kind }) => kind === 'directory').length;

function directoryExtents(layout: UdfLayout, node: DirectoryNode): ShortExtent[] {
  const directory = layout.directoryOf.get(node) as UdfDirectory;
  return [{ length: directory.size, block: directory.lbn }];
}

function fileExtents(layout: UdfLayout, placement: Placement, file: FileNode): ShortExtent[] {
  const { size } = file.content;
  if (size === 0) return [];
  const offset = placement.get(file);
  const first = (offset ?? 0) / UDF_BLOCK - layout.partitionStart;
  if (offset === undefined || !Number.isInteger(first) || first < 0) {
    throw new InternalError(coreCode.CORE_UNEXPECTED, `${file.name} has no place on a block of the UDF partition`);
  }
  return Array.from({ length: extentsFor(size) }, (_, i) => ({
    length: Math.min(MAX_EXTENT, size - i * MAX_EXTENT),
    block: first + (i * MAX_EXTENT) / UDF_BLOCK,
  }));
}

/** File identifiers one behind another, the parent's first; they may cross blocks. */
function fillDirectory(target: Uint8Array, layout: UdfLayout, directory: UdfDirectory): void {
  let position = 0;
  const put = (index: number, name: Uint8Array, characteristics: number): void => {
    const length = identifierLength(name.length);
    const bytes = target.subarray(position, position + length);
    fileIdentifier.encodeInto(bytes, 0, {
      tag: emptyTag,
      version: 1,
      characteristics,
      nameLength: name.length,
      icb: { length: UDF_BLOCK, block: FIRST_ENTRY + index, partition: 0, flags: 0, uniqueId: uniqueId(index) },
      implementationUseLength: 0,
    });
    bytes.set(name, fileIdentifier.size);
    seal(bytes, tagId.fileIdentifier, directory.lbn + Math.floor(position / UDF_BLOCK), length - tag.size);
    position += length;
  };
  const parent = layout.directoryOf.get(directory.parent) as UdfDirectory;
  put(parent.index, new Uint8Array(0), characteristic.parent | characteristic.directory);
  let index = directory.index + 1;
  for (const child of directory.node.children) {
    put(index, encodeName(child.name), child.kind === 'directory' ? characteristic.directory : 0);
    index += child.kind === 'directory' ? (layout.directoryOf.get(child) as UdfDirectory).count : 1;
  }
}
