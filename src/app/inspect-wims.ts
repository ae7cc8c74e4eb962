/** The WIMs inside a disc image, read where they lie: header and XML data, which tell the images; no metadata, no data. */
import { filesOf, type DirectoryNode, type FileEntry } from '../../images/tree/index.ts';
import { openWim, type WimImageInfo } from '../../images/wim/index.ts';
import { FormatError } from '../core/index.ts';
import { isWim } from './open-image.ts';

/** Names that WIMs have; an image file of others may hold 100,000 files, which are not opened one by one. */
const wimNames = /\.(wim|esd|swm)$/i;
/** Windows media hold two, media for several editions a few more. */
const mostWims = 100;

interface Found {
  readonly path: string;
  readonly size: number;
}

export interface InspectedWim extends Found {
  readonly compression: string;
  readonly solid: boolean;
  readonly bootIndex: number;
  readonly part: { readonly number: number; readonly of: number };
  readonly images: readonly WimImageInfo[];
}

export interface UnreadWim extends Found {
  readonly code: string;
  readonly message: string;
}

/** WIMs in the order of their paths. What cannot be read is in `unread`; a file that is no WIM in spite of its name is in neither. */
export async function inspectWims(root: DirectoryNode): Promise<{ wims: InspectedWim[]; unread: UnreadWim[] }> {
  const wims: InspectedWim[] = [];
  const unread: UnreadWim[] = [];
  const named = filesOf(root).filter(({ path }) => wimNames.test(path));
  for (const entry of named.slice(0, mostWims)) {
    try {
      const wim = await inspectOne(entry);
      if (wim) wims.push(wim);
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      unread.push({ path: entry.path, size: entry.file.content.size, code: error.code, message: error.message });
    }
  }
  return { wims, unread };
}

async function inspectOne({ path, file: { content } }: FileEntry): Promise<InspectedWim | undefined> {
  if (!(await isWim(content))) return undefined;
  const { compression, solid, bootIndex, partNumber, totalParts, images } = await openWim(content);
  return {
    path,
    size: content.size,
    compression,
    solid,
    bootIndex,
    part: { number: partNumber, of: totalParts },
    images,
  };
}
