/** Chunks compressed in order, by threads when there are some, each together with what it was. */
import { compressChunks } from '../codec/index.ts';
import type { Form } from './contents.ts';

export interface ChunkPair {
  readonly raw: Uint8Array;
  /** Undefined for a chunk that is stored as it is. */
  readonly bytes: Uint8Array | undefined;
}

/** Compresses every chunk; with `none` they pass through. Throws CanceledError, what `chunks` throws. */
export async function* compressInOrder(
  chunks: AsyncIterable<Uint8Array>,
  { compression, chunkSize, workers = 0 }: Form,
  signal: AbortSignal,
): AsyncGenerator<ChunkPair> {
  if (compression === 'none') {
    for await (const raw of chunks) yield { raw, bytes: undefined };
    return;
  }
  // What is in flight: as much as the pool takes.
  const waiting: Uint8Array[] = [];
  const remembered = async function* (): AsyncGenerator<Uint8Array> {
    for await (const raw of chunks) {
      waiting.push(raw);
      yield raw;
    }
  };
  for await (const { bytes } of compressChunks(remembered(), { compression, chunkSize, workers, signal })) {
    const raw = waiting.shift() as Uint8Array;
    yield { raw, bytes: bytes.length < raw.length ? bytes : undefined };
  }
}
