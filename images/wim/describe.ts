/** Everything that the metadata of an image says about every name in it: what `tree()` has no place for, too. */
import { readAll } from '../bytes/index.ts';
import { dataHash, isDirectory, isReparsePoint, walkDentries } from './dentry.ts';
import type { Dentry } from './dentry-types.ts';
import { noSecurity } from './layout.ts';
import { linkTarget, type LinkTarget } from './reparse.ts';
import { taggedItems } from './tagged-items.ts';
import type { BlobTable, WimImage } from './types.ts';

/** Reparse data is at most 16 KiB on NTFS. */
const largestReparseData = 16 * 1024;

export interface DescribedEntry {
  /** Segments joined by `/`; empty for the root. */
  readonly path: string;
  readonly dentry: Dentry;
  readonly kind: 'directory' | 'file' | 'link';
  /** Bytes of the unnamed data; undefined when the WIM does not hold it. */
  readonly size: number | undefined;
  /** SHA-1 of the unnamed data; undefined when it is empty. */
  readonly hash: string | undefined;
  /** Named streams. */
  readonly streams: readonly { readonly name: string; readonly size: number | undefined }[];
  /** Undefined for what is no reparse point. `target`: of symbolic links and junctions whose data is here. */
  readonly reparse: { readonly tag: number; readonly target: LinkTarget | undefined } | undefined;
  /** Names in this image that are this very file; 1 unless hard-linked. */
  readonly links: number;
  /** Index of the security descriptor in the image; undefined when it has none. */
  readonly security: number | undefined;
  /** `extended attributes`, ... or the tag in hexadecimal. */
  readonly items: readonly string[];
}

/** Describes an image, parents first. Reads the data of links alone. Throws what reading it throws. */
export async function* describeImage(image: WimImage): AsyncGenerator<DescribedEntry> {
  const table = await image.wim.blobTable();
  const links = new Map<bigint, number>();
  for (const { dentry } of walkDentries(image.root)) {
    if (dentry.hardLinkGroup !== 0n) links.set(dentry.hardLinkGroup, (links.get(dentry.hardLinkGroup) ?? 0) + 1);
  }
  const sizeOf = (hash: string | undefined): number | undefined => (hash === undefined ? 0 : table.find(hash)?.size);
  for (const { path, dentry } of walkDentries(image.root)) {
    const hash = dataHash(dentry);
    const named = dentry.streams.filter((stream) => stream.name !== '');
    yield {
      path,
      dentry,
      kind: isReparsePoint(dentry) ? 'link' : isDirectory(dentry) ? 'directory' : 'file',
      size: sizeOf(hash),
      hash,
      streams: named.map(({ name, hash: streamHash }) => ({ name, size: sizeOf(streamHash) })),
      reparse: dentry.reparse && { tag: dentry.reparse.tag, target: await targetOf(image, table, dentry) },
      links: dentry.hardLinkGroup === 0n ? 1 : (links.get(dentry.hardLinkGroup) ?? 1),
      security: dentry.securityId === noSecurity ? undefined : dentry.securityId,
      items: taggedItems(dentry.taggedItems).map(({ tag, name }) => name ?? `0x${tag.toString(16)}`),
    };
  }
}

/** SHA-1 of the data of a reparse point: the hash field, or the first unnamed stream (D.5). */
export function reparseHash(dentry: Dentry): string | undefined {
  return dentry.hash ?? dentry.streams.find((stream) => stream.name === '')?.hash;
}

async function targetOf(image: WimImage, table: BlobTable, dentry: Dentry): Promise<LinkTarget | undefined> {
  const hash = reparseHash(dentry);
  const blob = hash === undefined ? undefined : table.find(hash);
  if (!dentry.reparse || !blob || blob.size > largestReparseData) return undefined;
  return linkTarget(dentry.reparse.tag, await readAll(image.wim.blob(blob)));
}
