/** Lays out path tables and directories, before files have places. Pure. */
import { alignUp, unitsFor } from '../bytes/index.ts';
import type { DirectoryNode } from '../tree/index.ts';
import { LimitError } from '../../src/core/index.ts';
import { isoCode } from './codes.ts';
import { MAX_EXTENT, SECTOR } from './layout.ts';
import { compareIsoNames, compareUnits, isoNames, jolietName } from './names.ts';
import type { IsoDirectory, IsoEntry, IsoLayout, IsoTree } from './types.ts';

/** The parent's number in a path table is 16 bits wide (ECMA-119 9.4). */
const maxDirectories = 0xffff;

/** Bytes of a directory record for a name of `length` bytes; always even. */
export function recordLength(length: number): number {
  return alignUp(33 + length, 2);
}

/** Records of a file: one per extent, and one for an empty file. */
export function extentCount(size: number): number {
  return Math.max(1, Math.ceil(size / MAX_EXTENT));
}

/** Bytes of a name in a directory: Latin letters, or UCS-2 in Joliet. */
export function nameBytes(tree: { readonly joliet: boolean }, name: string): number {
  return tree.joliet ? name.length * 2 : name.length;
}

/**
 * Places path tables and directories from `firstBlock` on. File sizes are needed, places not yet. Folders may be nested
 * deeper than the 8 levels of ECMA-119 6.8.2.1 (no reader keeps to them). LimitError for more than 65,535 folders
 * (`ISO_LIMIT`) and, with Joliet, for names over 103 characters (`ISO_NAME_TOO_LONG`).
 */
export function layoutIso(
  root: DirectoryNode,
  options: { readonly firstBlock: number; readonly joliet: boolean },
): IsoLayout {
  const primary = layoutTree(root, options.firstBlock, false);
  const joliet = options.joliet ? layoutTree(root, primary.end, true) : undefined;
  return {
    primary: primary.tree,
    joliet: joliet?.tree,
    firstBlock: options.firstBlock,
    endBlock: joliet?.end ?? primary.end,
  };
}

function layoutTree(root: DirectoryNode, firstBlock: number, joliet: boolean): { tree: IsoTree; end: number } {
  const found = collect(root, joliet);
  const indexOf = new Map(found.map((directory, index) => [directory.node, index]));
  let pathTableSize = 0;
  for (const [index, { name }] of found.entries()) {
    pathTableSize += alignUp(8 + (index === 0 ? 1 : nameBytes({ joliet }, name)), 2);
  }
  const tableBlocks = unitsFor(pathTableSize, SECTOR);
  let block = firstBlock + 2 * tableBlocks;
  const directories: IsoDirectory[] = found.map((directory) => {
    const placed = { ...directory, block };
    block += directory.size / SECTOR;
    return placed;
  });
  const tree = {
    joliet,
    directories,
    indexOf,
    pathTableSize,
    pathTableL: firstBlock,
    pathTableM: firstBlock + tableBlocks,
  };
  return { tree, end: block };
}

/** All folders, level by level, each level in the order of parents and names: the order of path tables. */
function collect(root: DirectoryNode, joliet: boolean): Omit<IsoDirectory, 'block'>[] {
  const found = [{ node: root, name: '', parent: 0, size: 0 }];
  for (let index = 0; index < found.length; index++) {
    const directory = found[index] as (typeof found)[number];
    const entries = entriesOf(directory.node, joliet);
    directory.size = directorySize(entries, joliet);
    for (const { node, name } of entries) {
      if (node.kind === 'directory') found.push({ node, name, parent: index, size: 0 });
    }
    if (found.length > maxDirectories) {
      throw new LimitError(isoCode.ISO_LIMIT, `more than ${maxDirectories} folders: ISO 9660 cannot number them`, {
        details: { expected: maxDirectories },
        hint: 'Use fewer folders.',
      });
    }
  }
  return found;
}

/** The entries of a folder in their order: the same each time, so that those of 100,000 files never lie in memory together. */
export function entriesOf(directory: DirectoryNode, joliet: boolean): IsoEntry[] {
  if (joliet) {
    const entries = directory.children.map((node) => ({ node, name: jolietName(node.name) }));
    return entries.sort((a, b) => compareUnits(a.name, b.name));
  }
  const names = isoNames(directory.children);
  const entries = directory.children.map((node) => ({ node, name: names.get(node) ?? '' }));
  return entries.sort((a, b) => compareIsoNames(a.name, b.name));
}

/** Records never cross a sector (ECMA-119 6.8.1.1); `.` and `..` take 34 bytes each. */
function directorySize(entries: readonly IsoEntry[], joliet: boolean): number {
  let position = 2 * recordLength(1);
  for (const { node, name } of entries) {
    const length = recordLength(nameBytes({ joliet }, name));
    for (let n = node.kind === 'file' ? extentCount(node.content.size) : 1; n > 0; n--) {
      position = placeRecord(position, length) + length;
    }
  }
  return alignUp(position, SECTOR);
}

/** Where a record of `length` bytes goes when the directory is filled up to `position`. */
export function placeRecord(position: number, length: number): number {
  const inSector = position % SECTOR;
  return inSector + length > SECTOR ? position + SECTOR - inSector : position;
}
