/**
 * Reference counts after a change of some images. Counts in Microsoft's files may be too low [W], so the change is added to
 * what stands there, and a blob goes only when no image at all refers to it any more.
 */
import { countReferences } from './statistics.ts';
import type { Dentry } from './dentry-types.ts';
import type { Blob, BlobTable, Wim } from './types.ts';

export interface ChangedImage {
  readonly index: number;
  readonly before: Dentry;
  readonly after: Dentry;
}

export interface ReferenceChanges {
  /** New counts of the blobs whose count changes. */
  readonly counts: ReadonlyMap<string, number>;
  /** Blobs that nothing refers to any more. */
  readonly dropped: readonly Blob[];
  /** References to data that the file does not have yet. */
  readonly missing: ReadonlyMap<string, number>;
}

/** What the changes do to the counts of the table. Reads other images only when a blob may have become unused. */
export async function referenceChanges(
  wim: Wim,
  table: BlobTable,
  changed: readonly ChangedImage[],
): Promise<ReferenceChanges> {
  const before = sum(changed.map((image) => countReferences(image.before)));
  const after = sum(changed.map((image) => countReferences(image.after)));
  const counts = new Map<string, number>();
  const missing = new Map<string, number>();
  const unused = new Set<string>();
  for (const hash of new Set([...before.keys(), ...after.keys()])) {
    const [old, now] = [before.get(hash) ?? 0, after.get(hash) ?? 0];
    const blob = table.find(hash);
    if (!blob) {
      if (now > 0) missing.set(hash, now);
    } else if (now !== old) {
      const count = Math.max(blob.referenceCount + now - old, now);
      if (count > 0) counts.set(hash, count);
      else unused.add(hash);
    }
  }
  for (const [hash, count] of await countElsewhere(wim, changed, unused)) {
    counts.set(hash, count);
    unused.delete(hash);
  }
  return { counts, missing, dropped: table.blobs.filter((blob) => unused.has(blob.hash)) };
}

async function countElsewhere(
  wim: Wim,
  changed: readonly ChangedImage[],
  hashes: ReadonlySet<string>,
): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  if (hashes.size === 0) return found;
  for (let index = 1; index <= wim.imageCount; index++) {
    if (changed.some((image) => image.index === index)) continue;
    const { root } = await wim.image(index);
    for (const [hash, count] of countReferences(root)) {
      if (hashes.has(hash)) found.set(hash, (found.get(hash) ?? 0) + count);
    }
  }
  return found;
}

function sum(counts: readonly ReadonlyMap<string, number>[]): Map<string, number> {
  const total = new Map<string, number>();
  for (const map of counts) for (const [hash, count] of map) total.set(hash, (total.get(hash) ?? 0) + count);
  return total;
}
