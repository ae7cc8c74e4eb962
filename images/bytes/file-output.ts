/**
 * Writing a file so that nothing is ever half-made: a temporary name beside the target, flush, rename. An existing file
 * stays untouched until the new one is whole; whatever stops the program removes the temporary file.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, unlinkSync } from 'node:fs';
import { open, rename, unlink } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { checkCanceled, InputError, toOsdkitError, type OperationContext } from '../../src/core/index.ts';
import { bytesCode } from './codes.ts';
import type { ByteSink } from './sink.ts';

/** Temporary files in work; a process that exits in mid-write removes them on the way out. */
const partials = new Set<string>();
let exitHookInstalled = false;

function track(path: string): void {
  partials.add(path);
  if (exitHookInstalled) return;
  exitHookInstalled = true;
  process.on('exit', () => {
    for (const partial of partials) {
      try {
        unlinkSync(partial);
      } catch {
        // Already gone: nothing to clean.
      }
    }
  });
}

/** Throws InputError (`BYTES_OUTPUT_EXISTS`) when `path` exists and may not be replaced. */
export function checkOutputFree(path: string, force: boolean): void {
  if (force || !existsSync(path)) return;
  throw new InputError(bytesCode.BYTES_OUTPUT_EXISTS, `${path} exists already`, {
    details: { path },
    hint: 'Choose another name, or give --force: it is replaced only when the new file is whole and verified.',
  });
}

/**
 * Calls `write` with a sink on `<path>.partial-<random>`; when it returns, flushes to disk and renames to `path`. When it
 * throws, is canceled, or the process ends, the partial file is removed. Throws InputError when `path` exists and `force`
 * is false, EnvironmentError for a full disk or missing rights.
 */
export async function writeOutput<T>(
  path: string,
  options: { readonly force: boolean },
  context: OperationContext,
  write: (sink: ByteSink & { readonly path: string }) => Promise<T>,
): Promise<T> {
  const target = resolve(path);
  checkOutputFree(target, options.force);
  const partial = `${target}.partial-${randomBytes(4).toString('hex')}`;
  const handle = await open(partial, 'wx+').catch((error: unknown) => {
    throw toOsdkitError(error, `creating ${partial}`);
  });
  track(partial);
  try {
    const sink = {
      path: partial,
      async write(offset: number, bytes: Uint8Array) {
        for (let done = 0; done < bytes.length; ) {
          done += (await handle.write(bytes, done, bytes.length - done, offset + done)).bytesWritten;
        }
      },
      truncate: (size: number) => handle.truncate(size),
    };
    const result = await write(sink);
    checkCanceled(context.signal);
    await handle.sync();
    await handle.close();
    checkOutputFree(target, options.force);
    await rename(partial, target);
    partials.delete(partial);
    await syncFolder(dirname(target));
    return result;
  } catch (error) {
    await handle.close().catch(() => undefined);
    await unlink(partial).catch(() => undefined);
    partials.delete(partial);
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
