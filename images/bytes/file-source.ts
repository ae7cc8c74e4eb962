/** A file as a ByteSource. Reads of tables go through the event loop; bulk copies go through `transfer` in a worker. */
import { open, stat, type FileHandle } from 'node:fs/promises';
import { FormatError, toOsdkitError } from '../../src/core/index.ts';
import { bytesCode } from './codes.ts';
import { checkRange, type ByteSource } from './source.ts';

export interface FileSource extends ByteSource {
  readonly path: string;
  readonly close: () => Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

interface Identity {
  readonly size: bigint;
  readonly mtimeNs: bigint;
  readonly ino: bigint;
}

const idOf = (path: string, s: Identity): string => `file:${path}:${s.size}:${s.mtimeNs}:${s.ino}`;

/**
 * Opens a file for reading. The id holds path, size, time of change and inode, so that a changed file has another id.
 * Throws InputError when it does not exist, EnvironmentError when the system refuses.
 */
export async function openFile(path: string): Promise<FileSource> {
  let handle: FileHandle;
  try {
    handle = await open(path, 'r');
  } catch (error) {
    throw toOsdkitError(error, `opening ${path}`);
  }
  const stats = await handle.stat({ bigint: true });
  if (stats.isDirectory()) {
    await handle.close();
    throw toOsdkitError(Object.assign(new Error('it is a folder'), { code: 'EISDIR', path }), `opening ${path}`);
  }
  const id = idOf(path, stats);
  const size = Number(stats.size);
  const close = (): Promise<void> => handle.close();
  return {
    id,
    name: path,
    path,
    size,
    parts: [{ path, offset: 0, length: size }],
    async read(offset, length) {
      checkRange({ id, name: path, size }, offset, length);
      const bytes = new Uint8Array(length);
      for (let done = 0; done < length; ) {
        const { bytesRead } = await handle.read(bytes, done, length - done, offset + done).catch((error: unknown) => {
          throw toOsdkitError(error, `reading ${path}`);
        });
        if (bytesRead === 0) throw shrunk(path, offset + done);
        done += bytesRead;
      }
      return bytes;
    },
    async checkUnchanged() {
      const now = await stat(path, { bigint: true }).catch((error: unknown) => {
        throw toOsdkitError(error, `reading ${path} again`);
      });
      if (idOf(path, now) !== id) {
        throw new FormatError(bytesCode.BYTES_FILE_CHANGED, `${path} changed while it was being read`, {
          details: { path },
          hint: 'Close the program that writes to it and start again.',
        });
      }
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

function shrunk(path: string, offset: number): FormatError {
  return new FormatError(bytesCode.BYTES_FILE_CHANGED, `${path} became shorter while it was being read`, {
    details: { path, offset },
  });
}
