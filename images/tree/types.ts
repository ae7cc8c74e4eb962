/**
 * FileTree: a tree of directories whose file contents are ByteSources. The hinge between formats: a WIM image, an ISO, a FAT
 * volume and a folder on disk all read into one and all write from one.
 */
import type { ByteSource, Instant } from '../bytes/index.ts';

/** What a node carries besides its name, where the format it came from has it. */
export interface NodeAttributes {
  /** Windows file attribute bits (0x01 read-only, 0x02 hidden, 0x04 system, 0x10 directory, 0x20 archive, 0x400 reparse). */
  readonly attributes?: number;
  readonly created?: Instant;
  readonly modified?: Instant;
}

export interface FileNode extends NodeAttributes {
  readonly kind: 'file';
  readonly name: string;
  readonly content: ByteSource;
}

export interface DirectoryNode extends NodeAttributes {
  readonly kind: 'directory';
  /** Empty for the root. */
  readonly name: string;
  readonly children: readonly TreeNode[];
}

export type TreeNode = FileNode | DirectoryNode;

/** A file with its full path, segments joined by `/`, no leading slash. */
export interface FileEntry {
  readonly path: string;
  readonly file: FileNode;
}
