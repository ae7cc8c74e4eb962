/** What sources share whose file is opened for each read and for nothing else: the read itself, and what is said when it changed. */
import { closeSync, openSync, readSync } from 'node:fs';
import { FormatError, toOsdkitError } from '../../src/core/index.ts';
import { bytesCode } from './codes.ts';

/** A file is not what it was when its reading began. */
export function fileChanged(path: string): FormatError {
  return new FormatError(bytesCode.BYTES_FILE_CHANGED, `${path} changed while it was being read`, {
    details: { path },
    hint: 'Close the program that writes to it and start again.',
  });
}

/** What the system answers about a file, its refusals as errors of ours. */
export function askedOf<T>(path: string, ask: () => T): T {
  try {
    return ask();
  } catch (error) {
    throw toOsdkitError(error, `reading ${path}`);
  }
}

/**
 * Opens the file, lets `check` look at it (by file descriptor), and fills `bytes` from `offset` on. Throws FormatError
 * (`BYTES_FILE_CHANGED`) when it ends early, and what `check` and the system say.
 */
export function readOnce(path: string, offset: number, bytes: Uint8Array, check: (file: number) => void): void {
  const file = askedOf(path, () => openSync(path, 'r'));
  try {
    check(file);
    for (let done = 0; done < bytes.length; ) {
      const from = done;
      const count = askedOf(path, () => readSync(file, bytes, from, bytes.length - from, offset + from));
      if (count === 0) throw fileChanged(path);
      done += count;
    }
  } finally {
    closeSync(file);
  }
}
