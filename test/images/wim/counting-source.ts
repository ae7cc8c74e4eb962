/** A source that counts what is read from it. */
import type { ByteSource } from '../../../images/bytes/index.ts';

export interface CountingSource extends ByteSource {
  reads: number;
  bytes: number;
}

/** `source` with counters. */
export function countingSource(source: ByteSource): CountingSource {
  const counting: CountingSource = {
    id: source.id,
    size: source.size,
    reads: 0,
    bytes: 0,
    async read(offset, length) {
      counting.reads += 1;
      counting.bytes += length;
      return source.read(offset, length);
    },
  };
  return counting;
}
