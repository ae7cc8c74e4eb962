/** Appending to a sink in small steps, written 1 MiB at a time; what was appended can be patched or taken back. */
import type { ByteSink } from '../bytes/index.ts';

const bufferSize = 1024 * 1024;
/** From here on copying into the buffer costs more than a write. */
const worthItsOwnWrite = 256 * 1024;

export class BufferedSink {
  readonly #sink: ByteSink;
  readonly #buffer = new Uint8Array(bufferSize);
  /** Offset in the sink of the first byte in the buffer. */
  #start: number;
  #used = 0;

  constructor(sink: ByteSink, start: number) {
    this.#sink = sink;
    this.#start = start;
  }

  /** Where the next byte goes. */
  get end(): number {
    return this.#start + this.#used;
  }

  async append(bytes: Uint8Array): Promise<void> {
    if (bytes.length >= worthItsOwnWrite) {
      await this.flush();
      await this.#sink.write(this.#start, bytes);
      this.#start += bytes.length;
      return;
    }
    for (let done = 0; done < bytes.length; ) {
      if (this.#used === bufferSize) await this.flush();
      const some = bytes.subarray(done, done + bufferSize - this.#used);
      this.#buffer.set(some, this.#used);
      this.#used += some.length;
      done += some.length;
    }
  }

  /** Leaves a gap to be patched. */
  async skip(count: number): Promise<void> {
    for (let left = count; left > 0; ) {
      if (this.#used === bufferSize) await this.flush();
      const some = Math.min(left, bufferSize - this.#used);
      this.#buffer.fill(0, this.#used, this.#used + some);
      this.#used += some;
      left -= some;
    }
  }

  /** Replaces bytes that were appended. */
  async patch(offset: number, bytes: Uint8Array): Promise<void> {
    const before = Math.min(bytes.length, Math.max(0, this.#start - offset));
    if (before > 0) await this.#sink.write(offset, bytes.subarray(0, before));
    if (before < bytes.length) this.#buffer.set(bytes.subarray(before), offset + before - this.#start);
  }

  /** Takes back everything from `offset` on. What is in the sink already will be written over. */
  rewind(offset: number): void {
    this.#used = Math.max(0, offset - this.#start);
    this.#start = Math.min(this.#start, offset);
  }

  async flush(): Promise<void> {
    if (this.#used > 0) await this.#sink.write(this.#start, this.#buffer.subarray(0, this.#used));
    this.#start += this.#used;
    this.#used = 0;
  }
}
