/** Lays out file entries and directories of a UDF volume, before files have places. Pure. */
import { LimitError } from '../../src/core/index.ts';
import { alignUp, unitsFor } from '../bytes/index.ts';
import { walkTree, type DirectoryNode, type TreeNode } from '../tree/index.ts';
import { udfCode } from './codes.ts';
import { MAX_EXTENT, PARTITION_START, shortAd, UDF_BLOCK } from './layout.ts';
import { fileEntry, fileIdentifier } from './layout-file.ts';
import { encodeName, nameLength } from './strings.ts';
import type { UdfDirectory, UdfLayout } from './types.ts';

/** Allocation descriptors that fit behind a file entry in one block: 234, or 251 GB. */
const maxExtents = Math.floor((UDF_BLOCK - fileEntry.size) / shortAd.size);
/** lbn 0 is the file set descriptor, 1 its terminator. */
export const FIRST_ENTRY = 2;

/**
 * Places a file entry for every node and one extent of file identifiers for every folder (etfsboot.com reads no other form:
 * boot-standards 4.3b). LimitError for files over 251 GB (`UDF_LIMIT`) and names over 255 bytes (`UDF_NAME_TOO_LONG`).
 */
export function layoutUdf(
  root: DirectoryNode,
  options: { readonly partitionStart: number } = { partitionStart: PARTITION_START },
): UdfLayout {
  const nodes: TreeNode[] = [root];
  const indexes = new Map<DirectoryNode, number>([[root, 0]]);
  for (const { path, node } of walkTree(root)) {
    if (node.kind === 'directory') indexes.set(node, nodes.length);
    nodes.push(node);
    checkNode(node, path);
  }
  const parents = new Map<DirectoryNode, DirectoryNode>([[root, root]]);
  for (const node of indexes.keys()) {
    for (const child of node.children) if (child.kind === 'directory') parents.set(child, node);
  }
  const counts = countNodes(indexes);
  let lbn = FIRST_ENTRY + nodes.length;
  const directories: UdfDirectory[] = [];
  for (const [node, parent] of parents) {
    const size = directorySize(node);
    directories.push({ node, parent, lbn, size, index: indexes.get(node) ?? 0, count: counts.get(node) ?? 1 });
    lbn += unitsFor(size, UDF_BLOCK);
  }
  return {
    root,
    partitionStart: options.partitionStart,
    nodes,
    directories,
    directoryOf: new Map(directories.map((directory) => [directory.node, directory])),
    fileCount: nodes.length - directories.length,
    endBlock: options.partitionStart + lbn,
  };
}

/** How many nodes each folder and what is below it are; the folders are given parents first. */
function countNodes(directories: ReadonlyMap<DirectoryNode, number>): Map<DirectoryNode, number> {
  const counts = new Map<DirectoryNode, number>();
  for (const node of [...directories.keys()].reverse()) {
    let count = 1;
    for (const child of node.children) count += child.kind === 'file' ? 1 : (counts.get(child) ?? 1);
    counts.set(node, count);
  }
  return counts;
}

/** Bytes of a file identifier whose encoded name has `length` bytes; 0 for the parent's entry. */
export function identifierLength(length: number): number {
  return alignUp(fileIdentifier.size + length, 4);
}

/** How many extents a file of `size` bytes takes. */
export function extentsFor(size: number): number {
  return Math.ceil(size / MAX_EXTENT);
}

function directorySize(directory: DirectoryNode): number {
  return directory.children.reduce(
    (size, child) => size + identifierLength(nameLength(child.name)),
    identifierLength(0),
  );
}

function checkNode(node: TreeNode, path: string): void {
  encodeName(node.name);
  if (node.kind === 'file' && extentsFor(node.content.size) > maxExtents) {
    throw new LimitError(
      udfCode.UDF_LIMIT,
      `${path}: ${node.content.size} bytes, a file on a disc image has at most ${maxExtents * MAX_EXTENT}`,
      { details: { path, expected: maxExtents * MAX_EXTENT, actual: node.content.size }, hint: 'Split the file.' },
    );
  }
}
