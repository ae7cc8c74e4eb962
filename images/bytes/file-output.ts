/**
 * Writing a file so that nothing is ever half-made: a temporary name beside the target, flush, rename. An existing file
 * stays untouched until the new one is whole; whatever stops the program removes the temporary file.
 */
import { randomBytes } from 'node:crypto';
import { link, open, rename, unlink, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { checkCanceled, toOsdkitError, type OperationContext } from '../../src/core/index.ts';
import { outputPlace } from './file-place.ts';
import { unfinished } from './file-unfinished.ts';
import type { ByteSink } from './sink.ts';

/**
 * Calls `write` with a sink on `.osdkit-<random>.partial` beside `path`; when it returns, flushes to disk and renames to `path`. When it
 * throws, is canceled, or the process ends, the partial file is removed. Throws InputError as `outputPlace`,
 * EnvironmentError for a full disk or missing rights.
 */
export async function writeOutput<T>(
  path: string,
  options: { readonly force: boolean },
  context: OperationContext,
  write: (sink: ByteSink & { readonly path: string }) => Promise<T>,
): Promise<T> {
  const target = await outputPlace(path, options.force);
  // Beside the target, so that a rename suffices; as short for every target, since names have limits.
  const partial = join(dirname(target), `.osdkit-${randomBytes(4).toString('hex')}.partial`);
  const made = unfinished();
  let handle: FileHandle | undefined;
  try {
    made.createFile(partial);
    handle = await open(partial, 'r+');
    const file = handle;
    const sink = {
      path: partial,
      name: path,
      async write(offset: number, bytes: Uint8Array) {
        for (let done = 0; done < bytes.length; ) {
          done += (await file.write(bytes, done, bytes.length - done, offset + done)).bytesWritten;
        }
      },
      truncate: (size: number) => file.truncate(size),
      writeBack: () => file.datasync(),
    };
    const result = await write(sink);
    checkCanceled(context.signal);
    await handle.sync();
    await handle.close();
    if (options.force) await rename(partial, target);
    else await putWhereNothingIs(partial, target, path);
    made.keep();
    await syncFolder(dirname(target));
    return result;
  } catch (error) {
    await handle?.close().catch(() => undefined);
    made.remove();
    throw toOsdkitError(error, `writing ${path}`);
  }
}

/** File systems without hard links say one of these (FAT, some network shares). */
const noLinks = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EXDEV', 'EMLINK', 'EINVAL']);

/** A rename that replaces nothing: another program may have made the target in the meantime, and a plain rename would win. */
async function putWhereNothingIs(partial: string, target: string, path: string): Promise<void> {
  try {
    await link(partial, target);
  } catch (error) {
    await outputPlace(path, false);
    const { code } = error as { code?: string };
    if (code === undefined || !noLinks.has(code)) throw error;
    await rename(partial, target);
    return;
  }
  await unlink(partial);
}

/** Makes the rename durable; systems whose folders cannot be opened (Windows) do that by themselves. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  if (!handle) return;
  await handle.sync().catch(() => undefined);
  await handle.close();
}
