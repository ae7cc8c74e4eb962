/** A thread that takes chunks of files at random, holds some of them, and compares every byte with the file's. */
import { readSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { attachCache, type Chunk, chunkPlace, type Seat, type ServedFile } from '../../../pxe/content/index.ts';

export interface CacheThreadData {
  readonly seat: Seat;
  readonly files: readonly ServedFile[];
  readonly blockSizes: readonly number[];
  readonly seed: number;
  readonly rounds: number;
  /** Chunks that it holds at once. */
  readonly held: number;
}

const { seat, files, blockSizes, seed, rounds, held } = workerData as CacheThreadData;
const cache = attachCache(seat);
let state = seed | 1;
const random = (below: number): number => {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return (state >>> 0) % below;
};

function expected(file: ServedFile, form: 'raw' | number, chunk: number): Buffer {
  const place = chunkPlace(file, form, chunk, cache.slotBytes);
  const raw = Buffer.alloc(place.length);
  if (file.at.kind === 'file') readSync(file.at.fd, raw, 0, raw.length, file.at.offset + place.offset);
  else raw.set(file.at.bytes.subarray(place.offset, place.offset + place.length));
  if (form === 'raw') return raw;
  const packets: Buffer[] = [];
  for (let at = 0, block = place.firstBlock; at < place.size - 4 * packets.length || packets.length === 0; block++) {
    const payload = raw.subarray(at, at + form);
    packets.push(Buffer.concat([Buffer.from([0, 3, (block >> 8) & 255, block & 255]), payload]));
    at += form;
    if (payload.length < form) break;
  }
  return Buffer.concat(packets);
}

let wrong = 0;
async function one(): Promise<void> {
  const holding: { chunk: Chunk; bytes: Buffer }[] = [];
  for (let round = 0; round < rounds; round++) {
    const file = files[random(files.length)];
    if (file === undefined) throw new Error('no file');
    const form = random(2) === 0 ? 'raw' : (blockSizes[random(blockSizes.length)] ?? 512);
    const perChunk = form === 'raw' ? cache.slotBytes : Math.floor(cache.slotBytes / (form + 4)) * form;
    const chunks = form === 'raw' ? Math.ceil(file.size / perChunk) : Math.floor(file.size / perChunk);
    if (chunks === 0) continue;
    const number = random(chunks);
    const got = cache.get(file, form, number);
    const chunk = got instanceof Promise ? await got : got;
    holding.push({ chunk, bytes: expected(file, form, number) });
    if (holding.length <= held) continue;
    const [oldest] = holding.splice(random(holding.length), 1);
    if (oldest === undefined) continue;
    // Compared when it is let go: what was written over it meanwhile is seen.
    if (Buffer.compare(oldest.chunk.bytes, oldest.bytes) !== 0) wrong++;
    oldest.chunk.release();
  }
  for (const { chunk, bytes } of holding) {
    if (Buffer.compare(chunk.bytes, bytes) !== 0) wrong++;
    chunk.release();
  }
}
await Promise.all([one(), one(), one()]);
parentPort?.postMessage({ wrong, counts: cache.counts() });
