/** The thread of `transfer` as its caller sees it: gets pieces in portions, copies them, tells digests. */
import type { Worker } from 'node:worker_threads';
import { CanceledError, coreCode, FormatError, toOsdkitError, type OperationContext } from '../../src/core/index.ts';
import { bytesCode } from './codes.ts';
import type { DigestKind } from './file-digest.ts';
import { newHashRing, type HashRing, type HashWork } from './file-hash-ring.ts';
import { startWorker } from './file-worker.ts';
import type { ByteSink } from './sink.ts';
import type { SourcePart } from './source.ts';

export interface TransferOrder {
  readonly target: string | undefined;
  readonly digestKind: DigestKind;
  /** Two 64-bit words: bytes done, and whether to stop. */
  readonly shared: SharedArrayBuffer;
}

export interface OrderedPiece {
  readonly at: number;
  readonly size: number;
  readonly hash: boolean;
  readonly parts: readonly SourcePart[];
  digest?: string;
}

export interface TransferPortion {
  readonly pieces: readonly OrderedPiece[];
  /** Where another thread hashes large pieces. */
  readonly ring: HashRing | undefined;
}

export type TransferAnswer =
  | { readonly digests: readonly (string | undefined)[]; readonly hashedElsewhere: readonly number[] }
  | { readonly canceled: true }
  | { readonly failed: { readonly code: string | null; readonly message: string; readonly path: string | null } };

/** From so many bytes of large pieces on, a thread that hashes them while they are copied is worth its start. */
const worthHashing = 64 * 1024 * 1024;
const largePiece = 1024 * 1024;
/** Waiting data is written out in steps of at least so many bytes; smaller outputs are left to the end. */
const writeBackStep = 256 * 1024 * 1024;

/** What these threads make is forgotten at once: without this V8 would give each of them 30 MiB for it. */
const threadLimits = { maxYoungGenerationSizeMb: 4 };

export interface TransferThread {
  /** Copies the pieces; gives a digest for each that asked for one. Throws as `transfer`. */
  copy(pieces: readonly OrderedPiece[]): Promise<readonly (string | undefined)[]>;
  stop(): Promise<void>;
}

/** `report` gets the bytes done by the thread, several times a second. */
export function startTransferThread(
  sink: ByteSink | undefined,
  digestKind: DigestKind,
  context: OperationContext,
  report: (done: number) => void,
): TransferThread {
  const shared = new SharedArrayBuffer(16);
  const counters = new BigInt64Array(shared);
  const order: TransferOrder = { target: sink?.path, digestKind, shared };
  const worker = startWorker(import.meta.url, 'file-transfer-worker', order, threadLimits);
  const writeBack = backgroundWriter(sink);
  const timer = setInterval(() => {
    const done = Number(Atomics.load(counters, 0));
    writeBack.reached(done);
    report(done);
  }, 50);
  const cancel = (): void => void Atomics.store(counters, 1, 1n);
  context.signal.addEventListener('abort', cancel);
  return {
    async copy(pieces) {
      // Without a target, copying is no work that hashing could wait for.
      const ring = sink && worthARing(pieces) ? newHashRing() : undefined;
      const hasher =
        ring && startWorker(import.meta.url, 'file-hash-worker', { ring, digestKind } satisfies HashWork, threadLimits);
      try {
        const answered = messageOf(worker) as Promise<TransferAnswer>;
        const hashed = hasher && (messageOf(hasher) as Promise<readonly string[]>);
        // It fails only when that thread dies; then the copying one would wait for it for ever.
        worker.postMessage({ pieces, ring } satisfies TransferPortion);
        const answer = await (hashed ? Promise.race([answered, hashed.then(() => answered)]) : answered);
        if (!('digests' in answer)) throw errorOf(answer, sink);
        const digests = [...answer.digests];
        for (const [k, digest] of ((await hashed) ?? []).entries()) {
          digests[answer.hashedElsewhere[k] as number] = digest;
        }
        return digests;
      } finally {
        await hasher?.terminate();
      }
    },
    async stop() {
      clearInterval(timer);
      context.signal.removeEventListener('abort', cancel);
      await worker.terminate();
      await writeBack.end();
    },
  };
}

function worthARing(pieces: readonly OrderedPiece[]): boolean {
  let bytes = 0;
  for (const { hash, size } of pieces) if (hash && size >= largePiece) bytes += size;
  return bytes >= worthHashing;
}

/** Has the system write out large outputs while they are still being copied: what is left for the end takes no time then. */
function backgroundWriter(sink: ByteSink | undefined): { reached(done: number): void; end(): Promise<void> } {
  let running: Promise<void> | undefined;
  let failed: unknown;
  let asked = 0;
  return {
    reached(done) {
      if (running || !sink?.writeBack || done - asked < writeBackStep) return;
      asked = done;
      running = sink.writeBack().catch((error: unknown) => {
        failed ??= error;
      });
      void running.then(() => (running = undefined));
    },
    async end() {
      await running;
      if (failed !== undefined) throw failed;
    },
  };
}

function messageOf(worker: Worker): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const exited = (code: number): void => reject(new Error(`a copying thread ended with code ${code}`));
    worker.once('error', reject);
    worker.once('exit', exited);
    worker.once('message', (message) => {
      worker.off('error', reject);
      worker.off('exit', exited);
      resolve(message);
    });
  });
}

function errorOf(answer: Exclude<TransferAnswer, { digests: unknown }>, sink: ByteSink | undefined): Error {
  if ('canceled' in answer) return new CanceledError(coreCode.CORE_CANCELED, 'canceled');
  const { code, message, path } = answer.failed;
  if (code === 'OSDKIT_SHRUNK' || code === 'OSDKIT_CHANGED') {
    return new FormatError(bytesCode.BYTES_FILE_CHANGED, message, {
      details: { path },
      hint: 'Close the program that writes to it and start again.',
    });
  }
  const what = sink?.path === undefined ? 'reading' : `writing ${sink.name ?? sink.path}`;
  return toOsdkitError(Object.assign(new Error(message), { code, path }), what);
}
