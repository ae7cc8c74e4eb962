/**
 * The tree that foreign tools capture and put into their images: few, small files, every kind of name. Contents are zeros, so
 * that mutations, which go where something is, meet tables and not data.
 */
import { join } from 'node:path';
import { memorySource } from '../../../images/bytes/index.ts';
import { treeFromFiles, writeDirectory, type DirectoryNode } from '../../../images/tree/index.ts';
import { operationContext } from '../../../src/core/index.ts';

export const seedTree: DirectoryNode = treeFromFiles(
  Object.entries({
    'sources/boot.wim': 3001,
    'EN-US/bootmgfw.efi.mui': 77,
    'deep/a/b/c/read me.txt': 12,
    'Latin-1 é.txt': 3,
    'Ünïcode name of some length €.json': 500,
    'empty.txt': 0,
    bootmgr: 2100,
    'boot/etfs.com': 2048,
    ...Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`many/file number ${i}.dat`, 10 + i])),
  }).map(([path, size]) => ({ path, content: memorySource(new Uint8Array(size)) })),
);

/** The tree as a folder on disk. */
export async function seedFolder(scratch: string): Promise<string> {
  const folder = join(scratch, 'tree');
  await writeDirectory(seedTree, folder, operationContext());
  return folder;
}
