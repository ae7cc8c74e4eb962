/** A dentry's streams: which hash is whose (the stream rules of D.5), and walking a tree of dentries. */
import { pathSegments } from '../tree/index.ts';
import { fileAttribute } from './layout.ts';
import { ntfsKey } from './names.ts';
import type { Dentry } from './dentry-types.ts';

const has = (dentry: Dentry, bit: number): boolean => (dentry.attributes & bit) !== 0;

export const isDirectory = (dentry: Dentry): boolean => has(dentry, fileAttribute.directory);
export const isReparsePoint = (dentry: Dentry): boolean => has(dentry, fileAttribute.reparsePoint);
export const isEncrypted = (dentry: Dentry): boolean => has(dentry, fileAttribute.encrypted);

/**
 * SHA-1 of the file's plain data; undefined when it is empty or there is none. A zero hash field gives way to an unnamed
 * stream entry; of a reparse point, the first unnamed stream is the reparse data, the second the plain data.
 */
export function dataHash(dentry: Dentry): string | undefined {
  const unnamed = dentry.streams.filter((stream) => stream.name === '');
  if (isReparsePoint(dentry)) return unnamed[1]?.hash;
  return dentry.hash ?? unnamed[0]?.hash;
}

/** Every hash that a dentry refers to, with repetitions. */
export function hashesOf(dentry: Dentry): string[] {
  const all = [dentry.hash, ...dentry.streams.map((stream) => stream.hash)];
  return all.filter((hash) => hash !== undefined);
}

/** Every dentry with its path (segments joined by `/`; the root's is empty), parents first, in the order of the file. */
export function* walkDentries(root: Dentry, path = ''): Generator<{ path: string; dentry: Dentry }> {
  yield { path, dentry: root };
  for (const child of root.children ?? []) {
    yield* walkDentries(child, path === '' ? child.name : `${path}/${child.name}`);
  }
}

/** The child with this name: the same spelling first, then any case. */
export function childDentry<D extends Pick<Dentry, 'name'>>(children: readonly D[], name: string): D | undefined {
  const key = ntfsKey(name);
  return children.find((child) => child.name === name) ?? children.find((child) => ntfsKey(child.name) === key);
}

/** The dentry at a path; undefined when nothing is there. */
export function findDentry(root: Dentry, path: string): Dentry | undefined {
  let dentry: Dentry | undefined = root;
  for (const segment of pathSegments(path)) {
    if (!dentry) return undefined;
    dentry = childDentry(dentry.children ?? [], segment);
  }
  return dentry;
}
