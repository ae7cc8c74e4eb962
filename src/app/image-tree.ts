/** `image tree`: every name of an image with all that the metadata says about it. */
import * as z from 'zod';
import { fromFileTime } from '../../images/bytes/index.ts';
import { describeImage, type DescribedEntry } from '../../images/wim/index.ts';
import { openWholeWim } from './image-parts.ts';
import { chooseImage } from './open-wim.ts';
import { useCase } from './use-case.ts';

export interface TreeLine {
  /** Segments joined by `/`; empty for the root. */
  readonly path: string;
  readonly kind: 'directory' | 'file' | 'link';
  /** Bytes of the unnamed data; null when the WIM does not hold it. */
  readonly size: number | null;
  readonly sha1: string | null;
  /** Windows attribute bits. */
  readonly attributes: number;
  readonly shortName: string;
  /** UTC, ISO 8601; null for a time of zero. */
  readonly created: string | null;
  readonly modified: string | null;
  readonly accessed: string | null;
  readonly links: number;
  /** Index of the security descriptor, null for none. */
  readonly security: number | null;
  readonly streams: readonly { readonly name: string; readonly size: number | null }[];
  readonly reparseTag: number | null;
  /** Of symbolic links and junctions. */
  readonly target: string | null;
  /** Further data in the metadata: extended attributes, object id, ... */
  readonly items: readonly string[];
}

export interface ImageTree {
  readonly file: string;
  readonly index: number;
  readonly entries: readonly TreeLine[];
}

export const imageTree = useCase({
  name: 'image tree',
  summary: 'show every name of an image with attributes, streams, links and times',
  effect: 'read',
  input: z.strictObject({
    file: z.string(),
    index: z.int().positive().optional(),
    path: z.string().optional(),
  }),
  async run({ file, index, path = '' }): Promise<ImageTree> {
    await using opened = await openWholeWim([file]);
    const image = await chooseImage(opened.wim, file, index);
    const entries: TreeLine[] = [];
    const below = path
      .replaceAll('\\', '/')
      .replace(/^\/+|\/+$/g, '')
      .toLowerCase();
    for await (const entry of describeImage(image)) {
      const place = entry.path.toLowerCase();
      if (below === '' || place === below || place.startsWith(`${below}/`)) entries.push(lineOf(entry));
    }
    return { file, index: image.index, entries };
  },
});

function lineOf({
  path,
  dentry,
  kind,
  size,
  hash,
  streams,
  reparse,
  links,
  security,
  items,
}: DescribedEntry): TreeLine {
  return {
    path,
    kind,
    size: size ?? null,
    sha1: hash ?? null,
    attributes: dentry.attributes,
    shortName: dentry.shortName,
    created: timeOf(dentry.created),
    modified: timeOf(dentry.modified),
    accessed: timeOf(dentry.accessed),
    links,
    security: security ?? null,
    streams: streams.map((stream) => ({ name: stream.name, size: stream.size ?? null })),
    reparseTag: reparse?.tag ?? null,
    target: reparse?.target?.target ?? null,
    items,
  };
}

function timeOf(ticks: bigint): string | null {
  const milliseconds = ticks === 0n ? Number.NaN : fromFileTime(ticks);
  // A Date holds up to the year 275760, a FILETIME more.
  return Math.abs(milliseconds) <= 8.64e15 ? new Date(milliseconds).toISOString() : null;
}
