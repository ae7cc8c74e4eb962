/** Digests: what the standards say, and the same however the bytes are cut and whichever thread gets them. */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { newDigest, type DigestKind } from '../../../images/bytes/file-digest.ts';
import { openFile, sliceSource, transferStream, writeOutput, type ByteSource } from '../../../images/bytes/index.ts';
import { operationContext } from '../../../src/core/index.ts';
import { scratch } from '../../support/scratch.ts';

const MIB = 1 << 20;
const digestOf = (kind: DigestKind, ...pieces: readonly Uint8Array[]): string => {
  const digest = newDigest(kind);
  for (const piece of pieces) digest.update(piece);
  return digest.hex();
};

test('of nothing: test case 1 of GCM, and SHA-256', () => {
  expect(digestOf('fingerprint')).toBe('58e2fccefa7e3061367f1d57a4e7455a');
  expect(digestOf('sha256')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
});

test('however the bytes are cut; another byte or length is another fingerprint', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 3000 }), fc.array(fc.nat(3000)), (bytes, cuts) => {
      const places = [0, ...cuts.map((cut) => cut % bytes.length).sort((a, b) => a - b), bytes.length];
      const pieces = places.slice(1).map((end, i) => bytes.subarray(places[i] ?? 0, end));
      for (const kind of ['fingerprint', 'sha256'] as const) {
        const whole = digestOf(kind, bytes);
        expect(digestOf(kind, ...pieces)).toBe(whole);
        expect(digestOf(kind, bytes, Uint8Array.of(0))).not.toBe(whole);
        const changed = bytes.map((byte, i) => (i === (cuts[0] ?? 0) % bytes.length ? byte ^ 1 : byte));
        expect(digestOf(kind, changed)).not.toBe(whole);
      }
    }),
  );
});

test('copied by the thread, hashed by another, or pulled here: one digest of the kind that was asked for', async () => {
  const folder = scratch();
  const bytes = Uint8Array.from({ length: 66 * MIB + 99 }, (_, i) => (i * 11 + (i >> 12)) & 0xff);
  writeFileSync(join(folder, 'from'), bytes);
  await using file = await openFile(join(folder, 'from'));
  const computed: ByteSource = {
    id: 'computed',
    size: MIB,
    read: async (at, length) => bytes.subarray(at, at + length),
  };
  const sources = [file, sliceSource(file, 7, 5000), computed];
  const expected = (kind: DigestKind) =>
    [bytes, bytes.subarray(7, 5007), bytes.subarray(0, MIB)].map((b) => digestOf(kind, b));
  for (const digestKind of ['fingerprint', undefined] as const) {
    const found: string[] = [];
    let at = 0;
    const pieces = sources.map((source) => {
      const piece = { at, source, hash: true };
      at += source.size;
      return piece;
    });
    const stream = {
      pieces,
      count: 3,
      total: at,
      digest: (digest: string) => found.push(digest),
      ...(digestKind ? { digestKind } : {}),
    };
    await writeOutput(join(folder, `to ${digestKind}`), { force: false }, operationContext(), (sink) =>
      transferStream(stream, sink, operationContext(), 'copying'),
    );
    expect(found).toEqual(expected(digestKind ?? 'sha256'));
  }
  expect(expected('sha256')[0]).toBe(createHash('sha256').update(bytes).digest('hex'));
});
