/** The cache: equal bytes, one read for many who ask, the cap, pins, and threads that die. */
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { startWorker } from '../../../images/bytes/index.ts';
import {
  arenaBytes,
  attachCache,
  type CacheCounts,
  chunkPlace,
  freeSeat,
  openArena,
  packetsPerChunk,
  type ServedFile,
  takeSeat,
} from '../../../pxe/content/index.ts';
import { scratch } from '../../support/tools.ts';
import type { CacheThreadData } from './cache-thread.ts';
import { diskFile, memoryFile, sha256, someBytes } from './served.ts';
import { hasPipes, stopDisk } from './slow-disk.ts';

const SLOT = 4096;
const arenaOf = (slots: number) => openArena({ bytes: slots * SLOT, slotBytes: SLOT });

/** The file again, from all its chunks. */
async function readAll(file: ServedFile, form: 'raw' | number, cache: ReturnType<typeof attachCache>) {
  const parts: Buffer[] = [];
  const perChunk = form === 'raw' ? SLOT : packetsPerChunk(form, SLOT) * form;
  // Packets end with a block that is shorter, if need be empty.
  const chunks = form === 'raw' ? Math.ceil(file.size / perChunk) : Math.floor(file.size / perChunk) + 1;
  for (let chunk = 0; chunk < chunks; chunk++) {
    const { bytes, release } = await cache.get(file, form, chunk);
    if (form === 'raw') parts.push(Buffer.from(bytes));
    else {
      const { firstBlock } = chunkPlace(file, form, chunk, SLOT);
      for (let at = 0, block = firstBlock; at < bytes.length; at += form + 4, block++) {
        const packet = Buffer.from(bytes.subarray(at, at + form + 4));
        expect([packet.readUInt16BE(0), packet.readUInt16BE(2)]).toEqual([3, block & 0xffff]);
        parts.push(packet.subarray(4));
      }
    }
    release();
  }
  return Buffer.concat(parts);
}

