/** A folder that is there whole or not at all: written under a temporary name beside its place, flushed, renamed. */
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { checkCanceled, toOsdkitError, type OperationContext } from '../../src/core/index.ts';

/**
 * Calls `write` with a new folder, which becomes `path` when it returns; the folders above are made. When another process made `path`
 * in the meantime, its folder stays and ours is removed: so only what always comes out the same may be written like this. What was
 * begun is removed when `write` throws. Throws EnvironmentError for missing rights, and what `write` throws.
 */
export async function writeFolder<T>(
  path: string,
  context: OperationContext,
  write: (folder: string) => Promise<T>,
): Promise<T> {
  const parent = dirname(path);
  const partial = join(parent, `.osdkit-${randomBytes(4).toString('hex')}.partial`);
  try {
    await mkdir(parent, { recursive: true });
    await mkdir(partial);
    const result = await write(partial);
    checkCanceled(context.signal);
    await rename(partial, path).catch(async (error: unknown) => {
      if (!(await isFolder(path))) throw error;
      await removeFolder(partial);
    });
    return result;
  } catch (error) {
    await removeFolder(partial);
    throw toOsdkitError(error, `writing the folder ${path}`);
  }
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}

/** Bytes of each file of a folder, by name; undefined where there is no such folder. */
export async function fileSizes(path: string): Promise<ReadonlyMap<string, number> | undefined> {
  const names = await readdir(path).catch(() => undefined);
  if (!names) return undefined;
  const sizes = new Map<string, number>();
  for (const name of names) {
    const stats = await stat(join(path, name)).catch(() => undefined);
    if (stats?.isFile()) sizes.set(name, stats.size);
  }
  return sizes;
}

/** Names and times of change (milliseconds since 1970) of the folders in a folder; none where there is no such folder. */
export async function foldersIn(path: string): Promise<ReadonlyMap<string, number>> {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
  const found = new Map<string, number>();
  for (const entry of entries) {
    if (!entry.isDirectory()) continue;
    const stats = await stat(join(path, entry.name)).catch(() => undefined);
    if (stats) found.set(entry.name, stats.mtimeMs);
  }
  return found;
}

/** Removes a folder with all that is in it; what cannot be removed stays, without an error. */
export async function removeFolder(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true }).catch(() => undefined);
}
