/** What an image adds up to: the counts of the XML data, and how often it refers to each blob. As wimlib counts. */
import { hashesOf, isDirectory, isReparsePoint, walkDentries } from './dentry.ts';
import type { Dentry } from './dentry-types.ts';

export interface ImageCounts {
  /** Folders, the root among them; links to folders are none (measured: wimlib 1.13.5, a captured link to a folder). */
  readonly dirCount: number;
  /** Names that are no folders. */
  readonly fileCount: number;
  /** Of all streams, hard links counted each time. */
  readonly totalBytes: number;
  /** Of that, what hard links count again. */
  readonly hardLinkBytes: number;
}

/** Counts an image; `sizeOf` gives the bytes of a blob, 0 for an unknown one. */
export function countImage(root: Dentry, sizeOf: (hash: string) => number): ImageCounts {
  let [dirCount, fileCount, totalBytes, hardLinkBytes] = [0, 0, 0, 0];
  const groups = new Set<bigint>();
  for (const { dentry } of walkDentries(root)) {
    const size = hashesOf(dentry).reduce((sum, hash) => sum + sizeOf(hash), 0);
    if (isDirectory(dentry) && !isReparsePoint(dentry)) dirCount++;
    else fileCount++;
    totalBytes += size;
    if (dentry.hardLinkGroup === 0n) continue;
    if (groups.has(dentry.hardLinkGroup)) hardLinkBytes += size;
    groups.add(dentry.hardLinkGroup);
  }
  return { dirCount, fileCount, totalBytes, hardLinkBytes };
}

/** How often each hash is referred to by the names of an image. */
export function countReferences(root: Dentry): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { dentry } of walkDentries(root)) {
    for (const hash of hashesOf(dentry)) counts.set(hash, (counts.get(hash) ?? 0) + 1);
  }
  return counts;
}
