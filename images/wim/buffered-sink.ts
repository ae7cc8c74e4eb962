/**
 * Appending to a sink in small steps; what was appended can be patched or taken back. One write of a whole buffer is in
 * flight while the next buffer is filled, and the system writes out large outputs meanwhile.
 */
import type { ByteSink } from '../bytes/index.ts';

const bufferSize = 1024 * 1024;
/** Waiting data is written out in steps of so many bytes: what is left for the end takes little time then. */
const writeBackStep = 64 * bufferSize;

export class BufferedSink {
  readonly #sink: ByteSink;
  #buffer = new Uint8Array(bufferSize);
  #other = new Uint8Array(bufferSize);
  /** The write of the other buffer. */
  #inFlight: Promise<void> = Promise.resolve();
  #writingBack: Promise<void> | undefined;
  #sinceWriteBack = 0;
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

  /** Throws what an earlier write threw. `bytes` are the caller's again when it returns. */
  async append(bytes: Uint8Array): Promise<void> {
    for (let done = 0; done < bytes.length; ) {
      if (this.#used === bufferSize) await this.#push();
      const some = bytes.subarray(done, done + bufferSize - this.#used);
      this.#buffer.set(some, this.#used);
      this.#used += some.length;
      done += some.length;
    }
  }

  /** Leaves a gap to be patched. */
  async skip(count: number): Promise<void> {
    for (let left = count; left > 0; ) {
      if (this.#used === bufferSize) await this.#push();
      const some = Math.min(left, bufferSize - this.#used);
      this.#buffer.fill(0, this.#used, this.#used + some);
      this.#used += some;
      left -= some;
    }
  }

  /** Replaces bytes that were appended. */
  async patch(offset: number, bytes: Uint8Array): Promise<void> {
    const before = Math.min(bytes.length, Math.max(0, this.#start - offset));
    if (before > 0) {
      await this.#inFlight;
      await this.#sink.write(offset, bytes.subarray(0, before));
    }
    if (before < bytes.length) this.#buffer.set(bytes.subarray(before), offset + before - this.#start);
  }

  /** Takes back everything from `offset` on. What is in the sink already, or on its way, will be written over. */
  rewind(offset: number): void {
    this.#used = Math.max(0, offset - this.#start);
    this.#start = Math.min(this.#start, offset);
  }

  async flush(): Promise<void> {
    await this.#push();
    await this.#inFlight;
    await this.#writingBack;
  }

  /** Waits until nothing is on its way, whatever comes of it: who gives up truncates or closes the sink next. */
  async settle(): Promise<void> {
    await Promise.allSettled([this.#inFlight, this.#writingBack]);
  }

  /** Starts to write the buffer when the write before is done, so that later bytes come last. */
  async #push(): Promise<void> {
    await this.#inFlight;
    if (this.#used === 0) return;
    const bytes = this.#buffer.subarray(0, this.#used);
    this.#inFlight = this.#sink.write(this.#start, bytes);
    this.#inFlight.catch(() => undefined); // thrown when it is waited for
    [this.#buffer, this.#other] = [this.#other, this.#buffer];
    this.#start += this.#used;
    this.#sinceWriteBack += this.#used;
    this.#used = 0;
    if (this.#sinceWriteBack >= writeBackStep) await this.#writeBack();
  }

  async #writeBack(): Promise<void> {
    this.#sinceWriteBack = 0;
    if (!this.#sink.writeBack) return;
    await this.#writingBack; // the system is slower than we are: no more than a step is waiting
    this.#writingBack = this.#sink.writeBack();
    this.#writingBack.catch(() => undefined);
  }
}
