/**
 * The thread of `transfer`: copies and hashes stretches of files with synchronous calls of 1 MiB, which cost half the CPU
 * of overlapping promises (image-formats B). Contiguous small pieces go out in one write.
 */
import { createHash, type Hash } from 'node:crypto';
import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import type { TransferAnswer, TransferOrder } from './file-transfer.ts';

const bufferSize = 1024 * 1024;
/** A folder of 100,000 files must not need 100,000 handles: a process has some 1,000 of them. */
const filesKept = 64;
const order = workerData as TransferOrder;
const shared = new BigInt64Array(order.shared);
const files = new Map<string, number>();
const buffer = Buffer.allocUnsafe(bufferSize);
let target = -1;
let staged = 0;
let stagedAt = 0;

function flush(): void {
  for (let done = 0; done < staged; ) done += writeSync(target, buffer, done, staged - done, stagedAt + done);
  staged = 0;
}

/** Makes room for at least one byte at `at` of the target and returns how many fit. */
function room(at: number): number {
  if (staged > 0 && (staged === bufferSize || at !== stagedAt + staged)) flush();
  if (staged === 0) stagedAt = at;
  return bufferSize - staged;
}

function open(path: string): number {
  const known = files.get(path);
  if (known !== undefined) return known;
  const [oldest] = files;
  if (oldest && files.size >= filesKept) {
    closeSync(oldest[1]);
    files.delete(oldest[0]);
  }
  const file = openSync(path, 'r');
  files.set(path, file);
  return file;
}

/** Takes what was just put into the buffer: hash it, count it, and without a target forget it. */
function took(count: number, hash: Hash | undefined): void {
  hash?.update(buffer.subarray(staged, staged + count));
  staged += count;
  if (target < 0) staged = 0;
  Atomics.add(shared, 0, BigInt(count));
}

function copyFile(path: string, offset: number, length: number, at: number, hash: Hash | undefined): boolean {
  const file = open(path);
  for (let done = 0; done < length; ) {
    if (Atomics.load(shared, 1) !== 0n) return false;
    // Asked for first: making room may flush, which moves `staged`.
    const fits = Math.min(room(at + done), length - done);
    const count = readSync(file, buffer, staged, fits, offset + done);
    if (count === 0)
      throw Object.assign(new Error(`${path} ended at ${offset + done}`), { code: 'OSDKIT_SHRUNK', path });
    took(count, hash);
    done += count;
  }
  return true;
}

function copyBytes(bytes: Uint8Array, at: number, hash: Hash | undefined): boolean {
  for (let done = 0; done < bytes.length; ) {
    if (Atomics.load(shared, 1) !== 0n) return false;
    const count = Math.min(room(at + done), bytes.length - done);
    buffer.set(bytes.subarray(done, done + count), staged);
    took(count, hash);
    done += count;
  }
  return true;
}

function work(): TransferAnswer {
  if (order.target !== undefined) target = openSync(order.target, 'r+');
  const digests: (string | null)[] = [];
  for (const piece of order.pieces) {
    const hash = piece.hash ? createHash('sha256') : undefined;
    let at = piece.at;
    for (const part of piece.parts) {
      const whole =
        'bytes' in part ? copyBytes(part.bytes, at, hash) : copyFile(part.path, part.offset, part.length, at, hash);
      if (!whole) return { canceled: true };
      at += 'bytes' in part ? part.bytes.length : part.length;
    }
    digests.push(hash ? hash.digest('hex') : null);
  }
  if (target >= 0) flush();
  return { digests };
}

let answer: TransferAnswer;
try {
  answer = work();
} catch (error) {
  const { code, message, path } = error as { code?: string; message: string; path?: string };
  answer = { failed: { code: code ?? null, message, path: path ?? null } };
} finally {
  for (const file of files.values()) closeSync(file);
  if (target >= 0) closeSync(target);
}
parentPort?.postMessage(answer);
