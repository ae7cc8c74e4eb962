/** The threads that verify and extract, started at once; each answers its runs in order. */
import type { Worker } from 'node:worker_threads';
import { FormatError, InternalError, LimitError, toOsdkitError, type OsdkitError } from '../../src/core/index.ts';
import { bytesCode, startWorker, type FileExtent } from '../bytes/index.ts';
import { codecEngine } from '../codec/index.ts';
import type { BlobAnswer, BlobThreadSettings, RunOrder } from './blob-orders.ts';
import { shrunkCode } from './blob-window.ts';
import { wimCode } from './codes.ts';
import type { Wim } from './types.ts';

interface Waiting {
  readonly resolve: (answers: readonly BlobAnswer[]) => void;
  readonly reject: (error: unknown) => void;
}

interface Thread {
  readonly worker: Worker;
  /** Runs sent and not answered, oldest first. */
  readonly waiting: Waiting[];
  /** Why it ended before it was told to. */
  failure?: unknown;
}

/** What a thread throws away is small; V8 would let 16 MiB of it pile up in each before it looks. */
const threadLimits = { maxYoungGenerationSizeMb: 2 };

export class BlobThreads {
  readonly #threads: readonly Thread[];
  readonly #done: BigInt64Array;

  private constructor(settings: BlobThreadSettings, count: number) {
    this.#done = new BigInt64Array(settings.done);
    this.#threads = Array.from({ length: count }, () => startThread(settings));
  }

  /** Starts `count` threads; undefined when the parts of the WIM do not all lie in files, or for no threads. */
  static start(wim: Wim, count: number): BlobThreads | undefined {
    if (count === 0) return undefined;
    const parts = wim.parts.map(({ source }) => fileExtents(source.parts));
    if (!parts.every((extents) => extents !== undefined)) return undefined;
    const { compression, chunkSize } = wim;
    const done = new SharedArrayBuffer(8);
    return new BlobThreads({ compression, chunkSize, engine: codecEngine(), parts, done }, count);
  }

  /** Bytes that were hashed so far. */
  get done(): number {
    return Number(Atomics.load(this.#done, 0));
  }

  /** How many runs should be on their way: one in work and one waiting for each thread. */
  get depth(): number {
    return this.#threads.length * 2;
  }

  /** Gives a run to the thread with the least to do. Rejects when the thread ends. */
  send(order: RunOrder): Promise<readonly BlobAnswer[]> {
    const [first, ...others] = this.#threads as readonly [Thread, ...Thread[]];
    const idlest = others.reduce(
      (best, thread) => (thread.waiting.length < best.waiting.length ? thread : best),
      first,
    );
    if (idlest.failure !== undefined) return Promise.reject(idlest.failure);
    return new Promise((resolve, reject) => {
      idlest.waiting.push({ resolve, reject });
      idlest.worker.postMessage(order);
    });
  }

  /** Ends all threads, whatever they are doing. */
  async end(): Promise<void> {
    await Promise.all(this.#threads.map(({ worker }) => worker.terminate()));
  }
}

/** The error that a thread answered with. `what` says what was being done, for errors of the system. */
export function errorOf(answer: Exclude<BlobAnswer, { hash: string }>, what: string): OsdkitError {
  const { failed, code, message, path } = answer;
  if (failed === 'limit') return new LimitError(code, message);
  if (failed === 'format') return new FormatError(code, message);
  if (code === shrunkCode) return new FormatError(bytesCode.BYTES_FILE_CHANGED, message, { details: { path } });
  return toOsdkitError(Object.assign(new Error(message), { code, path }), what);
}

function fileExtents(parts: Wim['source']['parts']): readonly FileExtent[] | undefined {
  const extents = parts?.flatMap((part) => ('bytes' in part ? [] : [part]));
  return extents?.length === parts?.length ? extents : undefined;
}

function startThread(settings: BlobThreadSettings): Thread {
  const worker = startWorker(import.meta.url, 'blob-thread', settings, threadLimits);
  const thread: Thread = { worker, waiting: [] };
  const fail = (error: unknown): void => {
    thread.failure ??= error;
    for (const { reject } of thread.waiting.splice(0)) reject(error);
  };
  worker.on('message', (answers: readonly BlobAnswer[]) => thread.waiting.shift()?.resolve(answers));
  worker.on('error', fail);
  worker.on('exit', (code) =>
    fail(new InternalError(wimCode.WIM_THREAD, `a thread that reads the WIM ended with code ${code} in its work`)),
  );
  return thread;
}
