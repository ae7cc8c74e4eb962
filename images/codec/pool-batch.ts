/** Batches of chunks: what goes to a worker at once, since a message costs about as much as decoding a 32 KiB chunk. */
import { checkSize } from './decoder.ts';
import type { Malformed } from './malformed.ts';
import type { CompressedChunk } from './types.ts';

/** A batch is closed once its chunks decode to this many bytes; a larger chunk makes a batch of its own. */
const batchBytes = 512 * 1024;

/** What the pool decodes or compresses: chunks in order. Their size is what they are, or were, uncompressed. */
export type ChunkSource<Chunk extends CompressedChunk | Uint8Array = CompressedChunk | Uint8Array> =
  | AsyncIterable<Chunk>
  | Iterable<Chunk>;

/** A chunk of either source with its uncompressed size. */
export function withSize(chunk: CompressedChunk | Uint8Array): CompressedChunk {
  return chunk instanceof Uint8Array ? { bytes: chunk, size: chunk.length } : chunk;
}

/** A batch as a worker gets it: chunks end to end in shared memory, and for each as much room as its uncompressed size. */
export interface BatchOrder {
  readonly input: SharedArrayBuffer;
  readonly output: SharedArrayBuffer;
  readonly inputSizes: readonly number[];
  readonly outputSizes: readonly number[];
}

/** A worker's answer. */
export interface BatchAnswer {
  /** What chunks of the batch came to, in bytes. */
  readonly written: readonly number[];
  /** Why the chunk behind those could not be decoded; the ones behind it were not tried. */
  readonly malformed?: Malformed;
}

/**
 * The memory of one batch, used again for a later one when this one's chunks have been yielded: fresh buffers of this size
 * would pile up to hundreds of megabytes before they are collected.
 */
export class Batch {
  /** Position of the first chunk in the source. */
  firstChunk = 0;
  /** Bytes of the chunks, uncompressed. */
  outputSize = 0;
  #input: Uint8Array<SharedArrayBuffer>;
  #output: Uint8Array<SharedArrayBuffer>;
  #inputSize = 0;
  #inputSizes: number[] = [];
  #outputSizes: number[] = [];

  constructor(chunkSize: number) {
    // Closed at batchBytes, so the last chunk may reach past it by one chunk.
    this.#input = new Uint8Array(new SharedArrayBuffer(batchBytes + chunkSize));
    this.#output = new Uint8Array(new SharedArrayBuffer(batchBytes + chunkSize));
  }

  get order(): BatchOrder {
    return {
      input: this.#input.buffer,
      output: this.#output.buffer,
      inputSizes: this.#inputSizes,
      outputSizes: this.#outputSizes,
    };
  }

  clear(firstChunk: number): this {
    this.firstChunk = firstChunk;
    this.outputSize = 0;
    this.#inputSize = 0;
    this.#inputSizes = [];
    this.#outputSizes = [];
    return this;
  }

  /** Copies a chunk in; `size` was checked. */
  add({ bytes, size }: CompressedChunk): void {
    const end = this.#inputSize + bytes.length;
    if (end > this.#input.length) {
      const larger = new Uint8Array(new SharedArrayBuffer(end)); // only for chunks that will be refused for their length
      larger.set(this.#input.subarray(0, this.#inputSize));
      this.#input = larger;
    }
    this.#input.set(bytes, this.#inputSize);
    this.#inputSize = end;
    this.outputSize += size;
    this.#inputSizes.push(bytes.length);
    this.#outputSizes.push(size);
  }

  get count(): number {
    return this.#outputSizes.length;
  }

  /** What the first chunks came to, where it lies, each with its uncompressed size. */
  *results(written: readonly number[]): Generator<CompressedChunk, void, void> {
    let at = 0;
    for (const [i, length] of written.entries()) {
      const size = this.#outputSizes[i] ?? 0;
      yield { bytes: this.#output.subarray(at, at + length), size };
      at += size;
    }
  }
}

/** Groups the chunks of `source` into batches from `take`. When `source` throws, the chunks before that come first. */
export async function* batchesOf(
  source: ChunkSource,
  chunkSize: number,
  take: () => Batch,
): AsyncGenerator<Batch, void, void> {
  let batch: Batch | undefined;
  let firstChunk = 0;
  let failure: { readonly error: unknown } | undefined;
  try {
    for await (const chunk of source) {
      const sized = withSize(chunk);
      checkSize(sized.size, chunkSize);
      batch ??= take().clear(firstChunk);
      batch.add(sized);
      if (batch.outputSize < batchBytes) continue;
      firstChunk += batch.count;
      const full = batch;
      batch = undefined;
      yield full;
    }
  } catch (error) {
    failure = { error };
  }
  if (batch !== undefined) yield batch;
  if (failure !== undefined) throw failure.error;
}
