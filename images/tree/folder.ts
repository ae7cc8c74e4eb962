/** A folder on disk as a tree. Of each file no more is kept than its name, size, time and inode, since 100,000 of them lie in memory. */
import { accessSync, constants, lstatSync, readdirSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { InputError, toOsdkitError } from '../../src/core/index.ts';
import { foundFile, type ByteSource } from '../bytes/index.ts';
import { sortNodes } from './build.ts';
import { treeCode } from './codes.ts';
import type { DirectoryNode, FileNode, TreeNode } from './types.ts';

export interface DirectoryTree {
  readonly root: DirectoryNode;
}

/**
 * Reads a folder into a tree; file contents stay on disk, and no handle stays open between two reads, so that 100,000 files
 * need no 100,000 handles. Times and modes are left out, so that equal folders give equal trees. Synchronous calls, a tenth of
 * the cost of asynchronous ones, with a pause for everything else after each folder.
 * Throws InputError (`TREE_LINK`) for links, sockets and devices; a file that changed since throws FormatError
 * (`BYTES_FILE_CHANGED`) when it is read.
 */
export async function readDirectory(path: string): Promise<DirectoryTree> {
  return { root: await readFolder(path, '') };
}

class FolderFile implements FileNode {
  readonly name: string;
  readonly #folder: string;
  readonly #size: number;
  readonly #modified: number;
  readonly #inode: number;

  constructor(folder: string, name: string, { size, mtimeMs, ino }: Stats) {
    this.name = name;
    this.#folder = folder;
    this.#size = size;
    this.#modified = mtimeMs;
    this.#inode = ino;
  }

  get kind(): 'file' {
    return 'file';
  }

  get content(): ByteSource {
    return foundFile(this.#folder, this.name, { size: this.#size, modified: this.#modified, inode: this.#inode });
  }
}

async function readFolder(path: string, name: string): Promise<DirectoryNode> {
  // Signals and timers get their turn.
  await new Promise<void>((resolve) => setImmediate(resolve));
  const children: TreeNode[] = [];
  for (const entry of asked(path, () => readdirSync(path))) {
    const place = join(path, entry);
    const stats = asked(place, () => lstatSync(place));
    if (stats.isDirectory()) children.push(await readFolder(place, entry));
    else children.push(fileIn(path, entry, place, stats));
  }
  return { kind: 'directory', name, children: sortNodes(children) };
}

function fileIn(folder: string, name: string, place: string, stats: Stats): FileNode {
  if (!stats.isFile()) {
    throw new InputError(treeCode.TREE_LINK, `${place} is neither a file nor a folder`, {
      details: { path: place },
      hint: 'Links and devices cannot be put on a medium: replace it by the file itself.',
    });
  }
  asked(place, () => accessSync(place, constants.R_OK));
  return new FolderFile(folder, name, stats);
}

function asked<T>(path: string, ask: () => T): T {
  try {
    return ask();
  } catch (error) {
    throw toOsdkitError(error, `reading ${path}`);
  }
}
