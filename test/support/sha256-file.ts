/** SHA-256 of a file without holding it in memory. */
import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';

/** Lower-case hex SHA-256 of a file. */
export function sha256File(path: string): string {
  const hash = createHash('sha256');
  const buffer = Buffer.alloc(1 << 20);
  const handle = openSync(path, 'r');
  try {
    for (let got = readSync(handle, buffer); got > 0; got = readSync(handle, buffer)) {
      hash.update(buffer.subarray(0, got));
    }
  } finally {
    closeSync(handle);
  }
  return hash.digest('hex');
}
