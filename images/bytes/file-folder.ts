/**
 * A folder on disk with what a file system says about every name: links are not followed, hard links are told apart from
 * copies, names that are no text are listed. For captures; `images/tree` reads folders whose files alone matter.
 */
import type { BigIntStats } from 'node:fs';
import { lstat, readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { checkCanceled, LimitError, toOsdkitError, type OperationContext } from '../../src/core/index.ts';
import { bytesCode } from './codes.ts';

export interface FolderEntry {
  /** Empty for the folder itself. */
  readonly name: string;
  readonly path: string;
  readonly kind: 'file' | 'directory' | 'link' | 'other';
  readonly size: number;
  /** Nanoseconds since 1970. */
  readonly modified: bigint;
  /** Owner, group and st_mode as the system has them. */
  readonly uid: number;
  readonly gid: number;
  readonly mode: number;
  readonly device: number;
  /** Names of one file have one id; undefined for a file with a single name. */
  readonly file: string | undefined;
  /** Of symbolic links, as it stands there. */
  readonly target: string | undefined;
  /** What a link leads to is a folder. */
  readonly leadsToFolder: boolean;
  readonly children: readonly FolderEntry[];
  /** Names in this folder that are no UTF-8 text, as hexadecimal. */
  readonly unreadable: readonly string[];
}

/** Asked at the same time. */
const atOnce = 32;
const deepest = 512;

/** Reads a folder; children in the order of their names' UTF-16 units. Throws LimitError (`BYTES_LIMIT`), CanceledError. */
export async function scanFolder(path: string, context: OperationContext): Promise<FolderEntry> {
  const root = await entryAt(path, '', 0, context);
  if (root.kind === 'directory') return root;
  throw toOsdkitError(
    Object.assign(new Error('it is no folder'), { code: 'ENOTDIR', path }),
    `reading the folder ${path}`,
  );
}

type Plain = Omit<FolderEntry, 'children' | 'unreadable'>;

async function entryAt(path: string, name: string, depth: number, context: OperationContext): Promise<FolderEntry> {
  return withChildren(await plainEntry(path, name), depth, context);
}

/** Folders one after another, so that the number of handles and requests does not grow with the depth. */
async function withChildren(entry: Plain, depth: number, context: OperationContext): Promise<FolderEntry> {
  if (entry.kind !== 'directory') return { ...entry, children: [], unreadable: [] };
  return { ...entry, ...(await childrenOf(entry.path, depth, context)) };
}

async function plainEntry(path: string, name: string): Promise<Plain> {
  // The folder itself may be named by a link.
  const stats = await lstat(name === '' ? `${path}/.` : path, { bigint: true }).catch((error: unknown) =>
    fail(error, path),
  );
  const kind = kindOf(stats);
  return {
    name,
    path,
    kind,
    size: Number(stats.size),
    modified: stats.mtimeNs,
    uid: Number(stats.uid),
    gid: Number(stats.gid),
    mode: Number(stats.mode),
    device: Number(stats.rdev),
    file: kind === 'file' && stats.nlink > 1n ? `${stats.dev}:${stats.ino}` : undefined,
    target: kind === 'link' ? await readlink(path).catch((error: unknown) => fail(error, path)) : undefined,
    leadsToFolder: kind === 'link' && (await isFolder(path)),
  };
}

async function childrenOf(
  path: string,
  depth: number,
  context: OperationContext,
): Promise<Pick<FolderEntry, 'children' | 'unreadable'>> {
  if (depth >= deepest) {
    throw new LimitError(bytesCode.BYTES_LIMIT, `${path}: folders are nested deeper than ${deepest}, the limit here`);
  }
  const raw = await readdir(path, { encoding: 'buffer' }).catch((error: unknown) => fail(error, path));
  const names: string[] = [];
  const unreadable: string[] = [];
  for (const bytes of raw) {
    const name = bytes.toString('utf8');
    if (Buffer.from(name, 'utf8').equals(bytes)) names.push(name);
    else unreadable.push(bytes.toString('hex'));
  }
  names.sort();
  const children: FolderEntry[] = [];
  for (let i = 0; i < names.length; i += atOnce) {
    checkCanceled(context.signal);
    const some = await Promise.all(names.slice(i, i + atOnce).map((name) => plainEntry(join(path, name), name)));
    for (const entry of some) children.push(await withChildren(entry, depth + 1, context));
  }
  return { children, unreadable: unreadable.sort() };
}

function kindOf(stats: BigIntStats): FolderEntry['kind'] {
  if (stats.isFile()) return 'file';
  if (stats.isDirectory()) return 'directory';
  return stats.isSymbolicLink() ? 'link' : 'other';
}

async function isFolder(path: string): Promise<boolean> {
  return lstat(`${path}/.`).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}

function fail(error: unknown, path: string): never {
  throw toOsdkitError(error, `reading ${path}`);
}
