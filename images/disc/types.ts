/** The one image file for CD, stick and HTTP Boot (boot-chain 5.4): what a caller gives, and the plan it gets as data. */
import type { FormatError, Problem } from '../../src/core/index.ts';
import type { ByteSource, Instant, TransferPiece } from '../bytes/index.ts';
import type { FatLayout, FatVolume } from '../fat/index.ts';
import type { BootEntry, IsoDisc, IsoLayout, ReadTree } from '../iso9660/index.ts';
import type { PartitionTable } from '../partition/index.ts';
import type { DirectoryNode, FileNode, Placement } from '../tree/index.ts';
import type { UdfLayout, UdfVolume } from '../udf/index.ts';

/** Numbers that must be there and must not come from a clock or a dice: the caller derives them from its plan's digest. */
export interface DiscIds {
  /** MBR disk signature, 32 bits, not 0. */
  readonly diskSignature: number;
  /** FAT volume serial, 32 bits. */
  readonly fatSerial: number;
  /** 16 hexadecimal digits: the start of UDF's volume set identifier, which Windows and udev show as UUID. */
  readonly udfSetId: string;
  /** 16 bytes each, as stored on disk; used by the `gpt` layout alone. */
  readonly diskGuid: Uint8Array;
  readonly partitionGuid: Uint8Array;
}

export interface DiscOptions {
  /** At most 11 characters of A-Z 0-9 _ -; shown by every view. */
  readonly label: string;
  /** `mbr` boots everywhere; `gpt` is for sticks that people edit, without BIOS start. */
  readonly layout: 'mbr' | 'gpt';
  /** The one time that all directories show. */
  readonly time: Instant;
  readonly ids: DiscIds;
  /** EFI loaders in the tree, such as `EFI/BOOT/BOOTX64.EFI`: copied into the small El Torito volume. None: no EFI entry. */
  readonly loaders?: readonly string[];
  /** Path of `bootmgr` in the tree: adds the BIOS El Torito entry and, in the `mbr` layout, boot code for sticks. */
  readonly bios?: { readonly bootmgr: string };
  /** Paths to be placed first and last; the files between them go smallest first. boot.wim belongs into `last`. */
  readonly fileOrder?: { readonly first?: readonly string[]; readonly last?: readonly string[] };
}

/** A stretch of the image and what it is for; regions do not overlap and come in order. */
export interface DiscRegion {
  readonly purpose: string;
  /** Byte offset and length. */
  readonly offset: number;
  readonly size: number;
}

/** A file and its only place; `offset` is undefined for an empty file. */
export interface PlacedFile {
  readonly path: string;
  readonly file: FileNode;
  readonly offset: number | undefined;
  readonly size: number;
  /** True when FAT cannot hold it (4 GiB and more): seen through UDF and ISO 9660 alone, not on the stick's FAT. */
  readonly discOnly: boolean;
}

/** The plan: pure data, enough to print it and to write the image. */
export interface DiscLayout {
  readonly options: DiscOptions;
  /** The tree as placed: a copy of the caller's, one node per path. */
  readonly root: DirectoryNode;
  /** Bytes of the whole image; a multiple of 2048. */
  readonly size: number;
  readonly regions: readonly DiscRegion[];
  /** In the order of their places. */
  readonly files: readonly PlacedFile[];
  readonly placement: Placement;
  /** Paths of the files that the stick's FAT will not show. */
  readonly discOnly: readonly string[];
  /** Bytes of all files, and what the image needs beyond them. */
  readonly payload: number;
  readonly overhead: number;
  readonly warnings: readonly string[];
  /** Where each view lies, for the writers. */
  readonly parts: DiscParts;
}

/** A piece of the image for `transfer`; `path` is set on file data, whose SHA-256 is asked for. */
export interface DiscPiece extends TransferPiece {
  readonly path?: string;
}

/** The layouts of the single views. Blocks are 2048 bytes. */
export interface DiscParts {
  /** Blocks of the whole image. */
  readonly blocks: number;
  /** Where UDF's recognition sequence starts: directly behind the ISO 9660 descriptors. */
  readonly recognitionBlock: number;
  /** Boot catalog; undefined without a boot entry. */
  readonly catalogBlock: number | undefined;
  /** The BIOS boot sector for CDs. */
  readonly cdSectorBlock: number | undefined;
  /** UDF anchors besides the one in block 256. */
  readonly anchors: readonly number[];
  readonly udf: UdfLayout;
  readonly iso: IsoLayout;
  readonly fat: FatLayout;
  /** The small El Torito volume that holds copies of the EFI loaders. */
  readonly small: FatLayout | undefined;
}

/** An El Torito entry, and the FAT volume it names when it holds one. */
export interface DiscBoot {
  readonly entry: BootEntry;
  readonly root: DirectoryNode | undefined;
}

/** The views of an image, compared. A view that cannot be read is undefined, and `problems` says why. */
export interface DiscViews {
  readonly source: ByteSource;
  /** Bytes of the image as its descriptors say: a stick may be larger. */
  readonly size: number;
  readonly table: PartitionTable;
  /** The view that shows every file. */
  readonly udf: UdfVolume;
  readonly iso: IsoDisc | undefined;
  /** The volume of the partition, and where it starts in the image. */
  readonly fat: { readonly volume: FatVolume; readonly offset: number } | undefined;
  readonly boot: readonly DiscBoot[];
  /** What reading and comparing the views showed. */
  readonly problems: readonly Problem[];
}

/** The same with all files. */
export interface Disc extends DiscViews {
  readonly udf: UdfVolume & { readonly root: DirectoryNode };
}

/** One file system of an image, told by its descriptors; its folders are read when asked for. */
export interface ImageView {
  /** `udf`, `rock-ridge`, `joliet`, `iso`, `fat`; in a partition followed by its number, `fat2`. */
  readonly name: string;
  /** `UDF 1.02`, `Joliet`, `ISO 9660`, `FAT32`, ... */
  readonly format: string;
  readonly label: string;
  /** Counted from 1 in the order of the table; undefined for a view of the whole image. */
  readonly partition: number | undefined;
  /** Byte offset in the image, and bytes as the descriptors say. */
  readonly offset: number;
  readonly size: number;
  /** The files and folders, and what is neither. */
  read(): Promise<ReadTree>;
}

/** Something that was found in an image and cannot be read, and why. */
export interface UnreadPart {
  readonly what: string;
  readonly error: FormatError;
}

/** What an image holds, whoever made it. */
export interface ImageContents {
  readonly source: ByteSource;
  readonly table: PartitionTable;
  /** Of the El Torito catalog. */
  readonly boot: readonly BootEntry[];
  /** The one that shows most first. */
  readonly views: readonly ImageView[];
  readonly unread: readonly UnreadPart[];
}
