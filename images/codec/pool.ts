/**
 * Decoding and compression of many chunks, in order, by a pool of worker threads. Bounded: at most two batches of about 512 KiB (or one
 * chunk, when that is larger) a thread are in flight, however fast the source is.
 */
import { checkCanceled, InputError } from '../../src/core/index.ts';
import { codecCode } from './codes.ts';
import { checkSize } from './decoder.ts';
import { codecEngine } from './engine.ts';
import { malformedChunk } from './malformed.ts';
import { Batch, batchesOf, withSize, type BatchAnswer, type ChunkSource } from './pool-batch.ts';
import { createStep, type PoolSettings, type Step } from './pool-step.ts';
import { PoolThreads } from './pool-threads.ts';
import type { CompressedChunk, Compression, EngineName } from './types.ts';

/** How {@link decodeChunks} and {@link compressChunks} work. */
export interface ChunksOptions {
  readonly compression: Compression;
  /** Uncompressed size of every chunk but the last. */
  readonly chunkSize: number;
  /** Threads beside this one, 0 to 256; 0, the default, works in this thread. The bytes do not depend on it. */
  readonly workers?: number;
  readonly signal?: AbortSignal;
  readonly engine?: EngineName;
  /** Run once before the first chunk is given: with threads, when they have as much to do as they may. What it throws is thrown. */
  readonly meanwhile?: (() => Promise<unknown>) | undefined;
}

const batchesPerThread = 2;
const mostThreads = 256;

/**
 * Decodes the chunks of `source` and yields each one's bytes in the order of the source. They are good until the next are
 * asked for: then their memory is used again. The buffers of `source` may be reused once the next chunk is asked for. Threads
 * start with the first chunk and have ended when the iteration has, however it ends.
 *
 * Throws at once what {@link createDecoder} throws; while iterating FormatError (`CODEC_...`, with the chunk's number)
 * after the chunks before the damaged one, what `source` throws, likewise, and CanceledError when `signal` aborts.
 */
export function decodeChunks(
  source: ChunkSource<CompressedChunk>,
  options: ChunksOptions,
): AsyncGenerator<Uint8Array, void, void> {
  return workOn(source, 'decode', options, ({ bytes }) => bytes);
}

/**
 * Compresses the chunks of `source`, each of `chunkSize` bytes or, the last, fewer, and yields them in the order of the source
 * as {@link decodeChunks} takes them: `size` is the length of the chunk, and `bytes` is just as long when the chunk could not
 * be made smaller and is to be stored raw (image-formats D.3). The arrays are the caller's; threads and errors as with
 * {@link decodeChunks}; there are no damaged chunks here.
 */
export function compressChunks(
  source: ChunkSource<Uint8Array>,
  options: ChunksOptions,
): AsyncGenerator<CompressedChunk, void, void> {
  // Copies, which are the caller's: compressed chunks wait for the ones before them to be written.
  return workOn(source, 'compress', options, ({ bytes, size }) => ({ bytes: new Uint8Array(bytes), size }));
}

function workOn<Result>(
  source: ChunkSource,
  direction: PoolSettings['direction'],
  options: ChunksOptions,
  give: (result: CompressedChunk) => Result,
): AsyncGenerator<Result, void, void> {
  const { compression, chunkSize, workers = 0, signal = new AbortController().signal, meanwhile } = options;
  const settings = { direction, compression, chunkSize, engine: options.engine ?? codecEngine() };
  const step = createStep(settings);
  if (!Number.isInteger(workers) || workers < 0 || workers > mostThreads) {
    throw new InputError(codecCode.CODEC_WORKERS, `number of workers is ${workers}, must be 0 to ${mostThreads}`);
  }
  return workers === 0
    ? workHere(source, step, chunkSize, { signal, give, meanwhile })
    : workInThreads(source, settings, workers, { signal, give, meanwhile });
}

interface Giving<Result> {
  readonly signal: AbortSignal;
  readonly give: (result: CompressedChunk) => Result;
  readonly meanwhile: ChunksOptions['meanwhile'];
}

async function* workHere<Result>(
  source: ChunkSource,
  step: Step,
  chunkSize: number,
  { signal, give, meanwhile }: Giving<Result>,
): AsyncGenerator<Result, void, void> {
  await meanwhile?.();
  let index = 0;
  let room = new Uint8Array(0);
  checkCanceled(signal);
  for await (const chunk of source) {
    checkCanceled(signal);
    const { bytes, size } = withSize(chunk);
    checkSize(size, chunkSize);
    if (room.length < size) room = new Uint8Array(size);
    const written = step(bytes, room.subarray(0, size));
    if (typeof written !== 'number') throw malformedChunk(written, index);
    yield give({ bytes: room.subarray(0, written), size });
    index += 1;
  }
}

/** A batch on its way through the pool, or in its place the error that ended the source. */
interface InFlight {
  readonly batch: Batch | undefined;
  readonly done: Promise<BatchAnswer>;
}

async function* workInThreads<Result>(
  source: ChunkSource,
  settings: PoolSettings,
  workers: number,
  { signal, give, meanwhile }: Giving<Result>,
): AsyncGenerator<Result, void, void> {
  const threads = new PoolThreads(settings, workers);
  const idle: Batch[] = [];
  const batches = batchesOf(source, settings.chunkSize, () => idle.pop() ?? new Batch(settings.chunkSize));
  const abortion = watchAbort(signal);
  const window: InFlight[] = [];
  let ended = false;
  let begun = false;
  try {
    for (;;) {
      while (!ended && window.length < workers * batchesPerThread) {
        checkCanceled(signal);
        const next = await nextInFlight(batches, threads);
        ended = next.last;
        if (next.inFlight !== undefined) window.push(next.inFlight);
      }
      if (!begun) await meanwhile?.();
      begun = true;
      const head = window.shift();
      if (head === undefined) return;
      checkCanceled(signal);
      const { written, malformed } = await Promise.race([head.done, abortion.promise]);
      if (head.batch === undefined) return;
      for (const result of head.batch.results(written)) {
        checkCanceled(signal);
        yield give(result);
      }
      if (malformed !== undefined) throw malformedChunk(malformed, head.batch.firstChunk + written.length);
      idle.push(head.batch);
    }
  } finally {
    abortion.stop();
    await threads.end();
    await batches.return();
  }
}

async function nextInFlight(
  batches: AsyncGenerator<Batch, void, void>,
  threads: PoolThreads,
): Promise<{ readonly last: boolean; readonly inFlight?: InFlight }> {
  let inFlight: InFlight;
  let last = false;
  try {
    const { done, value: batch } = await batches.next();
    if (done === true) return { last: true };
    inFlight = { batch, done: threads.send(batch.order) };
  } catch (error) {
    // The chunks before the error are still to be yielded: it waits for its turn.
    inFlight = { batch: undefined, done: Promise.reject(error) };
    last = true;
  }
  inFlight.done.catch(() => undefined); // when it is never awaited, because something before it failed
  return { last, inFlight };
}

/** A promise that is rejected with CanceledError when the signal aborts, and never resolved. */
function watchAbort(signal: AbortSignal): { readonly promise: Promise<never>; stop(): void } {
  let onAbort = (): void => undefined;
  const promise = new Promise<never>((_resolve, reject) => {
    onAbort = () => {
      try {
        checkCanceled(signal);
      } catch (error) {
        reject(error);
      }
    };
  });
  promise.catch(() => undefined);
  signal.addEventListener('abort', onAbort);
  return { promise, stop: () => signal.removeEventListener('abort', onAbort) };
}
