/**
 * Bulk I/O: puts sources at their places in a sink, or only hashes them. File and memory sources go through one worker with
 * synchronous 1 MiB calls; computed sources are pulled by position. Hashing happens while copying.
 */
import { createHash } from 'node:crypto';
import {
  CanceledError,
  checkCanceled,
  coreCode,
  FormatError,
  toOsdkitError,
  type OperationContext,
} from '../../src/core/index.ts';
import { bytesCode } from './codes.ts';
import { startWorker } from './file-worker.ts';
import type { ByteSink } from './sink.ts';
import type { ByteSource, SourcePart } from './source.ts';

export interface TransferPiece {
  /** Byte offset in the sink. */
  readonly at: number;
  readonly source: ByteSource;
  /** Whether its SHA-256 is wanted. */
  readonly hash?: boolean;
}

export interface TransferOrder {
  readonly target: string | undefined;
  readonly shared: SharedArrayBuffer;
  readonly pieces: readonly {
    readonly at: number;
    readonly hash: boolean;
    readonly parts: readonly SourcePart[];
  }[];
}

export type TransferAnswer =
  | { readonly digests: readonly (string | null)[] }
  | { readonly canceled: true }
  | { readonly failed: { readonly code: string | null; readonly message: string; readonly path: string | null } };

const pullSize = 1024 * 1024;
/** Below this a thread costs more than it saves. */
const worthAThread = 8 * 1024 * 1024;
/** From so many pieces on, too: asynchronous calls for each small file cost more than the thread does. */
const manyPieces = 256;
/** The thread gets copies of what describes the pieces: so many of them at a time, or 100,000 files take 100 MB. */
const piecesAtOnce = 8192;

/**
 * Writes every piece to `sink` (or to none: hash only) and returns, in the order of the pieces, lower-case SHA-256 digests
 * where they were asked for. Reports progress in bytes under `phase`. Throws CanceledError when stopped,
 * FormatError when a file changed or ended early, EnvironmentError when the system refuses (full disk).
 */
export async function transfer(
  pieces: readonly TransferPiece[],
  sink: ByteSink | undefined,
  context: OperationContext,
  phase: string,
): Promise<(string | undefined)[]> {
  const total = pieces.reduce((sum, piece) => sum + piece.source.size, 0);
  const digests: (string | undefined)[] = pieces.map(() => undefined);
  const bulk = total < worthAThread && pieces.length < manyPieces ? [] : bulkPieces(pieces, sink);
  const inBulk = new Set(bulk);
  const report = (done: number): void => context.progress({ phase, done, total, unit: 'bytes' });
  let done = 0;
  for (const [index, piece] of pieces.entries()) {
    if (inBulk.has(index)) continue;
    digests[index] = await pull(piece, sink, context, (count) => report((done += count)));
  }
  for (let start = 0; start < bulk.length; start += piecesAtOnce) {
    const some = bulk.slice(start, start + piecesAtOnce);
    const chosen = some.map((i) => pieces[i] as TransferPiece);
    const before = done;
    const answers = await transferInWorker(chosen, sink, context, (count) => report(before + count));
    for (const [k, index] of some.entries()) digests[index] = answers[k] ?? undefined;
    done += chosen.reduce((sum, { source }) => sum + source.size, 0);
  }
  for (const check of new Set(pieces.map(({ source }) => source.checkUnchanged))) await check?.();
  report(total);
  return digests;
}

/** The indexes of the pieces that the thread can copy by itself. */
function bulkPieces(pieces: readonly TransferPiece[], sink: ByteSink | undefined): number[] {
  if (sink !== undefined && sink.path === undefined) return [];
  return [...pieces.keys()].filter((i) => (pieces[i] as TransferPiece).source.parts !== undefined);
}

/** The SHA-256 of each source, lower-case hexadecimal. Throws as `transfer`. */
export async function digestSources(
  sources: readonly ByteSource[],
  context: OperationContext,
  phase = 'hashing',
): Promise<string[]> {
  const pieces = sources.map((source) => ({ at: 0, source, hash: true }));
  return (await transfer(pieces, undefined, context, phase)) as string[];
}

/** Up to this size a file is read whole and written by one synchronous call: asynchronous ones take longer than the data. */
export const smallFile = 256 * 1024;

/** All bytes of a small source, with the checks and the progress of `transfer`. Throws as `transfer`. */
export async function readSmall(source: ByteSource, context: OperationContext, phase: string): Promise<Uint8Array> {
  checkCanceled(context.signal);
  const bytes = await source.read(0, source.size);
  await source.checkUnchanged?.();
  context.progress({ phase, done: source.size, total: source.size, unit: 'bytes' });
  return bytes;
}

async function pull(
  piece: TransferPiece,
  sink: ByteSink | undefined,
  context: OperationContext,
  count: (bytes: number) => void,
): Promise<string | undefined> {
  const hash = piece.hash ? createHash('sha256') : undefined;
  for (let done = 0; done < piece.source.size; ) {
    checkCanceled(context.signal);
    const bytes = await piece.source.read(done, Math.min(pullSize, piece.source.size - done));
    hash?.update(bytes);
    await sink?.write(piece.at + done, bytes);
    done += bytes.length;
    count(bytes.length);
  }
  return hash?.digest('hex');
}

async function transferInWorker(
  pieces: readonly TransferPiece[],
  sink: ByteSink | undefined,
  context: OperationContext,
  report: (done: number) => void,
): Promise<readonly (string | null)[]> {
  checkCanceled(context.signal);
  const shared = new SharedArrayBuffer(16);
  const counters = new BigInt64Array(shared);
  const order: TransferOrder = {
    target: sink?.path,
    shared,
    pieces: pieces.map(({ at, source, hash }) => ({
      at,
      hash: hash === true,
      parts: source.parts ?? [],
    })),
  };
  const worker = startWorker(import.meta.url, 'file-transfer-worker', order);
  const timer = setInterval(() => report(Number(Atomics.load(counters, 0))), 100);
  const stop = (): void => void Atomics.store(counters, 1, 1n);
  context.signal.addEventListener('abort', stop);
  try {
    const answer = await new Promise<TransferAnswer>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', (code) => reject(new Error(`the copying thread ended with code ${code}`)));
    });
    if ('digests' in answer) return answer.digests;
    if ('canceled' in answer) throw new CanceledError(coreCode.CORE_CANCELED, 'canceled');
    const { code, message, path } = answer.failed;
    if (code === 'OSDKIT_SHRUNK') throw new FormatError(bytesCode.BYTES_FILE_CHANGED, message, { details: { path } });
    throw toOsdkitError(Object.assign(new Error(message), { code, path }), phaseOf(sink));
  } finally {
    clearInterval(timer);
    context.signal.removeEventListener('abort', stop);
    await worker.terminate();
  }
}

const phaseOf = (sink: ByteSink | undefined): string =>
  sink?.path === undefined ? 'reading' : `writing ${sink.name ?? sink.path}`;
