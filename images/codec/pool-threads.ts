/** The threads of one pool: started when there is work for them, each answering its batches in order. */
import type { Worker } from 'node:worker_threads';
import { InternalError } from '../../src/core/index.ts';
import { startWorker } from '../bytes/index.ts';
import { codecCode } from './codes.ts';
import type { BatchAnswer, BatchOrder } from './pool-batch.ts';
import type { PoolSettings } from './pool-step.ts';

interface Waiting {
  readonly resolve: (answer: BatchAnswer) => void;
  readonly reject: (error: unknown) => void;
}

interface Thread {
  readonly worker: Worker;
  /** Batches sent and not answered, oldest first. */
  readonly waiting: Waiting[];
}

/** What a thread throws away is small; V8 would let 16 MiB of it pile up in each before it looks. */
const threadLimits = { maxYoungGenerationSizeMb: 4 };

export class PoolThreads {
  readonly #settings: PoolSettings;
  readonly #most: number;
  #threads: Thread[] = [];

  constructor(settings: PoolSettings, most: number) {
    this.#settings = settings;
    this.#most = most;
  }

  /** Gives the batch to the thread with the least to do, a new one when all are busy and `most` are not running yet. */
  send(order: BatchOrder): Promise<BatchAnswer> {
    const idlest = this.#threads.toSorted((a, b) => a.waiting.length - b.waiting.length)[0];
    const thread =
      idlest === undefined || (idlest.waiting.length > 0 && this.#threads.length < this.#most) ? this.#start() : idlest;
    return new Promise((resolve, reject) => {
      thread.waiting.push({ resolve, reject });
      thread.worker.postMessage(order);
    });
  }

  /** Ends all threads, whatever they are doing. */
  async end(): Promise<void> {
    await Promise.all(this.#threads.map(({ worker }) => worker.terminate()));
  }

  #start(): Thread {
    const worker = startWorker(import.meta.url, 'pool-worker', this.#settings, threadLimits);
    const thread: Thread = { worker, waiting: [] };
    const fail = (error: unknown): void => {
      // Nobody would answer what it is sent.
      this.#threads = this.#threads.filter((other) => other !== thread);
      for (const { reject } of thread.waiting.splice(0)) reject(error);
    };
    worker.on('message', (answer: BatchAnswer) => thread.waiting.shift()?.resolve(answer));
    worker.on('error', fail);
    worker.on('exit', (code) =>
      fail(
        new InternalError(
          codecCode.CODEC_WORKER,
          `a thread of the codecs ended with code ${code} in the middle of its work`,
        ),
      ),
    );
    this.#threads.push(thread);
    return thread;
  }
}
