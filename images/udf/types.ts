/** What UDF writer and reader speak about. Blocks are logical blocks of 2048 bytes; `lbn` counts inside the partition. */
import type { Instant } from '../bytes/index.ts';
import type { ReadTree } from '../iso9660/index.ts';
import type { DirectoryNode, ListedFolder, TreeNode } from '../tree/index.ts';

export interface UdfDirectory {
  readonly node: DirectoryNode;
  readonly parent: DirectoryNode;
  /** Where its file identifiers lie, and their exact length in bytes. */
  readonly lbn: number;
  readonly size: number;
  /** Its place in `nodes`; the folder and what is below it take so many from there on. */
  readonly index: number;
  readonly count: number;
}

export interface UdfLayout {
  readonly root: DirectoryNode;
  readonly partitionStart: number;
  /** All nodes, each folder before what is in it; the file entry of nodes[i] is lbn 2 + i, its unique id 0 for the root, else 15 + i. */
  readonly nodes: readonly TreeNode[];
  readonly directories: readonly UdfDirectory[];
  readonly directoryOf: ReadonlyMap<DirectoryNode, UdfDirectory>;
  readonly fileCount: number;
  /** The first block of the image behind file entries and directories. */
  readonly endBlock: number;
}

export interface UdfWriteOptions {
  /** Blocks of the whole image. */
  readonly volumeBlocks: number;
  /** Block of BEA01; it must follow the ISO 9660 terminator directly. */
  readonly recognitionBlock: number;
  readonly label: string;
  readonly time: Instant;
  /** 16 hexadecimal digits. */
  readonly setId: string;
  /** Anchors besides the one in block 256: N-257 and N-1, where those blocks are free. */
  readonly anchors: readonly number[];
}

export interface UdfVolume {
  readonly label: string;
  /** Start of the volume set identifier. */
  readonly setId: string;
  /** `0x0102` is 1.02. */
  readonly revision: number;
  readonly blockSize: number;
  /** In blocks of the volume. */
  readonly partition: { readonly start: number; readonly length: number };
  /** Blocks where a valid anchor was found: of 256, N-257, N-256, N-1. */
  readonly anchors: readonly number[];
  /** Reads all directories; files are slices of the image and carry their extents (`ExtentFile`). */
  tree(): Promise<DirectoryNode>;
  /** The same, with what is left out: links and devices; named streams of what is shown. */
  read(): Promise<ReadTree>;
  /** The root, for who goes from folder to folder. */
  listed(): Promise<ListedFolder>;
}
