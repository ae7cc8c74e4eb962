/**
 * The thread that verifies and extracts: reads, decodes, hashes and writes whole blobs by synchronous calls. Nothing but the
 * orders and hashes passes between threads.
 */
import { createHash } from 'node:crypto';
import { closeSync, constants, openSync, writeSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { FormatError, LimitError } from '../../src/core/index.ts';
import { createDecoder, type Decoder } from '../codec/index.ts';
import type { BlobAnswer, BlobOrder, BlobThreadSettings, RunOrder } from './blob-orders.ts';
import { BlobWindow } from './blob-window.ts';
import { chunkTableBytes, parseChunkTable } from './chunk-table.ts';

const bufferSize = 256 * 1024;

const { compression, chunkSize, engine, parts, done } = workerData as BlobThreadSettings;
const counter = new BigInt64Array(done);
const buffer = new Uint8Array(Math.max(bufferSize, chunkSize));
const windows = parts.map((): BlobWindow | undefined => undefined);
let decoder: Decoder | undefined;

/** Files that are there are written, never a link in their place. Windows has no such flag, and no such links. */
const openFlags = constants.O_WRONLY | ((constants as { O_NOFOLLOW?: number }).O_NOFOLLOW ?? 0);

/** Throws the system's error, with the path that Node does not know. */
function writeAll(file: number, path: string, bytes: Uint8Array): void {
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at, bytes.length - at);
  } catch (error) {
    throw Object.assign(error as Error, { path });
  }
}

/** The data of a blob in pieces that are good until the next is asked for. */
function* piecesOf(blob: BlobOrder, window: BlobWindow, end: number): Generator<Uint8Array> {
  const { offset, size } = blob;
  if (!blob.compressed) {
    for (let at = 0; at < size; at += bufferSize) yield window.at(offset + at, Math.min(bufferSize, size - at), end);
    return;
  }
  decoder ??= createDecoder(compression, chunkSize, { engine });
  const tableBytes = new Uint8Array(chunkTableBytes(blob, chunkSize));
  if (tableBytes.length > bufferSize) window.readInto(tableBytes, offset);
  else if (tableBytes.length > 0) tableBytes.set(window.at(offset, tableBytes.length, end));
  const table = parseChunkTable(blob, chunkSize, tableBytes);
  let filled = 0;
  for (let i = 0; i < table.count; i++) {
    const start = table.starts[i] as number;
    const chunk = window.at(start, (table.starts[i + 1] as number) - start, end);
    const chunkEnd = filled + table.sizeOf(i);
    decoder.decodeInto(chunk, buffer.subarray(filled, chunkEnd), i);
    filled = chunkEnd;
    if (filled + chunkSize <= buffer.length && i + 1 < table.count) continue;
    yield buffer.subarray(0, filled);
    filled = 0;
  }
}

function doBlob(blob: BlobOrder, window: BlobWindow, end: number): string {
  const hash = createHash('sha1');
  const files: number[] = [];
  try {
    for (const target of blob.targets) files.push(openSync(target, openFlags));
    for (const piece of piecesOf(blob, window, end)) {
      hash.update(piece);
      for (const [i, file] of files.entries()) writeAll(file, blob.targets[i] ?? '', piece);
      Atomics.add(counter, 0, BigInt(piece.length));
    }
  } finally {
    for (const file of files) closeSync(file);
  }
  return hash.digest('hex');
}

function answerTo(blob: BlobOrder, window: BlobWindow, end: number): BlobAnswer {
  try {
    return { hash: doBlob(blob, window, end) };
  } catch (error) {
    const { code = '', message, path = null } = error as { code?: string; message: string; path?: string | null };
    const failed = error instanceof LimitError ? 'limit' : error instanceof FormatError ? 'format' : 'system';
    return { failed, code, message, path };
  }
}

parentPort?.on('message', ({ part, blobs }: RunOrder) => {
  const window = (windows[part] ??= new BlobWindow(parts[part] ?? [], chunkSize));
  const end = Math.max(...blobs.map(({ offset, storedSize }) => offset + storedSize));
  parentPort?.postMessage(blobs.map((blob) => answerTo(blob, window, end)));
});
