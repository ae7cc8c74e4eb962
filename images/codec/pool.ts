/**
 * Decoding of many chunks, in order, by a pool of worker threads. Bounded: at most two batches of about 512 KiB (or one
 * chunk, when that is larger) a thread are in flight, however fast the source is.
 */
import { checkCanceled, InputError } from '../../src/core/index.ts';
import { codecCode } from './codes.ts';
import { checkSize, createAttempt, type Attempt } from './decoder.ts';
import { codecEngine } from './engine.ts';
import { malformedChunk } from './malformed.ts';
import { Batch, batchesOf, type BatchAnswer, type ChunkSource, type PoolSettings } from './pool-batch.ts';
import { PoolThreads } from './pool-threads.ts';
import type { Compression, EngineName } from './types.ts';

export interface DecodeChunksOptions {
  readonly compression: Compression;
  /** Uncompressed size of every chunk but the last. */
  readonly chunkSize: number;
  /** Threads beside this one, 0 to 256; 0, the default, decodes in this thread. The bytes do not depend on it. */
  readonly workers?: number;
  readonly signal?: AbortSignal;
  readonly engine?: EngineName;
}

const batchesPerThread = 2;
const mostThreads = 256;

/**
 * Decodes the chunks of `source` and yields each one's bytes in the order of the source, fresh arrays that are the
 * caller's. The buffers of `source` may be reused once the next chunk is asked for. Threads start with the first chunk and have ended when the iteration has, however it ends.
 *
 * Throws at once what {@link createDecoder} throws; while iterating FormatError (`CODEC_...`, with the chunk's number)
 * after the chunks before the damaged one, what `source` throws, likewise, and CanceledError when `signal` aborts.
 */
export function decodeChunks(
  source: ChunkSource,
  options: DecodeChunksOptions,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, void> {
  const { compression, chunkSize, workers = 0, signal = new AbortController().signal } = options;
  const settings = { compression, chunkSize, engine: options.engine ?? codecEngine() };
  const attempt = createAttempt(compression, chunkSize, settings.engine);
  if (!Number.isInteger(workers) || workers < 0 || workers > mostThreads) {
    throw new InputError(codecCode.CODEC_WORKERS, `number of workers is ${workers}, must be 0 to ${mostThreads}`);
  }
  return workers === 0
    ? decodeHere(source, attempt, chunkSize, signal)
    : decodeInThreads(source, settings, workers, signal);
}

async function* decodeHere(
  source: ChunkSource,
  attempt: Attempt,
  chunkSize: number,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, void> {
  let index = 0;
  checkCanceled(signal);
  for await (const { bytes, size } of source) {
    checkCanceled(signal);
    checkSize(size, chunkSize);
    const target = new Uint8Array(size);
    const malformed = attempt(bytes, target);
    if (malformed !== undefined) throw malformedChunk(malformed, index);
    yield target;
    index += 1;
  }
}

/** A batch on its way through the pool, or in its place the error that ended the source. */
interface InFlight {
  readonly batch: Batch | undefined;
  readonly done: Promise<BatchAnswer>;
}

async function* decodeInThreads(
  source: ChunkSource,
  settings: PoolSettings,
  workers: number,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, void> {
  const threads = new PoolThreads(settings, workers);
  const idle: Batch[] = [];
  const batches = batchesOf(source, settings.chunkSize, () => idle.pop() ?? new Batch(settings.chunkSize));
  const abortion = watchAbort(signal);
  const window: InFlight[] = [];
  let ended = false;
  try {
    for (;;) {
      while (!ended && window.length < workers * batchesPerThread) {
        checkCanceled(signal);
        const next = await nextInFlight(batches, threads);
        ended = next.last;
        if (next.inFlight !== undefined) window.push(next.inFlight);
      }
      const head = window.shift();
      if (head === undefined) return;
      checkCanceled(signal);
      const { decoded, malformed } = await Promise.race([head.done, abortion.promise]);
      if (head.batch === undefined) return;
      for (const bytes of head.batch.decodedChunks(decoded)) {
        checkCanceled(signal);
        yield bytes;
      }
      if (malformed !== undefined) throw malformedChunk(malformed, head.batch.firstChunk + decoded);
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
    inFlight = { batch, done: threads.decode(batch.order) };
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
