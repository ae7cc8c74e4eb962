/** What is asked of the writers, and what they give back. */
import type { ByteSource, Instant } from '../bytes/index.ts';
import type { DirectoryNode } from '../tree/index.ts';
import type { WimHeader } from './layout.ts';
import type { WimImageInfo } from './types.ts';

/** A change of one path (`/` or `\`, any case). Missing folders on the way are made. */
export type WimChange =
  | (NewContent & {
      /** `add` wants nothing there, `replace` a file, `put` takes either. */
      readonly op: 'add' | 'replace' | 'put';
      readonly path: string;
    })
  | {
      /** A file, or a folder with all in it; it must exist. */
      readonly op: 'delete';
      readonly path: string;
    }
  | {
      /** A file or folder gets another name, or place; nothing may have that name yet. */
      readonly op: 'rename';
      readonly path: string;
      readonly to: string;
    };

export interface NewContent {
  readonly content: ByteSource;
  /** Windows attribute bits; 0x20 (archive) for new files unless given. */
  readonly attributes?: number;
  readonly created?: Instant;
  /** The update's own `modified` unless given. */
  readonly modified?: Instant;
}

export interface WimUpdate {
  readonly images?: readonly { readonly index: number; readonly changes: readonly WimChange[] }[];
  /** Makes this image the bootable one; 0 none. Unchanged unless given. */
  readonly bootIndex?: number;
  /** Time of the changes: new files, LASTMODIFICATIONTIME. Given, so that equal inputs give equal bytes. */
  readonly modified: Instant;
  /** Whether the result has an integrity table; as the original unless given. */
  readonly integrity?: boolean;
}

export interface UpdateReport {
  readonly addedBlobs: number;
  readonly addedBytes: number;
  /** Contents that were there already. */
  readonly sharedBlobs: number;
  /** Blobs that nothing refers to any more; their bytes stay as a hole. */
  readonly droppedBlobs: number;
  readonly droppedBytes: number;
}

/** A WIM that is made but not written: `transfer` copies its parts as they are. */
export interface MadeWim {
  readonly source: ByteSource;
  readonly header: WimHeader;
}

export interface UpdatedWim extends MadeWim {
  /** What is written behind the original, in order. */
  readonly appended: readonly { readonly offset: number; readonly source: ByteSource }[];
  readonly report: UpdateReport;
}

/** What the WINDOWS element of the XML data says about an image. */
export type WindowsInfo = Partial<
  Pick<
    WimImageInfo,
    | 'arch'
    | 'edition'
    | 'installationType'
    | 'productName'
    | 'productType'
    | 'version'
    | 'languages'
    | 'defaultLanguage'
    | 'systemRoot'
  >
>;

export interface NewImage {
  readonly tree: DirectoryNode;
  readonly name: string;
  readonly description?: string;
  readonly flags?: string;
  readonly displayName?: string;
  readonly displayDescription?: string;
  readonly windows?: WindowsInfo;
}

export interface WriteWimOptions {
  /** From 1; 0 none. */
  readonly bootIndex: number;
  /** `8-4-4-4-12` hexadecimal digits, given so that equal inputs give equal bytes. */
  readonly guid: string;
  readonly integrity?: boolean;
  /** CREATIONTIME, LASTMODIFICATIONTIME, and the times of nodes that have none. */
  readonly created: Instant;
}
