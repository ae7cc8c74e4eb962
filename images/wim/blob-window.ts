/** Reading a WIM forwards by synchronous calls of up to 1 MiB: for threads, which have nothing else to do meanwhile. */
import { closeSync, openSync, readSync } from 'node:fs';
import type { FileExtent } from '../bytes/index.ts';

const windowSize = 1024 * 1024;

/** The file that a stretch lies in ended too early: it was changed. Threads send the code on. */
export const shrunkCode = 'OSDKIT_SHRUNK';

/** A file in stretches of files behind one window; `atLeast` is the longest piece that is asked for. */
export class BlobWindow {
  readonly #extents: readonly FileExtent[];
  readonly #handles = new Map<string, number>();
  readonly #buffer: Uint8Array;
  #start = 0;
  #length = 0;

  constructor(extents: readonly FileExtent[], atLeast: number) {
    this.#extents = extents;
    this.#buffer = new Uint8Array(Math.max(windowSize, atLeast));
  }

  /**
   * The bytes from `offset` on, good until the next call. Bytes behind `end` are not wanted: reads stop there. Throws the
   * system's error, and an Error with {@link shrunkCode} when the file is shorter.
   */
  at(offset: number, length: number, end: number): Uint8Array {
    if (offset < this.#start || offset + length > this.#start + this.#length) {
      const wanted = Math.max(length, Math.min(this.#buffer.length, end - offset));
      this.#length = 0;
      this.readInto(this.#buffer.subarray(0, wanted), offset);
      this.#start = offset;
      this.#length = wanted;
    }
    return this.#buffer.subarray(offset - this.#start, offset - this.#start + length);
  }

  /** Fills `target` with the bytes from `offset` on, past the window. Throws as {@link at}. */
  readInto(target: Uint8Array, offset: number): void {
    let start = 0;
    for (const { path, offset: place, length } of this.#extents) {
      const from = Math.max(offset, start);
      const to = Math.min(offset + target.length, start + length);
      for (let at = from; at < to; ) {
        const count = readSync(this.#open(path), target, at - offset, to - at, place + at - start);
        if (count === 0) {
          throw Object.assign(new Error(`${path} became shorter while it was being read`), { code: shrunkCode, path });
        }
        at += count;
      }
      start += length;
    }
  }

  close(): void {
    for (const handle of this.#handles.values()) closeSync(handle);
    this.#handles.clear();
  }

  #open(path: string): number {
    let handle = this.#handles.get(path);
    if (handle === undefined) this.#handles.set(path, (handle = openSync(path, 'r')));
    return handle;
  }
}
