/** Copies large enough for the worker thread, from source code: the bytes arrive, whatever the pieces' sizes and places. */
import { createHash } from 'node:crypto';
import { appendFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  memorySource,
  openFile,
  sliceSource,
  transfer,
  transferStream,
  writeOutput,
  type ByteSource,
  type TransferPiece,
} from '../../../images/bytes/index.ts';
import { operationContext } from '../../../src/core/index.ts';
import { scratch } from '../../support/scratch.ts';

const MIB = 1 << 20;
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

test('pieces from files and memory, across the 1 MiB buffer, contiguous or not', async () => {
  const folder = scratch();
  const from = join(folder, 'from');
  const to = join(folder, 'to');
  const bytes = Uint8Array.from({ length: 12 * MIB + 777 }, (_, index) => (index * 31 + (index >> 12)) & 0xff);
  writeFileSync(from, bytes);
  await using file = await openFile(from);
  const inMemory = Uint8Array.from({ length: 3 * MIB + 5 }, (_, index) => (index * 7) & 0xff);
  const cuts = [0, 1, MIB - 1, MIB, 3 * MIB + 3, bytes.length];
  const slices = cuts.slice(1).map((end, index) => ({ start: cuts[index] ?? 0, end }));

  const gap = 4096;
  const memoryAt = bytes.length + gap;
  const pieces = [
    ...slices.map(({ start, end }) => ({ at: start, source: sliceSource(file, start, end - start), hash: true })),
    { at: memoryAt, source: memorySource(inMemory), hash: true },
  ];
  const digests = await writeOutput(to, { force: false }, operationContext(), (sink) =>
    transfer(pieces, sink, operationContext(), 'copying'),
  );

  expect(digests).toEqual([...slices.map(({ start, end }) => sha256(bytes.subarray(start, end))), sha256(inMemory)]);
  const written = readFileSync(to);
  expect(sha256(written.subarray(0, bytes.length))).toBe(sha256(bytes));
  expect(written.subarray(bytes.length, memoryAt).every((byte) => byte === 0)).toBe(true);
  expect(sha256(written.subarray(memoryAt))).toBe(sha256(inMemory));
});

const pattern = (length: number, factor: number) =>
  Uint8Array.from({ length }, (_, index) => (index * factor + (index >> 11)) & 0xff);

test('large pieces, hashed by a thread of their own, between small ones: digests in order, bytes in place', async () => {
  const folder = scratch();
  const from = join(folder, 'from');
  const bytes = pattern(70 * MIB + 4321, 13);
  writeFileSync(from, bytes);
  await using file = await openFile(from);
  const small = [pattern(5, 3), pattern(300_000, 5), new Uint8Array(0), pattern(MIB + 1, 7)];
  // The largest first, then one whose digest is not asked for, then small ones, in reverse order of their places.
  const cuts = [0, 40 * MIB + 1, 55 * MIB, 70 * MIB, bytes.length];
  const large = cuts.slice(1).map((end, i) => {
    const start = cuts[i] ?? 0;
    return { at: start, source: sliceSource(file, start, end - start), hash: i !== 1 };
  });
  let at = bytes.length;
  const pieces: TransferPiece[] = [...large];
  for (const one of small) {
    pieces.push({ at, source: memorySource(one), hash: true });
    at += one.length;
  }
  pieces.reverse();
  const written = join(folder, 'to');
  const copy = (sink?: Parameters<typeof transfer>[1]) => transfer(pieces, sink, operationContext(), 'copying');
  const digests = await writeOutput(written, { force: false }, operationContext(), copy);
  const expected = await Promise.all(
    pieces.map(async ({ source, hash }) => (hash ? sha256(await source.read(0, source.size)) : undefined)),
  );
  expect(digests).toEqual(expected);
  expect(sha256(readFileSync(written))).toBe(sha256(Buffer.concat([bytes, ...small])));
  expect(await copy()).toEqual(expected);
});

test('pieces made on their turn, in several portions, and a file that is not what it was found to be', async () => {
  const folder = scratch();
  const path = join(folder, 'from');
  writeFileSync(path, pattern(5000, 3));
  const { size, mtimeMs, ino } = statSync(path);
  const state = { size, modified: mtimeMs, inode: ino };
  const source = (offset: number): ByteSource => ({
    id: `${offset}`,
    size: 1,
    parts: [{ path, offset, length: 1, state }],
    read: () => Promise.reject(new Error('it is copied by the thread')),
  });
  const run = async () => {
    const found: string[] = [];
    const stream = function* () {
      for (let i = 0; i < 5000; i++) yield { at: 5000 - i - 1, source: source(i), hash: i % 2 === 0 };
    };
    const to = join(folder, 'to');
    const what = { pieces: stream(), count: 5000, total: 5000, digest: (digest: string) => found.push(digest) };
    await writeOutput(to, { force: true }, operationContext(), (sink) =>
      transferStream(what, sink, operationContext(), 'copying'),
    );
    return { found, bytes: readFileSync(to) };
  };
  const { found, bytes } = await run();
  expect(bytes.reverse()).toEqual(Buffer.from(pattern(5000, 3)));
  expect(found).toHaveLength(2500);
  expect(found[1]).toBe(sha256(pattern(5000, 3).subarray(2, 3)));
  appendFileSync(path, 'x');
  await expect(run()).rejects.toMatchObject({ code: 'BYTES_FILE_CHANGED' });
});
