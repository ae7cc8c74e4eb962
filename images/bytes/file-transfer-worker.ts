/**
 * The thread of `transfer`: copies and hashes stretches of files with synchronous calls, which cost half the CPU of overlapping
 * promises (image-formats B). Contiguous small pieces go out in one write. Large ones are hashed by a second thread while this one
 * goes on copying; whenever that thread is behind, this one copies and hashes what is left of the others.
 */
import { closeSync, openSync, writeSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { newDigest } from './file-digest.ts';
import { ringWriter, slotSize, type RingWriter } from './file-hash-ring.ts';
import { OpenFiles, partsReader } from './file-parts.ts';
import type { OrderedPiece, TransferAnswer, TransferOrder, TransferPortion } from './file-transfer-thread.ts';

/** From this size on a piece is worth a slot of the ring. */
const largePiece = 1024 * 1024;
const order = workerData as TransferOrder;
const shared = new BigInt64Array(order.shared);
const files = new OpenFiles();
const buffer = new Uint8Array(slotSize);
let target = -1;
let staged = 0;
let stagedAt = 0;

class Canceled extends Error {}

function write(bytes: Uint8Array, at: number): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(target, bytes, done, bytes.length - done, at + done);
}

function flush(): void {
  if (target >= 0) write(buffer.subarray(0, staged), stagedAt);
  staged = 0;
}

/** Makes room for at least one byte at `at` of the target and returns how many fit. */
function room(at: number): number {
  if (staged > 0 && (staged === buffer.length || at !== stagedAt + staged)) flush();
  if (staged === 0) stagedAt = at;
  return buffer.length - staged;
}

function count(bytes: number): void {
  Atomics.add(shared, 0, BigInt(bytes));
  if (Atomics.load(shared, 1) !== 0n) throw new Canceled();
}

/** Copies pieces one after another and hashes them here; pauses after each part of one. */
function* copyHere(pieces: Iterable<OrderedPiece>): Generator<void> {
  for (const piece of pieces) {
    const hash = piece.hash ? newDigest(order.digestKind) : undefined;
    const reader = partsReader(piece.parts, files);
    for (let done = 0; done < piece.size; ) {
      const fits = Math.min(room(piece.at + done), piece.size - done);
      const got = reader.fill(buffer.subarray(staged, staged + fits));
      hash?.update(buffer.subarray(staged, staged + got));
      staged += got;
      done += got;
      // Nothing is written: what was hashed is forgotten.
      if (target < 0) staged = 0;
      count(got);
      yield;
    }
    reader.end();
    if (hash) piece.digest = hash.hex();
  }
}

/** Copies a piece, its bytes hashed by the other thread; `meanwhile` is gone on with while that one is behind. */
function copyThrough(ring: RingWriter, piece: OrderedPiece, meanwhile: Generator<void>): void {
  const reader = partsReader(piece.parts, files);
  for (let done = 0; done < piece.size; ) {
    let slot = ring.free();
    for (; !slot; slot = ring.free()) {
      if (meanwhile.next().done) ring.wait();
      count(0);
    }
    const bytes = slot.subarray(0, Math.min(slot.length, piece.size - done));
    reader.fill(bytes);
    ring.push(bytes.length, done + bytes.length === piece.size);
    if (target >= 0) write(bytes, piece.at + done);
    done += bytes.length;
    count(bytes.length);
  }
  reader.end();
}

/** Gives the indexes of the pieces that the other thread hashes, in the order in which it gets them. */
function copyWithRing(pieces: readonly OrderedPiece[], ring: RingWriter): number[] {
  const large = [...pieces.keys()].filter((i) => isLarge(pieces[i] as OrderedPiece));
  large.sort((a, b) => (pieces[a] as OrderedPiece).size - (pieces[b] as OrderedPiece).size);
  const hashed: number[] = [];
  // Small ones in the order in which they lie; then large ones from the smallest, while the ring takes the largest.
  const others = function* (): Generator<OrderedPiece> {
    yield* pieces.filter((piece) => !isLarge(piece));
    for (let next = large.shift(); next !== undefined; next = large.shift()) yield pieces[next] as OrderedPiece;
  };
  const here = copyHere(others());
  for (let next = large.pop(); next !== undefined; next = large.pop()) {
    hashed.push(next);
    copyThrough(ring, pieces[next] as OrderedPiece, here);
  }
  while (!here.next().done);
  return hashed;
}

function isLarge(piece: OrderedPiece): boolean {
  return piece.hash && piece.size >= largePiece;
}

function work({ pieces, ring }: TransferPortion): TransferAnswer {
  try {
    if (order.target !== undefined) target = openSync(order.target, 'r+');
    const writer = ring && ringWriter(ring);
    const hashedElsewhere = writer ? copyWithRing(pieces, writer) : [];
    if (!writer) for (const _ of copyHere(pieces));
    flush();
    writer?.close();
    return { digests: pieces.map(({ digest }) => digest), hashedElsewhere };
  } catch (error) {
    if (error instanceof Canceled) return { canceled: true };
    const { code, message, path } = error as { code?: string; message: string; path?: string };
    return { failed: { code: code ?? null, message, path: path ?? null } };
  } finally {
    files.close();
    if (target >= 0) closeSync(target);
    target = -1;
  }
}

parentPort?.on('message', (portion: TransferPortion) => parentPort?.postMessage(work(portion)));
