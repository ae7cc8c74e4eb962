/** Reading the parts of a source with synchronous calls, in a thread; files are closed when too many are open. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { partLength, type FileExtent, type SourcePart } from './source.ts';

/** A folder of 100,000 files must not need 100,000 handles: a process has some 1,000 of them. */
const filesKept = 64;

/** Files opened for reading, by their paths. */
export class OpenFiles {
  readonly #files = new Map<string, number>();

  open(path: string): number {
    const known = this.#files.get(path);
    if (known !== undefined) return known;
    const [oldest] = this.#files;
    if (oldest && this.#files.size >= filesKept) {
      closeSync(oldest[1]);
      this.#files.delete(oldest[0]);
    }
    const file = openSync(path, 'r');
    this.#files.set(path, file);
    return file;
  }

  close(): void {
    for (const file of this.#files.values()) closeSync(file);
    this.#files.clear();
  }
}

export interface PartsReader {
  /** Fills `target` with what comes next. Throws what the system throws, `OSDKIT_SHRUNK` for a file that ends early. */
  fill(target: Uint8Array): number;
  /** Checks that the files are what they were when they were found; throws `OSDKIT_CHANGED`. */
  end(): void;
}

/** Reads parts one after another. No more may be asked for than they hold. */
export function partsReader(parts: readonly SourcePart[], files: OpenFiles): PartsReader {
  let index = 0;
  let done = 0;
  return {
    fill(target) {
      for (let got = 0; got < target.length; ) {
        const part = parts[index];
        if (!part) throw new RangeError('more bytes are asked for than the parts hold');
        const length = Math.min(partLength(part) - done, target.length - got);
        if (length > 0) read(part, done, target.subarray(got, got + length), files);
        got += length;
        done += length;
        if (done < partLength(part)) continue;
        index++;
        done = 0;
      }
      return target.length;
    },
    end() {
      for (const part of parts) if (!('bytes' in part)) checkState(part, files);
    },
  };
}

function read(part: SourcePart, from: number, target: Uint8Array, files: OpenFiles): void {
  if ('bytes' in part) return target.set(part.bytes.subarray(from, from + target.length));
  const { path, offset } = part;
  const file = files.open(path);
  for (let done = 0; done < target.length; ) {
    const count = readSync(file, target, done, target.length - done, offset + from + done);
    if (count === 0) {
      throw Object.assign(new Error(`${path} ended at ${offset + from + done}`), { code: 'OSDKIT_SHRUNK', path });
    }
    done += count;
  }
}

function checkState({ path, state }: FileExtent, files: OpenFiles): void {
  if (!state) return;
  const { size, mtimeMs, ino } = fstatSync(files.open(path));
  if (size === state.size && mtimeMs === state.modified && ino === state.inode) return;
  throw Object.assign(new Error(`${path} changed while it was being read`), { code: 'OSDKIT_CHANGED', path });
}
