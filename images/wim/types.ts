/** WIM files in memory, in the words of the format. Offsets and flags live in layout.ts, changes in change-types.ts. */
import type { ErrorCode } from '../../src/core/index.ts';
import type { ByteSource, Instant } from '../bytes/index.ts';
import type { Compression } from '../codec/index.ts';
import type { DirectoryNode } from '../tree/index.ts';
import type { Dentry } from './dentry-types.ts';
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
  /** The whole image; `content` of a file throws FormatError (`WIM_BLOB_MISSING`) when its data is not here. */
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
  /**
   * The bytes of a blob as they lie in the file, compressed or not: what is copied when it moves to another WIM. Throws
   * FormatError (`WIM_RESOURCE_RANGE`), UnsupportedFeatureError for one in a solid resource or in a part that is not open.
   */
  stored(blob: Blob): ByteSource;
  /** The files that are open together: this one, or all parts of a split set in order (`joinedParts`). */
  readonly parts: readonly Wim[];
}

export interface WimReport {
  readonly problems: readonly Problem[];
  readonly blobs: number;
  /** Uncompressed bytes of all blobs that could be read. */
  readonly bytes: number;
  readonly images: number;
  readonly integrityChunks: number;
}
