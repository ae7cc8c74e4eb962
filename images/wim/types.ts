/** WIM files in memory, in the words of the format. Offsets and flags live in layout.ts. */
import type { ErrorCode } from '../../src/core/index.ts';
import type { ByteSource, Instant } from '../bytes/index.ts';
import type { Compression } from '../codec/index.ts';
import type { DirectoryNode } from '../tree/index.ts';
import type { ResourceHeader, WimHeader } from './layout.ts';

/** Something wrong, or unwise, as data: what reports and refusals are made of. */
export interface Problem {
  readonly code: ErrorCode;
  /** `error` stops whoever needs the data; `warning` is odd and harmless. */
  readonly severity: 'error' | 'warning';
  readonly message: string;
  /** What to do about it. */
  readonly hint?: string;
  /** Byte offset in the WIM file. */
  readonly offset?: number;
  /** A file of an image that it concerns, `1:/Windows/System32/x.dll`. */
  readonly path?: string;
}

/** Bounds on what is read into memory; each may be raised by the caller. */
export interface WimLimits {
  /** Uncompressed bytes of one image's metadata. */
  readonly metadataBytes: number;
  /** Folders inside folders. */
  readonly depth: number;
  /** Bytes of XML data. */
  readonly xmlBytes: number;
  /** Elements in the XML data. */
  readonly xmlElements: number;
  /** Bytes of the blob table. */
  readonly blobTableBytes: number;
}

export interface OpenWimOptions {
  /** `tolerant` (the default) collects harmless deviations in `problems`; `strict` throws them. */
  readonly strictness?: 'strict' | 'tolerant';
  readonly limits?: Partial<WimLimits>;
}

export interface WimVersion {
  readonly major: number;
  readonly minor: number;
  readonly build: number;
  readonly spBuild: number;
  readonly spLevel: number;
}

/** One image as the XML data describes it; `undefined` where the XML is silent. */
export interface WimImageInfo {
  /** From 1. */
  readonly index: number;
  readonly name: string | undefined;
  readonly description: string | undefined;
  /** The edition flag, `9` in WinPE, `Professional`. */
  readonly flags: string | undefined;
  readonly displayName: string | undefined;
  readonly displayDescription: string | undefined;
  readonly dirCount: number | undefined;
  readonly fileCount: number | undefined;
  readonly totalBytes: number | undefined;
  readonly hardLinkBytes: number | undefined;
  /** PROCESSOR_ARCHITECTURE: 0 x86, 5 arm, 9 x64, 12 arm64. */
  readonly arch: number | undefined;
  readonly edition: string | undefined;
  readonly installationType: string | undefined;
  readonly productName: string | undefined;
  readonly productType: string | undefined;
  readonly version: WimVersion | undefined;
  readonly languages: readonly string[];
  readonly defaultLanguage: string | undefined;
  readonly systemRoot: string | undefined;
  readonly created: Instant | undefined;
  readonly modified: Instant | undefined;
}

/** The data of a file, or of an image's metadata, stored once however many names it has. */
export interface Blob {
  /** SHA-1 of the uncompressed data, lower-case hexadecimal. */
  readonly hash: string;
  /** Uncompressed bytes. */
  readonly size: number;
  readonly resource: ResourceHeader;
  readonly partNumber: number;
  /** Names that refer to it, over all images, as the file says: may be too low in Microsoft's files. */
  readonly referenceCount: number;
  /** Inside a solid resource: cannot be read yet. */
  readonly solid: boolean;
  /** `resource` marks the entries that describe solid resources themselves. */
  readonly kind: 'data' | 'metadata' | 'resource';
}

export interface BlobTable {
  /** Every entry in the order of the file. */
  readonly entries: readonly Blob[];
  /** File data, in the order of the table. */
  readonly blobs: readonly Blob[];
  /** Metadata resources: the n-th is that of image n. */
  readonly metadata: readonly Blob[];
  /** Whether any resource is solid. */
  readonly solid: boolean;
  /** The blob with this SHA-1 (lower-case hexadecimal). */
  find(hash: string): Blob | undefined;
}

/** A stream besides the plain one: named data, or the data of a reparse point. */
export interface DentryStream {
  /** Empty for the unnamed ones. */
  readonly name: string;
  /** SHA-1 as hexadecimal; undefined when it is empty. */
  readonly hash: string | undefined;
}

