/** Small inputs that may be pipes: `--password-file <(pass show x)` has neither a size nor positions. */
import { open } from 'node:fs/promises';
import { LimitError, toOsdkitError } from '../../src/core/index.ts';
import { bytesCode } from './codes.ts';

/**
 * Everything up to the end of a file or pipe. Throws LimitError (`BYTES_LIMIT`) above `limit` bytes, InputError when it does
 * not exist, EnvironmentError when the system refuses.
 */
export async function readToEnd(path: string, limit: number): Promise<Uint8Array> {
  const handle = await open(path, 'r').catch((error: unknown) => {
    throw toOsdkitError(error, `opening ${path}`);
  });
  const buffer = new Uint8Array(limit + 1);
  let size = 0;
  try {
    for (let more = true; more && size <= limit; ) {
      const { bytesRead } = await handle.read(buffer, size, buffer.length - size);
      size += bytesRead;
      more = bytesRead > 0;
    }
  } catch (error) {
    throw toOsdkitError(error, `reading ${path}`);
  } finally {
    await handle.close();
  }
  if (size <= limit) return buffer.subarray(0, size);
  throw new LimitError(bytesCode.BYTES_LIMIT, `${path}: more than ${limit} bytes, the limit here`, {
    details: { path, expected: limit },
  });
}
