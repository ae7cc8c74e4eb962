/**
 * What writers of directories agree on. A file that already has a place is never copied by them: `disc` places each file
 * once, and FAT, ISO 9660 and UDF write directories that point at the same bytes.
 */
import type { FileNode } from './types.ts';

/** Byte offset of each file's data in the image. An empty file has no data and may be absent. */
export type Placement = ReadonlyMap<FileNode, number>;

/** Metadata to be written at a byte offset of the image. */
export interface Piece {
  readonly offset: number;
  readonly bytes: Uint8Array;
}
