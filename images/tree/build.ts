/** Making trees: from a list of files, and one laid over another. Children come out sorted, whatever the order of the input. */
import { InputError } from '../../src/core/index.ts';
import type { ByteSource } from '../bytes/index.ts';
import { treeCode } from './codes.ts';
import { compareNames, nameKey, pathSegments } from './names.ts';
import type { DirectoryNode, FileNode, NodeAttributes } from './types.ts';

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
  const root = newFolder('');
  for (const file of files) insert(root, file);
  return finished(root);
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
export function sortNodes<T extends { readonly name: string }>(nodes: readonly T[]): readonly T[] {
  return [...nodes].sort((a, b) => compareNames(a.name, b.name));
}

/** A folder in the making; children by `nameKey`, so that 100,000 files in one folder are no 100,000 searches in it. */
interface NewFolder {
  readonly kind: 'folder';
  readonly name: string;
  readonly children: Map<string, NewFolder | FileNode>;
}

function newFolder(name: string): NewFolder {
  return { kind: 'folder', name, children: new Map() };
}

function insert(root: NewFolder, { path, ...attributes }: NewFile): void {
  const segments = pathSegments(path);
  const name = segments.pop();
  if (name === undefined) throw collision(path, 'the path names no file');
  let folder = root;
  for (const [depth, segment] of segments.entries()) {
    const next = folder.children.get(nameKey(segment)) ?? newFolder(segment);
    if (next.kind === 'file')
      throw collision(segments.slice(0, depth + 1).join('/'), 'one is a file, the other a folder');
    folder.children.set(nameKey(segment), next);
    folder = next;
  }
  const existing = folder.children.get(nameKey(name));
  const place = [...segments, name].join('/');
  if (existing)
    throw collision(place, existing.kind === 'file' ? 'it is given twice' : 'one is a file, the other a folder');
  folder.children.set(nameKey(name), { kind: 'file', name, ...attributes });
}

function finished({ name, children }: NewFolder): DirectoryNode {
  const nodes = [...children.values()].map((child) => (child.kind === 'folder' ? finished(child) : child));
  return { kind: 'directory', name, children: sortNodes(nodes) };
}

function collision(path: string, why: string): InputError {
  return new InputError(treeCode.TREE_NAME_COLLISION, `${path}: ${why}`, { details: { path } });
}
