/** Names in an image and what the metadata says about them (D.5). */

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
