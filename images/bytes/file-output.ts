/**
 * Writing a file so that nothing is ever half-made: a temporary name beside the target, flush, rename. An existing file
 * stays untouched until the new one is whole; whatever stops the program removes the temporary file.
 */
import { randomBytes } from 'node:crypto';
import { open, rename, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { checkCanceled, toOsdkitError, type OperationContext } from '../../src/core/index.ts';
import { outputPlace } from './file-place.ts';
import { unfinished } from './file-unfinished.ts';
import type { ByteSink } from './sink.ts';

/**
 * Calls `write` with a sink on `<path>.partial-<random>`; when it returns, flushes to disk and renames to `path`. When it
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
  const partial = `${target}.partial-${randomBytes(4).toString('hex')}`;
  const made = unfinished();
  let handle: FileHandle | undefined;
  try {
    made.createFile(partial);
    handle = await open(partial, 'r+');
    const file = handle;
    const sink = {
      path: partial,
      async write(offset: number, bytes: Uint8Array) {
        for (let done = 0; done < bytes.length; ) {
          done += (await file.write(bytes, done, bytes.length - done, offset + done)).bytesWritten;
        }
      },
      truncate: (size: number) => file.truncate(size),
    };
    const result = await write(sink);
    checkCanceled(context.signal);
    await handle.sync();
    await handle.close();
    // Another program may have made it in the meantime.
    if (!options.force) await outputPlace(path, false);
    await rename(partial, target);
    made.keep();
    await syncFolder(dirname(target));
    return result;
  } catch (error) {
    await handle?.close().catch(() => undefined);
    made.remove();
    throw toOsdkitError(error, `writing ${path}`);
  }
}

/** Makes the rename durable; systems whose folders cannot be opened (Windows) do that by themselves. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  if (!handle) return;
  await handle.sync().catch(() => undefined);
  await handle.close();
}