/** A name in an image, with all that the metadata says about it. Times are FILETIMEs. */
export interface Dentry {
  /** Empty for the root. */
  readonly name: string;
  /** The 8.3 name, or empty. */
  readonly shortName: string;
  readonly attributes: number;
  /** Index into the security descriptors of the image; 0xffffffff none. */
  readonly securityId: number;
  readonly created: bigint;
  readonly accessed: bigint;
  readonly modified: bigint;
  /**
   * The hash field of the dentry as hexadecimal, undefined when zero: the unnamed data, or a reparse point's data. See
   * `dataHash` for a file's data wherever it stands.
   */
  readonly hash: string | undefined;
  /** The stream entries as they stand in the file; empty when `hash` says all. */
  readonly streams: readonly DentryStream[];
  /** Reparse points only. */
  readonly reparse: { readonly tag: number; readonly reserved: number; readonly flags: number } | undefined;
  /** Names with one nonzero group are one file. */
  readonly hardLinkGroup: bigint;
  /** Kept byte for byte: two reserved words and the unknown one of the dentry, tagged items. */
  readonly reserved: Uint8Array;
  readonly unknown: number;
  readonly taggedItems: Uint8Array;
  /** Undefined for what is no folder. */
  readonly children: readonly Dentry[] | undefined;
}

/** Something that `tree()` leaves out, since a plain tree cannot hold it. */
export interface SkippedItem {
  readonly path: string;
  readonly what: 'reparse point' | 'named stream' | 'encrypted file';
}

/** One image of a WIM, its metadata in memory. */
export interface WimImage {
  readonly wim: Wim;
  readonly index: number;
  readonly info: WimImageInfo;
  readonly root: Dentry;
  /** The security block as it is. */
  readonly security: Uint8Array;
  /** The dentry at a path (`/` or `\`, any case); the empty path is the root. */
  find(path: string): Dentry | undefined;
  /**
   * The data of the file at a path; undefined when nothing is there or it is no plain file. Stored blobs are slices of
   * the WIM (with `parts`), compressed ones decode on reading. Throws FormatError (`WIM_BLOB_MISSING`).
   */
  file(path: string): ByteSource | undefined;
  /** The whole image; contents as `file`. Throws FormatError (`WIM_BLOB_MISSING`) when a file's data is not here. */
  tree(): DirectoryNode;
  /** What `tree()` leaves out. */
  skipped(): readonly SkippedItem[];
}

/** An open WIM file: header and XML data in memory, everything else on demand. */
export interface Wim {
  readonly source: ByteSource;
  readonly header: WimHeader;
  readonly compression: Compression;
  /** Of non-solid compressed resources, bytes; 0 when nothing is compressed. */
  readonly chunkSize: number;
  readonly guid: string;
  readonly partNumber: number;
  readonly totalParts: number;
  readonly imageCount: number;
  /** From 1; 0 when no image is bootable. */
  readonly bootIndex: number;
  readonly hasIntegrityTable: boolean;
  /** The header's version is 0xE00: solid resources or LZMS. The blob table knows exactly. */
  readonly solid: boolean;
  /** wimlib's pipable variant: header and XML data can be read, nothing else. */
  readonly pipable: boolean;
  /** One for each image that header or XML data count. */
  readonly images: readonly WimImageInfo[];
  /** The XML data, without the byte order mark. */
  readonly xml: string;
  /** Harmless deviations that were tolerated. */
  readonly problems: readonly Problem[];
  readonly limits: WimLimits;
  /** The blob table, read once. Throws FormatError when it is damaged, UnsupportedFeatureError for a pipable WIM. */
  blobTable(): Promise<BlobTable>;
  /**
   * Reads the metadata of an image. Throws InputError (`WIM_IMAGE_INDEX`), FormatError, UnsupportedFeatureError
   * (`WIM_LZMS`, `WIM_PIPABLE`), IntegrityError when it does not have its SHA-1.
   */
  image(index: number): Promise<WimImage>;
  /** The data of a blob. Reading it throws UnsupportedFeatureError when it is solid or LZMS. */
  blob(blob: Blob): ByteSource;
}

export interface WimReport {
  readonly problems: readonly Problem[];
  readonly blobs: number;
  /** Uncompressed bytes that were hashed. */
  readonly bytes: number;
  readonly images: number;
  readonly integrityChunks: number;
}

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
