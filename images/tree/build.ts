/** Making trees: from a list of files, and one laid over another. Children come out sorted, whatever the order of the input. */
import { InputError } from '../../src/core/index.ts';
import type { ByteSource } from '../bytes/index.ts';
import { treeCode } from './codes.ts';
import { compareNames, nameKey, pathSegments } from './names.ts';
import type { DirectoryNode, FileNode, NodeAttributes, TreeNode } from './types.ts';

export interface NewFile extends NodeAttributes {
  /** Segments joined by `/` or `\`. */
  readonly path: string;
  readonly content: ByteSource;
}

/**
 * A tree from a list of files; folders arise by themselves, names that differ only in case share a folder (the first
 * spelling stays). Throws InputError (`TREE_NAME_COLLISION`) when two files have one name.
 */
export function treeFromFiles(files: readonly NewFile[]): DirectoryNode {
  return files.reduce((tree, file) => insert(tree, pathSegments(file.path), file, ''), emptyDirectory(''));
}

/** An empty folder. */
export function emptyDirectory(name: string): DirectoryNode {
  return { kind: 'directory', name, children: [] };
}

/**
 * `top` laid over `base`: folders merge, files of `top` replace those of `base` with the same name (any case; the spelling
 * of `base` stays). Throws InputError (`TREE_NAME_COLLISION`) when one side has a file where the other has a folder.
 */
export function overlayTree(base: DirectoryNode, top: DirectoryNode, path = ''): DirectoryNode {
  const children = new Map(base.children.map((child) => [nameKey(child.name), child]));
  for (const child of top.children) {
    const below = children.get(nameKey(child.name));
    const place = path === '' ? child.name : `${path}/${child.name}`;
    if (!below) children.set(nameKey(child.name), child);
    else if (below.kind !== child.kind) throw collision(place, 'one is a file, the other a folder');
    else if (below.kind === 'directory' && child.kind === 'directory') {
      children.set(nameKey(child.name), overlayTree(below, child, place));
    } else children.set(nameKey(child.name), { ...child, name: below.name });
  }
  return { ...base, children: sortNodes([...children.values()]) };
}

/** Nodes in the order that every writer uses. */
export function sortNodes(nodes: readonly TreeNode[]): readonly TreeNode[] {
  return [...nodes].sort((a, b) => compareNames(a.name, b.name));
}

function insert(directory: DirectoryNode, segments: readonly string[], file: NewFile, path: string): DirectoryNode {
  const [name, ...rest] = segments;
  if (name === undefined) throw collision(path, 'the path names no file');
  const place = path === '' ? name : `${path}/${name}`;
  const existing = directory.children.find((child) => nameKey(child.name) === nameKey(name));
  const others = directory.children.filter((child) => child !== existing);
  if (rest.length === 0) {
    if (existing) throw collision(place, 'it is given twice');
    const { path: _, ...attributes } = file;
    const node: FileNode = { kind: 'file', name, ...attributes };
    return { ...directory, children: sortNodes([...others, node]) };
  }
  if (existing?.kind === 'file') throw collision(place, 'one is a file, the other a folder');
  const below = insert(existing ?? emptyDirectory(name), rest, file, place);
  return { ...directory, children: sortNodes([...others, below]) };
}

function collision(path: string, why: string): InputError {
  return new InputError(treeCode.TREE_NAME_COLLISION, `${path}: ${why}`, { details: { path } });
}
