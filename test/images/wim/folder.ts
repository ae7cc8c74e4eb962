/** A folder that asks for everything Linux can give a WIM: links, empty things, long names, code, data that does not shrink. */
import { createHash } from 'node:crypto';
import { closeSync, linkSync, mkdirSync, openSync, readSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readDirectory } from '../../../images/tree/index.ts';
import { listing } from './make-wim.ts';

/** 255 UTF-16 units would be more than the 255 bytes of a Linux name. */
export const longName = `${'ü長é'.repeat(31)}.txt`;

/** Fills a folder; the same in each run. */
export function fillFolder(folder: string): void {
  mkdirSync(join(folder, 'Windows/System32/empty folder'), { recursive: true });
  mkdirSync(join(folder, 'deep/'.repeat(40)), { recursive: true });
  const add = (path: string, bytes: Uint8Array | string): void => writeFileSync(join(folder, path), bytes);
  add('Windows/System32/program.exe', machineCode(1_300_000));
  add(
    'Windows/System32/text.txt',
    Array.from({ length: 40_000 }, (_, i) => `line ${i} ${(i * 7919) % 1013}`).join('\n'),
  );
  add('Windows/System32/same.txt', 'the same content');
  add('Windows/same again.txt', 'the same content');
  add('Windows/empty file', '');
  add('noise', noise(200_000));
  add('exactly one chunk', new Uint8Array(32_768).fill(1));
  add('one byte more', new Uint8Array(32_769).fill(2));
  add(longName, 'a long name');
  add(`${'deep/'.repeat(40)}leaf`, 'deep');
  linkSync(join(folder, 'Windows/System32/text.txt'), join(folder, 'hard link'));
  linkSync(join(folder, 'Windows/System32/text.txt'), join(folder, 'Windows/hard link'));
  symlinkSync('Windows/same again.txt', join(folder, 'symbolic link'));
}

/** Paths and SHA-1 of a folder on disk that holds no symbolic link. */
export async function folderListing(path: string): Promise<Record<string, string | null>> {
  const tree = await readDirectory(path);
  // Awaited here: the folder is closed when this block ends.
  const list = await listing(tree.root);
  return list;
}

function machineCode(size: number): Buffer {
  const bytes = Buffer.alloc(size);
  const file = openSync(process.execPath, 'r');
  readSync(file, bytes, 0, size, 40_000_000);
  closeSync(file);
  return bytes;
}

function noise(size: number): Buffer {
  const parts: Buffer[] = [];
  for (let i = 0; i * 32 < size; i++) parts.push(createHash('sha256').update(`noise ${i}`).digest());
  return Buffer.concat(parts).subarray(0, size);
}