describe('one thread', () => {
  test('gives every file whole, raw and as packets, from memory and from disk', async () => {
    const folder = scratch();
    const cache = attachCache(takeSeat(arenaOf(4)));
    const sizes = fc.oneof(fc.integer({ min: 0, max: 3 * SLOT }), fc.constantFrom(511, 512, 513, SLOT, 2 * SLOT));
    let number = 0;
    await fc.assert(
      fc.asyncProperty(sizes, fc.constantFrom(8, 512, 1456, 4092), fc.boolean(), async (size, blockSize, onDisk) => {
        const bytes = someBytes(size, ++number);
        const file = onDisk ? diskFile(join(folder, `${number}`), bytes, { offset: number % 5000 }) : memoryFile(bytes);
        expect(sha256(await readAll(file, 'raw', cache))).toBe(file.id);
        expect(sha256(await readAll(file, blockSize, cache))).toBe(file.id);
      }),
      { numRuns: 60, seed: 1 },
    );
  });

  test('block numbers go on with 0 after 65535', async () => {
    const file = memoryFile(someBytes(8 * 66_000));
    const cache = attachCache(takeSeat(arenaOf(4)));
    expect(sha256(await readAll(file, 8, cache))).toBe(file.id);
  });

  test('what is there comes without a promise, and is not read again', async () => {
    const file = diskFile(join(scratch(), 'f'), someBytes(SLOT));
    const cache = attachCache(takeSeat(arenaOf(4)));
    const first = cache.get(file, 'raw', 0);
    expect(first).toBeInstanceOf(Promise);
    (await first).release();
    const second = cache.get(file, 'raw', 0);
    if (second instanceof Promise) throw new Error('a promise');
    second.release();
    expect(cache.counts()).toMatchObject({ hits: 1, misses: 1 });
  });

  test('many who ask at once share one read', async () => {
    const file = diskFile(join(scratch(), 'f'), someBytes(SLOT));
    const cache = attachCache(takeSeat(arenaOf(4)));
    const chunks = await Promise.all(Array.from({ length: 50 }, async () => await cache.get(file, 'raw', 0)));
    expect(new Set(chunks.map(({ bytes }) => bytes.byteOffset)).size).toBe(1);
    expect(cache.counts()).toMatchObject({ misses: 50, waits: 49, outside: 0 });
    for (const { release } of chunks) release();
  });

  test('the chunk that was not used for the longest time goes', async () => {
    const file = diskFile(join(scratch(), 'f'), someBytes(5 * SLOT));
    const arena = arenaOf(4);
    const cache = attachCache(takeSeat(arena));
    const use = async (chunk: number) => (await cache.get(file, 'raw', chunk)).release();
    for (const chunk of [0, 1, 2, 3, 0, 4]) await use(chunk);
    expect(arenaBytes(arena)).toEqual({ used: 4 * SLOT, cap: 4 * SLOT });
    const { misses } = cache.counts();
    for (const chunk of [0, 2, 3, 4]) await use(chunk);
    expect(cache.counts().misses).toBe(misses);
    await use(1);
    expect(cache.counts().misses).toBe(misses + 1);
  });

  test('what is pinned stays; with all pinned the rest is read beside the cache, and counted', async () => {
    const bytes = someBytes(9 * SLOT);
    const file = diskFile(join(scratch(), 'f'), bytes);
    const cache = attachCache(takeSeat(arenaOf(4)));
    const held = await Promise.all([0, 1, 2, 3].map(async (chunk) => await cache.get(file, 'raw', chunk)));
    const outside = await Promise.all([4, 5].map(async (chunk) => await cache.get(file, 'raw', chunk)));
    expect(cache.counts()).toMatchObject({ outside: 2, outsideBytes: 2 * SLOT });
    [...held, ...outside].forEach((chunk, number) => {
      expect(sha256(chunk.bytes)).toBe(sha256(bytes.subarray(number * SLOT, (number + 1) * SLOT)));
    });
    for (const { release } of [...outside, ...outside, ...held]) release();
    expect(cache.counts().outsideBytes).toBe(0);
    (await cache.get(file, 'raw', 6)).release();
    expect(cache.counts().outside).toBe(2);
  });

  test('what is read ahead is there for who asks next, pins nothing, and is begun once', async () => {
    const bytes = someBytes(3 * SLOT);
    const file = diskFile(join(scratch(), 'f'), bytes);
    const cache = attachCache(takeSeat(arenaOf(4)));
    expect(cache.getNow(file, 'raw', 1)).toBeNull();
    const reading = cache.readAhead(file, 'raw', 1);
    expect(reading).not.toBeNull();
    expect(cache.readAhead(file, 'raw', 1)).toBeNull();
    expect(cache.getNow(file, 'raw', 1)).toBeNull();
    await reading;
    const chunk = cache.getNow(file, 'raw', 1);
    expect(sha256(chunk?.bytes ?? new Uint8Array(0))).toBe(sha256(bytes.subarray(SLOT, 2 * SLOT)));
    chunk?.release();
    expect(cache.readAhead(file, 'raw', 1)).toBeNull();
    expect(cache.counts()).toMatchObject({ hits: 1, misses: 0, ahead: 1 });
    const others = [3, 5, 7, 9].map((seed) => diskFile(join(scratch(), `${seed}`), someBytes(SLOT, seed)));
    const held = await Promise.all(others.map(async (other) => await cache.get(other, 'raw', 0)));
    expect(cache.counts().outside).toBe(0);
    // Every slot is pinned: nothing is read that nobody has asked for.
    expect(cache.readAhead(file, 'raw', 2)).toBeNull();
    for (const { release } of held) release();
    const cut = { ...file, id: sha256(Buffer.of(1)), size: 9 * SLOT };
    await cache.readAhead(cut, 'raw', 5);
    await expect(cache.get(cut, 'raw', 5)).rejects.toMatchObject({ code: 'CONTENT_FILE_SHORT' });
  });

  test('a file that was cut is a named error, for all who wait, and the slot is free again', async () => {
    const file = { ...diskFile(join(scratch(), 'f'), someBytes(100)), size: 3 * SLOT };
    const arena = arenaOf(4);
    const cache = attachCache(takeSeat(arena));
    const results = await Promise.allSettled([cache.get(file, 'raw', 0), cache.get(file, 'raw', 0)]);
    expect(results.map((one) => (one.status === 'rejected' ? (one.reason as { code: string }).code : 'read'))).toEqual([
      'CONTENT_FILE_SHORT',
      'CONTENT_FILE_SHORT',
    ]);
    expect(arenaBytes(arena).used).toBe(0);
  });

  test('a small file in memory takes no slot', async () => {
    const arena = arenaOf(4);
    const cache = attachCache(takeSeat(arena));
    const file = memoryFile(someBytes(1000));
    expect(sha256(await readAll(file, 512, cache))).toBe(file.id);
    expect(arenaBytes(arena).used).toBe(0);
  });

  test('chunks behind the end are our mistake; sizes and seats have limits', () => {
    const cache = attachCache(takeSeat(arenaOf(4)));
    expect(() => cache.get(memoryFile(someBytes(SLOT)), 'raw', 1)).toThrow(RangeError);
    expect(() => openArena({ bytes: 3 * SLOT, slotBytes: SLOT })).toThrow(/Give between|a cache of/);
    const arena = arenaOf(4);
    const seats = Array.from({ length: 16 }, () => takeSeat(arena));
    expect(new Set(seats.map(({ number }) => number)).size).toBe(16);
    expect(() => takeSeat(arena)).toThrow(/all 16 places/);
    for (const seat of seats.slice(3, 4)) freeSeat(seat);
    expect(takeSeat(arena).number).toBe(3);
  });
});

