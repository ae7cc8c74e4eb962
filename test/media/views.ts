/** The four views of an image file, each read by a foreign program into hashes by path; and the FAT volume, cut out. */
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { run, sha256File } from '../support/tools.ts';

const sector = 512;

/** Where the first partition lies, as sfdisk reads the table; bytes. */
export async function firstPartition(iso: string): Promise<{ readonly start: number; readonly size: number }> {
  const { stdout } = await run('sfdisk', ['--dump', iso]);
  const [, start, size] = /start= *(\d+), size= *(\d+)/.exec(stdout) ?? [];
  return { start: Number(start) * sector, size: Number(size) * sector };
}

/** Copies the first partition into a file of its own, for tools that know no offsets. */
export async function cutPartition(iso: string, target: string): Promise<string> {
  const { start, size } = await firstPartition(iso);
  await run('dd', [
    `if=${iso}`,
    `of=${target}`,
    'bs=1M',
    'iflag=skip_bytes,count_bytes',
    `skip=${start}`,
    `count=${size}`,
  ]);
  return target;
}

/** SHA-256 of every file below a folder, by path with `/`. */
export function hashesBelow(folder: string): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const places = paths.map((path) => path.slice(folder.length + 1)).toSorted((a, b) => (a < b ? -1 : 1));
  return Object.fromEntries(places.map((path) => [path, sha256File(join(folder, path))]));
}

async function with7z(type: string, iso: string, folder: string): Promise<string> {
  // The ISO view also shows El Torito's images, in a folder that is none.
  await run('7z', ['x', '-y', type, '-x![BOOT]', `-o${folder}`, iso]);
  return folder;
}

/** UDF as 7-Zip extracts it. */
export const udfView = (iso: string, folder: string): Promise<string> => with7z('-tudf', iso, folder);

/** Joliet: 7-Zip's ISO view shows it wherever a disc has it. */
export const jolietView = (iso: string, folder: string): Promise<string> => with7z('-tiso', iso, folder);

/** The disc as xorriso reads it: plain ISO 9660 with its names in upper case (`ecma119`), or Joliet (`norock`). */
export async function xorrisoView(iso: string, tree: 'ecma119' | 'norock', folder: string): Promise<string> {
  await run('xorriso', ['-read_fs', tree, '-osirrox', 'on', '-indev', iso, '-extract', '/', folder]);
  await run('chmod', ['-R', 'u+rwX', folder]); // as read-only as the disc otherwise
  return folder;
}

/** The FAT volume inside the image file as mtools copies it. */
export async function fatView(iso: string, folder: string): Promise<string> {
  const { start } = await firstPartition(iso);
  mkdirSync(folder);
  await run('mcopy', ['-s', '-n', '-i', `${iso}@@${start}`, '::/', folder]);
  return folder;
}
