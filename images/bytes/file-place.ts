/** What lies at a path before a file is written there: nothing, a file that may be replaced, or something that must stay. */
import { lstat, realpath, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { InputError, toOsdkitError } from '../../src/core/index.ts';
import { bytesCode } from './codes.ts';

const errnoOf = (error: unknown): unknown => (error as { code?: unknown } | null)?.code;

/**
 * The path at which `path` is to be written: links followed, so that the file a link names is replaced and not the link.
 * Throws InputError: `BYTES_OUTPUT_FOLDER` when its folder does not exist, `BYTES_OUTPUT_KIND` for a folder, a device or
 * a link to nothing, `BYTES_OUTPUT_EXISTS` for a file when `force` is false.
 */
export async function outputPlace(path: string, force: boolean): Promise<string> {
  const target = resolve(path);
  const entry = await lstat(target).catch((error: unknown) => {
    if (errnoOf(error) === 'ENOENT') return undefined;
    if (errnoOf(error) === 'ENOTDIR') throw noFolder(path, error);
    throw toOsdkitError(error, `looking at ${path}`);
  });
  if (entry === undefined) {
    await checkFolder(path, dirname(target));
    return target;
  }
  const place = await realpath(target).catch(() => undefined);
  const found = place === undefined ? undefined : await stat(place);
  if (place === undefined || found === undefined || !found.isFile()) {
    const what = found === undefined ? 'a link to nothing' : found.isDirectory() ? 'a folder' : 'no ordinary file';
    throw new InputError(bytesCode.BYTES_OUTPUT_KIND, `${path} is ${what}: it is not replaced`, {
      details: { path },
      hint: 'Give the name of a file. To write a stick, make the image file first and copy it there.',
    });
  }
  if (!force) {
    throw new InputError(bytesCode.BYTES_OUTPUT_EXISTS, `${path} exists already`, {
      details: { path },
      hint: 'Choose another name, or give --force: it is replaced only when the new file is whole and verified.',
    });
  }
  return place;
}

async function checkFolder(path: string, folder: string): Promise<void> {
  const found = await stat(folder).catch((error: unknown) => {
    if (errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ENOTDIR') throw noFolder(path, error);
    throw toOsdkitError(error, `looking at ${folder}`);
  });
  if (!found.isDirectory()) throw noFolder(path, undefined);
}

function noFolder(path: string, cause: unknown): InputError {
  return new InputError(bytesCode.BYTES_OUTPUT_FOLDER, `${path}: its folder does not exist`, {
    details: { path },
    hint: 'Make the folder first, or check the spelling.',
    cause,
  });
}

/** Whether both paths lead to one file or folder, by whatever names and links. False when one does not exist. */
export async function isSameFile(a: string, b: string): Promise<boolean> {
  const [first, second] = await Promise.all([a, b].map((path) => stat(path, { bigint: true }).catch(() => undefined)));
  return first !== undefined && second !== undefined && first.dev === second.dev && first.ino === second.ino;
}

/** Whether `path`, which need not exist, lies in `folder` or below it, links followed. */
export async function liesIn(path: string, folder: string): Promise<boolean> {
  const root = await realpath(folder).catch(() => undefined);
  const target = resolve(path);
  const parent = await realpath(dirname(target)).catch(() => undefined);
  if (root === undefined || parent === undefined) return false;
  const way = relative(root, join(parent, basename(target)));
  return way !== '' && !isAbsolute(way) && way.split(/[\\/]/, 1)[0] !== '..';
}
