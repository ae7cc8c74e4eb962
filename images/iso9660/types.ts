/** What ISO 9660 writer and reader speak about. Blocks are 2048 bytes, counted from the start of the image. */
import type { Instant } from '../bytes/index.ts';
import type { DirectoryNode, FileNode, ListedFolder, Piece, TreeNode } from '../tree/index.ts';

/** Metadata whose bytes are made when asked for, so that the directories of 100,000 files never lie in memory together. */
export interface LazyPiece extends Piece {
  readonly size: number;
  /** Puts its bytes into zeroed memory of `size` bytes: for who has memory that can be used again. */
  fill(target: Uint8Array): void;
}

/** A stretch of an image, in bytes. */
export interface Extent {
  readonly offset: number;
  readonly length: number;
}

/** A file read from a disc: where its data lies comes with it, so that views can be compared. */
export interface ExtentFile extends FileNode {
  readonly extents: readonly Extent[];
}

export interface IsoEntry {
  readonly node: TreeNode;
  /** The name as recorded: `BCD.;1` in the primary tree, the real name in Joliet's. */
  readonly name: string;
}

export interface IsoDirectory {
  readonly node: DirectoryNode;
  readonly name: string;
  /** Index of the parent in `directories`; the root is its own. */
  readonly parent: number;
  readonly block: number;
  /** Bytes, a multiple of 2048. */
  readonly size: number;
}

/** One of the two directory trees: the primary one, or Joliet's. */
export interface IsoTree {
  readonly joliet: boolean;
  /** In path table order: by level, parent, name. */
  readonly directories: readonly IsoDirectory[];
  readonly indexOf: ReadonlyMap<DirectoryNode, number>;
  readonly pathTableSize: number;
  readonly pathTableL: number;
  readonly pathTableM: number;
}

export interface IsoLayout {
  readonly primary: IsoTree;
  readonly joliet: IsoTree | undefined;
  readonly firstBlock: number;
  /** The first block behind path tables and directories. */
  readonly endBlock: number;
}

export interface IsoWriteOptions {
  /** Blocks of the whole image; readers take it as the end of the disc. */
  readonly volumeBlocks: number;
  readonly label: string;
  readonly time: Instant;
  /** Block of the boot catalog; without it there is no El Torito boot record. */
  readonly catalogBlock?: number;
}

/** An El Torito entry. */
export interface BootEntry {
  /** 0x00 BIOS, 0xef UEFI. */
  readonly platform: number;
  readonly bootable: boolean;
  /** 0 is "no emulation". */
  readonly media: number;
  /** Sectors of 512 bytes. */
  readonly sectors: number;
  /** Block of the boot image. */
  readonly block: number;
}

export interface BootCatalog {
  readonly block: number;
  readonly entries: readonly BootEntry[];
}

/** Something in a tree that is neither a plain file nor a folder, and is left out. */
export interface SkippedEntry {
  readonly path: string;
  readonly what: string;
}

export interface ReadTree {
  readonly root: DirectoryNode;
  readonly skipped: readonly SkippedEntry[];
}

/** How records are read: as ISO 9660 says, with the UTF-16 names of Joliet, or with the names of Rock Ridge. */
export type IsoView = 'iso' | 'joliet' | 'rock-ridge';

/** One directory tree of a disc that was opened. */
export interface IsoVolume {
  readonly label: string;
  readonly joliet: boolean;
  /** Blocks that the descriptor says the volume has. */
  readonly volumeBlocks: number;
  /** Reads all directories; files are slices of the image and carry their extents (`ExtentFile`). */
  tree(): Promise<DirectoryNode>;
  /** The same, with what is left out: links and devices of Rock Ridge. */
  read(): Promise<ReadTree>;
  /** The root, for who goes from folder to folder; of Rock Ridge with the names of the primary tree. */
  listed(): ListedFolder;
}

export interface IsoDisc {
  readonly primary: IsoVolume;
  /** The primary tree in the names of Rock Ridge, deep folders at their real places. */
  readonly rockRidge: IsoVolume | undefined;
  readonly joliet: IsoVolume | undefined;
  readonly bootCatalog: BootCatalog | undefined;
}