describe('several threads', () => {
  const start = (data: CacheThreadData) => startWorker(import.meta.url, 'cache-thread', data);
  const answer = (worker: ReturnType<typeof start>) =>
    new Promise<{ wrong: number; counts: CacheCounts }>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
    });

  test('get equal bytes whatever is evicted under them', { timeout: 60_000 }, async () => {
    const folder = scratch();
    const files = [1, 2, 3].map((seed) => diskFile(join(folder, `${seed}`), someBytes(40 * SLOT + seed, seed)));
    const arena = arenaOf(24);
    const workers = [1, 2, 3, 4].map((seed) =>
      start({ seat: takeSeat(arena), files, blockSizes: [508, 1456], seed: seed * 7919, rounds: 3000, held: 2 }),
    );
    const answers = await Promise.all(workers.map(answer));
    expect(answers.map(({ wrong }) => wrong)).toEqual([0, 0, 0, 0]);
    const sum = (name: 'hits' | 'misses') => answers.reduce((all, { counts }) => all + counts[name], 0);
    expect(sum('hits')).toBeGreaterThan(0);
    expect(sum('misses')).toBeGreaterThan(1000);
    // Nothing stays pinned: a new thread can use every slot.
    const cache = attachCache(takeSeat(arena));
    const [file] = files;
    if (file === undefined) throw new Error('no file');
    const held = [];
    for (let chunk = 0; chunk < 24; chunk++) held.push(await cache.get(file, 'raw', chunk));
    expect(cache.counts().outside).toBe(0);
  });

  test('share one read, and the memory of what was read', async () => {
    const file = diskFile(join(scratch(), 'f'), someBytes(SLOT));
    const arena = arenaOf(4);
    const [one, other] = [attachCache(takeSeat(arena)), attachCache(takeSeat(arena))];
    const chunks = await Promise.all([one, other].map(async (cache) => await cache.get(file, 'raw', 0)));
    expect(other.counts()).toMatchObject({ misses: 1, waits: 1, outside: 0 });
    expect(arenaBytes(arena).used).toBe(SLOT);
    expect(chunks[0]?.bytes.byteOffset).toBe(chunks[1]?.bytes.byteOffset);
    for (const { release } of chunks) release();
  });

  test('that are killed leave nothing pinned and nothing half filled', { timeout: 60_000 }, async () => {
    const folder = scratch();
    const files = [1, 2].map((seed) => diskFile(join(folder, `${seed}`), someBytes(40 * SLOT, seed)));
    const arena = arenaOf(16);
    for (let round = 0; round < 3; round++) {
      const seats = [takeSeat(arena), takeSeat(arena)];
      const [victims, survivor] = [
        seats.map((seat, seed) =>
          start({ seat, files, blockSizes: [508], seed: seed + round + 1, rounds: 1e6, held: 4 }),
        ),
        start({ seat: takeSeat(arena), files, blockSizes: [508], seed: 99 + round, rounds: 1000, held: 1 }),
      ];
      const { wrong } = await answer(survivor);
      expect(wrong).toBe(0);
      await Promise.all(victims.map((victim) => victim.terminate()));
      for (const seat of seats) freeSeat(seat);
    }
    const cache = attachCache(takeSeat(arena));
    const [file] = files;
    if (file === undefined) throw new Error('no file');
    const held = [];
    for (let chunk = 0; chunk < 16; chunk++) held.push(await cache.get(file, 'raw', chunk));
    expect(cache.counts().outside).toBe(0);
  });

  test.skipIf(!hasPipes)('that gave up a slow read: what comes late is used, and not read again', async () => {
    const bytes = someBytes(SLOT);
    const file = diskFile(join(scratch(), 'f'), bytes);
    const arena = arenaOf(4);
    const [slow, other] = [attachCache(takeSeat(arena)), attachCache(takeSeat(arena), { fillLimit: 20 })];
    const go = stopDisk();
    const reading = [slow, other].map(async (cache) => await cache.get(file, 'raw', 0));
    // The other one has given up, and reads for itself.
    await expect.poll(() => arenaBytes(arena).used).toBe(2 * SLOT);
    go();
    for (const chunk of await Promise.all(reading)) {
      expect(sha256(chunk.bytes)).toBe(file.id);
      chunk.release();
    }
    expect([slow.counts().outside, other.counts().outside]).toEqual([0, 0]);
    // Nothing stays pinned or out of use.
    const many = diskFile(join(scratch(), 'many'), someBytes(4 * SLOT, 2));
    for (let chunk = 0; chunk < 4; chunk++) await slow.get(many, 'raw', chunk);
    expect(slow.counts().outside).toBe(0);
  });

  test('one that never ends its filling is not waited for', async () => {
    const bytes = someBytes(SLOT);
    const file = diskFile(join(scratch(), 'f'), bytes);
    const arena = arenaOf(4);
    const stuck = attachCache(takeSeat(arena));
    // For the other thread an hour has passed while the read of the first is under way.
    let time = 0;
    const other = attachCache(takeSeat(arena), { now: () => performance.timeOrigin + performance.now() + time });
    const never = stuck.get(file, 'raw', 0);
    time = 3_600_000;
    const chunk = await other.get(file, 'raw', 0);
    expect(sha256(chunk.bytes)).toBe(file.id);
    chunk.release();
    const late = await never;
    expect(sha256(late.bytes)).toBe(file.id);
    late.release();
    // Two copies were made; neither stays pinned.
    const held = await Promise.all(
      [0, 1, 2, 3].map(async (n) => await other.get({ ...file, id: sha256(Buffer.of(n)) }, 'raw', 0)),
    );
    expect(other.counts().outside).toBe(0);
    for (const { release } of held) release();
  });
});
