/** A file found by `scanFolder`: nothing is open between two reads, and a read is synchronous, which is cheapest for small ones. */
import { closeSync, fstatSync, lstatSync, openSync, readSync, type BigIntStats } from 'node:fs';
import { FormatError, toOsdkitError } from '../../src/core/index.ts';
import { bytesCode } from './codes.ts';
import { checkRange, type ByteSource, type SourcePart } from './source.ts';

/** Size, time of change and inode tell whether it is still the same. */
export class ScannedFile implements ByteSource {
  readonly name: string;
  readonly size: number;
  readonly #modified: bigint;
  readonly #inode: bigint;

  constructor(path: string, stats: BigIntStats) {
    this.name = path;
    this.size = Number(stats.size);
    this.#modified = stats.mtimeNs;
    this.#inode = stats.ino;
  }

  get id(): string {
    return `file:${this.name}:${this.size}:${this.#modified}:${this.#inode}`;
  }

  get parts(): readonly SourcePart[] {
    return [{ path: this.name, offset: 0, length: this.size }];
  }

  get checkUnchanged(): () => Promise<void> {
    return async () => this.#compare(this.#asked(() => lstatSync(this.name, { bigint: true })));
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    checkRange(this, offset, length);
    const file = this.#asked(() => openSync(this.name, 'r'));
    try {
      this.#compare(this.#asked(() => fstatSync(file, { bigint: true })));
      const bytes = new Uint8Array(length);
      for (let done = 0; done < length; ) {
        const from = done;
        const count = this.#asked(() => readSync(file, bytes, from, length - from, offset + from));
        if (count === 0) throw this.#changed();
        done += count;
      }
      return bytes;
    } finally {
      closeSync(file);
    }
  }

  #compare(stats: BigIntStats): void {
    if (Number(stats.size) === this.size && stats.mtimeNs === this.#modified && stats.ino === this.#inode) return;
    throw this.#changed();
  }

  #changed(): FormatError {
    return new FormatError(bytesCode.BYTES_FILE_CHANGED, `${this.name} changed while it was being read`, {
      details: { path: this.name },
      hint: 'Close the program that writes to it and start again.',
    });
  }

  #asked<T>(ask: () => T): T {
    try {
      return ask();
    } catch (error) {
      throw toOsdkitError(error, `reading ${this.name}`);
    }
  }
}
