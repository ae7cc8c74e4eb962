/** The names of an image in a WIM, also of one whose data is not all there. */
import { compareNames } from '../../images/tree/index.ts';
import { dataHash, type Dentry, type WimImage } from '../../images/wim/index.ts';

export interface ListedEntry {
  /** Segments joined by `/`. */
  readonly path: string;
  readonly kind: 'file' | 'directory';
  /** Uncompressed bytes; 0 for folders. */
  readonly size: number;
}

export interface MissingFile {
  readonly path: string;
  /** SHA-1 of the data that no blob table lists. */
  readonly sha1: string;
}

export interface WimListing {
  readonly entries: readonly ListedEntry[];
  /** Files whose data, and so their size, is not in the file: the WIM is damaged, or one part of a split set. */
  readonly missing: readonly MissingFile[];
}

const directoryBit = 0x10;

/** Lists an image, parents first; what `image.skipped()` tells to be no plain file is left out. */
export async function listWim(image: WimImage): Promise<WimListing> {
  const table = await image.wim.blobTable();
  const leftOut = new Set(image.skipped().flatMap(({ path, what }) => (what === 'named stream' ? [] : [path])));
  const entries: ListedEntry[] = [];
  const missing: MissingFile[] = [];
  const walk = (folder: Dentry, prefix: string): void => {
    for (const child of [...(folder.children ?? [])].sort((a, b) => compareNames(a.name, b.name))) {
      const path = `${prefix}${child.name}`;
      if (leftOut.has(path)) continue;
      if ((child.attributes & directoryBit) !== 0) {
        entries.push({ path, kind: 'directory', size: 0 });
        walk(child, `${path}/`);
        continue;
      }
      const sha1 = dataHash(child);
      const size = sha1 === undefined ? 0 : table.find(sha1)?.size;
      if (size === undefined) missing.push({ path, sha1: sha1 ?? '' });
      else entries.push({ path, kind: 'file', size });
    }
  };
  walk(image.root, '');
  return { entries, missing };
}
