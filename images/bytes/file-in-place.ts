/** Changing a file where it is, for formats whose last write makes the change valid: until then the file means what it meant. */
import { open } from 'node:fs/promises';
import { checkCanceled, toOsdkitError, type OperationContext } from '../../src/core/index.ts';
import type { ByteSink } from './sink.ts';

/**
 * Calls `write` with a sink on the existing file `path` and flushes to disk. The caller sees to it that the file is sound
 * whenever it stops. Throws EnvironmentError for a full disk or missing rights.
 */
export async function writeInPlace<T>(
  path: string,
  context: OperationContext,
  write: (sink: ByteSink & { readonly path: string }) => Promise<T>,
): Promise<T> {
  checkCanceled(context.signal);
  const handle = await open(path, 'r+').catch((error: unknown) => {
    throw toOsdkitError(error, `opening ${path} for writing`);
  });
  try {
    const result = await write({
      path,
      async write(offset: number, bytes: Uint8Array) {
        for (let done = 0; done < bytes.length; ) {
          done += (await handle.write(bytes, done, bytes.length - done, offset + done)).bytesWritten;
        }
      },
      truncate: (size: number) => handle.truncate(size),
      sync: () => handle.sync(),
      writeBack: () => handle.datasync(),
    });
    await handle.sync();
    return result;
  } catch (error) {
    throw toOsdkitError(error, `writing ${path}`);
  } finally {
    await handle.close();
  }
}
