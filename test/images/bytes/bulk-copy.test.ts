/** Copies large enough for the worker thread, from source code: the bytes arrive, whatever the pieces' sizes and places. */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { memorySource, openFile, sliceSource, transfer, writeOutput } from '../../../images/bytes/index.ts';
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
