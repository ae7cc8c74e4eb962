/**
 * What writers of directories agree on. A file that already has a place is never copied by them: `disc` places each file
 * once, and FAT, ISO 9660 and UDF write directories that point at the same bytes.
 */
import type { FileNode } from './types.ts';

/** Byte offset of each file's data in the image. An empty file has no data and may be absent. A `Map` is one. */
export interface Placement {
  get(file: FileNode): number | undefined;
}

/** Places as they are found; what writes 100,000 files keeps them in its own records of the files. */
export interface OpenPlacement extends Placement {
  set(file: FileNode, offset: number): unknown;
}

/** Metadata to be written at a byte offset of the image. */
export interface Piece {
  readonly offset: number;
  readonly bytes: Uint8Array;
}
