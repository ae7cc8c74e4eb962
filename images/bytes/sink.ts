/** The one port through which formats write: positioned writes. Files and memory are adapters. */

export interface ByteSink {
  /** Writes all of `bytes` at `offset`; a gap before it reads as zeros. */
  write(offset: number, bytes: Uint8Array): Promise<void>;
  /** Sets the length: cuts off, or lengthens with zeros. */
  truncate(size: number): Promise<void>;
  /** The file behind the sink, when there is one: lets `transfer` write from a worker. */
  readonly path?: string;
  /** What messages call that file, when it is not yet known by the name that the user gave. */
  readonly name?: string;
  /** Waits until all that was written is on the disk; absent where that does not matter. */
  readonly sync?: () => Promise<void>;
  /**
   * Writes to the disk what lies in memory by now, for sinks that are flushed in the end anyhow: called while the next bytes are
   * being written, so that less is left for the end.
   */
  readonly writeBack?: () => Promise<void>;
}

export interface MemorySink extends ByteSink {
  /** What has been written so far. */
  bytes(): Uint8Array;
}

/** A sink in memory, for small artifacts and tests. */
export function memorySink(): MemorySink {
  let buffer = new Uint8Array(4096);
  let size = 0;
  const reserve = (wanted: number): void => {
    if (wanted <= buffer.length) return;
    const larger = new Uint8Array(Math.max(wanted, buffer.length * 2));
    larger.set(buffer.subarray(0, size));
    buffer = larger;
  };
  return {
    async write(offset, bytes) {
      reserve(offset + bytes.length);
      buffer.set(bytes, offset);
      size = Math.max(size, offset + bytes.length);
    },
    async truncate(length) {
      reserve(length);
      if (length < size) buffer.fill(0, length, size);
      size = length;
    },
    bytes: () => buffer.slice(0, size),
  };
}
