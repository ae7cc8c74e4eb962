/**
 * Bulk I/O: puts sources at their places in a sink, or only hashes them. File and memory sources go through one worker with
 * synchronous calls; computed sources are pulled by position. Hashing happens while copying.
 */
import { checkCanceled, type OperationContext } from '../../src/core/index.ts';
import { newDigest, type DigestKind } from './file-digest.ts';
import { startTransferThread, type OrderedPiece, type TransferThread } from './file-transfer-thread.ts';
import type { ByteSink } from './sink.ts';
import type { ByteSource } from './source.ts';

export interface TransferPiece {
  /** Byte offset in the sink. */
  readonly at: number;
  readonly source: ByteSource;
  /** Whether its digest is wanted. */
  readonly hash?: boolean;
}

/** Pieces that are made when it is their turn. */
export interface PieceStream {
  readonly pieces: Iterable<TransferPiece>;
  readonly count: number;
  /** Bytes of all of them. */
  readonly total: number;
  /** Which digests are meant; SHA-256 unless told. */
  readonly digestKind?: DigestKind;
  /** Gets the digest of each piece that asked for it, in the order of the pieces: lower-case hexadecimal. */
  digest?(digest: string): void;
}

const pullSize = 1024 * 1024;
/** Below this a thread costs more than it saves. */
const worthAThread = 8 * 1024 * 1024;
/** From so many pieces on, too: asynchronous calls for each small file cost more than the thread does. */
const manyPieces = 256;
/** The thread gets copies of what describes the pieces: so many of them at a time, or 100,000 files take 100 MB. */
const piecesAtOnce = 512;

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
  const total = pieces.reduce((sum, { source }) => sum + source.size, 0);
  const found: string[] = [];
  await transferStream(
    { pieces, count: pieces.length, total, digest: (digest) => found.push(digest) },
    sink,
    context,
    phase,
  );
  let next = 0;
  return pieces.map(({ hash }) => (hash ? found[next++] : undefined));
}

/** As `transfer`, for so many pieces that they must not lie in memory together. */
export async function transferStream(
  stream: PieceStream,
  sink: ByteSink | undefined,
  context: OperationContext,
  phase: string,
): Promise<void> {
  const { total, count, digestKind = 'sha256' } = stream;
  const reachable = sink === undefined || sink.path !== undefined;
  const threaded = reachable && (total >= worthAThread || count >= manyPieces);
  const report = (done: number): void => context.progress({ phase, done, total, unit: 'bytes' });
  let pulled = 0;
  let copied = 0;
  let thread: TransferThread | undefined;
  const checks = new Set<() => Promise<void>>();
  try {
    for (const portion of portionsOf(stream.pieces)) {
      checkCanceled(context.signal);
      const digests: (string | undefined)[] = [];
      const ordered: OrderedPiece[] = [];
      const places: number[] = [];
      for (const [index, piece] of portion.entries()) {
        const order = threaded ? orderOf(piece) : undefined;
        const { checkUnchanged } = piece.source;
        if (checkUnchanged && !order?.parts.every((part) => 'bytes' in part || part.state)) checks.add(checkUnchanged);
        if (order) places[ordered.push(order) - 1] = index;
        else
          digests[index] = await pull(piece, digestKind, sink, context, (bytes) => report(copied + (pulled += bytes)));
      }
      if (ordered.length > 0) {
        thread ??= startTransferThread(sink, digestKind, context, (done) => report(pulled + (copied = done)));
        for (const [k, digest] of (await thread.copy(ordered)).entries()) digests[places[k] as number] = digest;
      }
      for (const digest of digests) if (digest !== undefined) stream.digest?.(digest);
    }
  } finally {
    await thread?.stop();
  }
  for (const check of checks) await check();
  report(total);
}

function* portionsOf(pieces: Iterable<TransferPiece>): Generator<readonly TransferPiece[]> {
  let portion: TransferPiece[] = [];
  for (const piece of pieces) {
    if (portion.push(piece) < piecesAtOnce) continue;
    yield portion;
    portion = [];
  }
  if (portion.length > 0) yield portion;
}

/** What the thread needs to copy a piece by itself; undefined for what has to be computed. */
function orderOf({ at, source, hash = false }: TransferPiece): OrderedPiece | undefined {
  const { parts } = source;
  return parts && { at, size: source.size, hash, parts };
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
  digestKind: DigestKind,
  sink: ByteSink | undefined,
  context: OperationContext,
  count: (bytes: number) => void,
): Promise<string | undefined> {
  const hash = piece.hash ? newDigest(digestKind) : undefined;
  for (let done = 0; done < piece.source.size; ) {
    checkCanceled(context.signal);
    const bytes = await piece.source.read(done, Math.min(pullSize, piece.source.size - done));
    hash?.update(bytes);
    await sink?.write(piece.at + done, bytes);
    done += bytes.length;
    count(bytes.length);
  }
  return hash?.hex();
}
