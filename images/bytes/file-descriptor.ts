/** A file kept open for as long as anyone may read it: its number goes to threads of this process, which read at positions. */
import { closeSync, fstatSync, openSync } from 'node:fs';
import { toOsdkitError } from '../../src/core/index.ts';

export interface FileDescriptor {
  readonly fd: number;
  readonly size: number;
  /** Closes it; later calls do nothing. Nobody may read by the number any more. */
  close(): void;
}

/** Opens a file for reading. Throws InputError when it does not exist, EnvironmentError when the system refuses. */
export function openDescriptor(path: string): FileDescriptor {
  try {
    const fd = openSync(path, 'r');
    let open = true;
    return {
      fd,
      size: fstatSync(fd).size,
      close() {
        if (open) closeSync(fd);
        open = false;
      },
    };
  } catch (error) {
    throw toOsdkitError(error, `opening ${path}`);
  }
}
