/** A file as a ByteSource. Reads of tables go through the event loop; bulk copies go through `transfer` in a worker. */
import { open, stat, type FileHandle } from 'node:fs/promises';
import { FormatError, toOsdkitError } from '../../src/core/index.ts';
import { bytesCode } from './codes.ts';
import { fileChanged } from './file-once-opened.ts';
import { checkRange, type ByteSource, type SourcePart } from './source.ts';

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
      if ((await idAt(path)) !== id) throw fileChanged(path);
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

/**
 * A file that is opened for each read, and now to see that it can be. For folders of 100,000 files, whose sources lie in
 * memory at once: no handle stays open, and id and parts are made when asked for. Throws as `openFile`; reading throws
 * FormatError (`BYTES_FILE_CHANGED`) once the file has changed.
 */
export async function fileOnDisk(path: string): Promise<ByteSource> {
  await using probe = await openFile(path);
  return new FileOnDisk(path, probe.size, probe.id.slice(`file:${path}:`.length));
}

class FileOnDisk implements ByteSource {
  readonly name: string;
  readonly size: number;
  readonly #state: string;

  constructor(path: string, size: number, state: string) {
    this.name = path;
    this.size = size;
    this.#state = state;
  }

  get id(): string {
    return `file:${this.name}:${this.#state}`;
  }

  get parts(): readonly SourcePart[] {
    return [{ path: this.name, offset: 0, length: this.size }];
  }

  get checkUnchanged(): () => Promise<void> {
    return () => this.#compare();
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    await using file = await openFile(this.name);
    if (file.id !== this.id) throw fileChanged(this.name);
    return file.read(offset, length);
  }

  async #compare(): Promise<void> {
    if ((await idAt(this.name)) !== this.id) throw fileChanged(this.name);
  }
}

/** The id that the file at a path would have now. */
async function idAt(path: string): Promise<string> {
  const now = await stat(path, { bigint: true }).catch((error: unknown) => {
    throw toOsdkitError(error, `reading ${path} again`);
  });
  return idOf(path, now);
}

function shrunk(path: string, offset: number): FormatError {
  return new FormatError(bytesCode.BYTES_FILE_CHANGED, `${path} became shorter while it was being read`, {
    details: { path, offset },
  });
}
