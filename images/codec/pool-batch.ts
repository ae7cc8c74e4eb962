/** Batches of chunks: what travels to a worker at once, since a message costs about as much as decoding a 32 KiB chunk. */
import { checkSize } from './decoder.ts';
import type { Malformed } from './malformed.ts';
import type { EngineName, CompressedChunk, Compression } from './types.ts';

/** A batch is closed once its chunks decode to this many bytes; a larger chunk makes a batch of its own. */
const batchBytes = 512 * 1024;

/** What every worker is started with. */
export interface PoolSettings {
  readonly compression: Compression;
  readonly chunkSize: number;
  readonly engine: EngineName;
}

/** Chunks laid end to end; `input` is transferred to the worker. */
export interface Batch {
  /** Position of the first chunk in the source. */
  readonly firstChunk: number;
  readonly input: ArrayBuffer;
  readonly inputSizes: readonly number[];
  readonly outputSizes: readonly number[];
}

/** A worker's answer; `output` is transferred back. */
export interface DecodedBatch {
  readonly output: ArrayBuffer;
  /** Why the chunk behind the last decoded one could not be decoded; the chunks behind it were not tried. */
  readonly malformed?: Malformed;
  /** How many chunks of the batch were decoded. */
  readonly decoded: number;
}

/** What the pool decodes: chunks in order. */
export type ChunkSource = AsyncIterable<CompressedChunk> | Iterable<CompressedChunk>;

/** Groups the chunks of `source`. When `source` throws, the chunks before that come as a batch first. */
export async function* batchesOf(source: ChunkSource, chunkSize: number): AsyncGenerator<Batch, void, void> {
  let chunks: CompressedChunk[] = [];
  let firstChunk = 0;
  let total = 0;
  let failure: { readonly error: unknown } | undefined;
  try {
    for await (const { bytes, size } of source) {
      checkSize(size, chunkSize);
      chunks.push({ bytes: bytes.slice(), size }); // the source may use its buffer again
      total += size;
      if (total < batchBytes) continue;
      yield makeBatch(firstChunk, chunks);
      firstChunk += chunks.length;
      chunks = [];
      total = 0;
    }
  } catch (error) {
    failure = { error };
  }
  if (chunks.length > 0) yield makeBatch(firstChunk, chunks);
  if (failure !== undefined) throw failure.error;
}

function makeBatch(firstChunk: number, chunks: readonly CompressedChunk[]): Batch {
  const inputSizes = chunks.map(({ bytes }) => bytes.length);
  const input = new Uint8Array(sum(inputSizes));
  let at = 0;
  for (const { bytes } of chunks) {
    input.set(bytes, at);
    at += bytes.length;
  }
  return { firstChunk, input: input.buffer, inputSizes, outputSizes: chunks.map(({ size }) => size) };
}

/** The sum of the sizes of one batch. */
export function sum(sizes: readonly number[]): number {
  return sizes.reduce((total, size) => total + size, 0);
}
