/** Chunks compressed in order, each together with what it was. */
import { checkCanceled } from '../../src/core/index.ts';
import { createCompressor } from '../codec/index.ts';
import type { Form } from './contents.ts';

export interface ChunkPair {
  readonly raw: Uint8Array;
  /** Undefined for a chunk that is stored as it is. */
  readonly bytes: Uint8Array | undefined;
}

/** Compresses every chunk; with `none` they pass through. Throws CanceledError, what `chunks` throws. */
export async function* compressInOrder(
  chunks: AsyncIterable<Uint8Array>,
  { compression, chunkSize }: Form,
  signal: AbortSignal,
): AsyncGenerator<ChunkPair> {
  const compressor = compression === 'none' ? undefined : createCompressor(compression, chunkSize);
  for await (const raw of chunks) {
    checkCanceled(signal);
    yield { raw, bytes: compressor?.compress(raw) };
  }
}
