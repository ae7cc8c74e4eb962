/** A FAT volume in memory: what is asked for, where everything lies, and what a reader gives. */
import type { Instant } from '../bytes/index.ts';
import type {
  DirectoryNode,
  FileEntry,
  FileNode,
  ListedFolder,
  OpenPlacement,
  Placement,
  TreeNode,
} from '../tree/index.ts';

/** Bits of an entry of the allocation table. The type follows from the number of clusters alone. */
export type FatType = 12 | 16 | 32;

export interface FatOptions {
  /** `auto`: FAT12 up to 16 MiB, FAT16 up to 512 MiB, else FAT32. */
  readonly type: FatType | 'auto';
  /** Where the volume starts in the image: bytes, a multiple of 512. */
  readonly startOffset: number;
  /** At most 11 characters out of A-Z 0-9 _ -; empty for none. */
  readonly label: string;
  /** Volume serial number, 32 bits. */
  readonly serial: number;
  /** The time of every entry whose node has none of its own. */
  readonly time: Instant;
  /** Cluster 2 lies on a multiple of this offset of the *image*: bytes, a power of two. Reserved sectors make it so. */
  readonly dataAlignment?: number;
  /** Each file starts on a multiple of this offset of the image (2048 when a disc shares the files); a power of two. */
  readonly fileAlignment?: number;
  /** Bytes, 512 to 32768. Left out: FAT32 after boot-chain 5.4 rule 1; FAT12 and FAT16 the smallest that will do. */
  readonly clusterSize?: number;
  /** The volume gets at least as many clusters. */
  readonly minimumClusters?: number;
  /** Bytes of the whole volume, when it must have a certain size; otherwise it is as large as its files need. */
  readonly totalSize?: number;
  /** Where free clusters lie when there are more than the files need (boot-chain 5.4 rule 4). Default `after-files`. */
  readonly freeSpace?: 'before-files' | 'after-files';
  /** The order of the file data; must give back the same files. Default: order of the tree. Directories lie before. */
  readonly order?: (files: readonly FileEntry[]) => readonly FileEntry[];
  /** Instead of `order`, by a caller that has made one list for several views: all files of the tree in the order of their data. */
  readonly files?: readonly FileEntry[];
  /** Keeps the places of the files; a map unless given. */
  readonly placement?: OpenPlacement;
  /** Entries of the fixed root folder of FAT12 and FAT16, a multiple of 16. Default 512. */
  readonly rootEntries?: number;
  /** Default: `startOffset` / 512. */
  readonly hiddenSectors?: number;
  /** Default f8. */
  readonly media?: number;
  /** Default 63. */
  readonly sectorsPerTrack?: number;
  /** Default 255. */
  readonly heads?: number;
  /**
   * Code for the boot sector behind its fields: bytes 90..509 in FAT32 (420), 62..509 otherwise (448). Called with the
   * finished layout, so that it can name the place of a file. Its last 64 bytes must be zero (boot-chain 5.1, "trap").
   */
  readonly bootCode?: (layout: FatLayout) => Uint8Array;
}

/** Sizes that follow from the options and the files. */
export interface FatGeometry {
  readonly type: FatType;
  /** Bytes. */
  readonly clusterSize: number;
  readonly clusterCount: number;
  /** Sectors before the first FAT. */
  readonly reservedSectors: number;
  /** Sectors of one FAT; there are two. */
  readonly fatSectors: number;
  /** Sectors of the fixed root folder; 0 in FAT32. */
  readonly rootSectors: number;
  readonly totalSectors: number;
  /** Offset of cluster 2 in the image, bytes. */
  readonly dataOffset: number;
}

/** A file or folder in the folder that holds it. */
export interface PlacedEntry {
  readonly node: TreeNode;
  /** The 8+3 name as the 11 characters on disk. */
  readonly shortName: string;
  /** Whether entries of a long name precede the short one. */
  readonly hasLongName: boolean;
}

export interface PlacedDirectory {
  readonly node: DirectoryNode;
  /** Empty for the root. */
  readonly path: string;
  /** 0 for the fixed root of FAT12 and FAT16. */
  readonly firstCluster: number;
  readonly clusters: number;
  /** What `..` holds: 0 when the parent is the root. */
  readonly parentCluster: number;
  /** Bytes in use. */
  readonly size: number;
  /** Offset in the image. */
  readonly offset: number;
}

export interface FileClusters {
  readonly firstCluster: number;
  readonly clusters: number;
}

/** Everything about a volume before a byte is written. */
export interface FatLayout extends FatGeometry {
  readonly startOffset: number;
  /** Where the volume ends in the image, bytes. */
  readonly endOffset: number;
  readonly freeClusters: number;
  /** Bytes that are not file data or free clusters: reserved sectors, FATs, folders. */
  readonly metadataBytes: number;
  /** Image offsets of all files that have data. */
  readonly placement: Placement;
  readonly directories: readonly PlacedDirectory[];
  /** Files with data, in the order of the disk. */
  readonly files: readonly FileEntry[];
  readonly options: FatOptions;
}

/** A FAT volume opened for reading. */
export interface FatVolume {
  readonly type: FatType;
  /** The label of the root folder, else that of the boot sector; empty for none. */
  readonly label: string;
  readonly serial: number;
  /** Bytes. */
  readonly clusterSize: number;
  readonly clusterCount: number;
  /** Bytes of the volume. */
  readonly size: number;
  /** Offset of cluster 2 from the start of the volume, bytes. */
  readonly dataOffset: number;
  /** From the boot sector: sectors before the volume. */
  readonly hiddenSectors: number;
  /** Free clusters, counted in the FAT (FSInfo is a hint only). */
  freeClusters(): Promise<number>;
  /**
   * All folders and files; contents are read straight from the source. Throws FormatError (`FAT_CHAIN`, `FAT_DIRECTORY`)
   * for chains that loop, cross, end early or leave the volume.
   */
  tree(): Promise<DirectoryNode>;
  /** Offsets of the files of `tree()` from the start of the volume, in bytes, for each file that lies in one piece. */
  placement(): Promise<ReadonlyMap<FileNode, number>>;
  /** The root, for who goes from folder to folder; extents count from the start of the volume. */
  listed(): ListedFolder;
  /** Harmless deviations, one sentence each: FATs that differ, wrong hints, a dirty flag, what firmware may refuse. */
  warnings(): Promise<readonly string[]>;
}
