/** Compressors: what they make decodes to what it was made from, both engines make the same bytes, on every kind of data. */
import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCompressor, createDecoder, type Compression } from '../../../images/codec/index.ts';
import { InternalError, UnsupportedFeatureError } from '../../../src/core/index.ts';

const seed = 20_261_122;

/** Compresses with both engines, expects the same of both, and that it decodes to the chunk. Returns the size, or the chunk's. */
function roundTrip(compression: Compression, chunkSize: number, chunk: Uint8Array): number {
  const before = Buffer.from(chunk);
  const wasm = createCompressor(compression, chunkSize, { engine: 'wasm' }).compress(chunk);
  const js = createCompressor(compression, chunkSize, { engine: 'js' }).compress(chunk);
  expect(Buffer.compare(before, chunk)).toBe(0);
  if (wasm === undefined || js === undefined) {
    expect(wasm).toBe(js);
    return chunk.length;
  }
  expect(Buffer.compare(wasm, js)).toBe(0);
  expect(wasm.length).toBeLessThan(chunk.length);
  const decoded = createDecoder(compression, chunkSize).decode(wasm, chunk.length);
  expect(Buffer.compare(decoded, chunk)).toBe(0);
  return wasm.length;
}

function noise(size: number): Buffer {
  const parts: Buffer[] = [];
  for (let i = 0; i * 32 < size; i++) parts.push(createHash('sha256').update(`noise ${i}`).digest());
  return Buffer.concat(parts).subarray(0, size);
}

/** Lines of words, each made of the ones before it in another order: matches at many distances. */
function text(size: number): Buffer {
  const lines: string[] = [];
  for (let i = 0, length = 0; length < size; i++) {
    const line = `${(i * 7919) % 1009} of ${(i * 31) % 97} entries at ${((i * i) % 65_521).toString(16)}\n`;
    lines.push(line);
    length += line.length;
  }
  return Buffer.from(lines.join('')).subarray(0, size);
}

/** Something like machine code: few kinds of bytes, calls of few targets. */
function code(size: number): Buffer {
  const bytes = noise(size).map((byte) => byte & 0x3f);
  for (let at = 5; at + 5 < size; at += 11 + (bytes[at] ?? 0)) {
    bytes[at] = 0xe8;
    Buffer.from(bytes.buffer, bytes.byteOffset).writeInt32LE((((at * 7) % 13) * 4096 - at) | 0, at + 1);
  }
  return Buffer.from(bytes);
}

const cases: [Compression, number][] = [
  ...[15, 16, 17, 18, 19, 20, 21].map((order): [Compression, number] => ['lzx', 2 ** order]),
  ...[12, 13, 14, 15, 16].map((order): [Compression, number] => ['xpress', 2 ** order]),
];

describe.each(cases)('%s, chunks of %i bytes', (compression, chunkSize) => {
  // The JavaScript engine takes its time under vitest, whose wrapped imports slow it down.
  const sizes =
    chunkSize > 65_536 ? [Math.floor(chunkSize / 3)] : [chunkSize, chunkSize - 1, Math.floor(chunkSize / 3)];

  test.each([
    ['text', text, 0.5],
    ['code', code, 0.9],
    ['zeros', (size: number) => Buffer.alloc(size), 0.07],
    ['a period of 3 bytes', (size: number) => Buffer.alloc(size, 'abc'), 0.07],
    ['E8 everywhere', (size: number) => Buffer.alloc(size, 0xe8), 0.9],
    ['noise', noise, 1],
    ['noise twice', (size: number) => Buffer.concat([noise(size >> 1), noise((size + 1) >> 1)]), 0.6],
    ['noise, then text', (size: number) => Buffer.concat([noise(size >> 1), text((size + 1) >> 1)]), 0.9],
  ] as const)('%s', (_name, make, ratio) => {
    for (const size of sizes) {
      expect(roundTrip(compression, chunkSize, make(size)) / size).toBeLessThanOrEqual(size < 4096 ? 1 : ratio);
    }
  });

  test('the shortest chunks', () => {
    for (let size = 1; size < 40; size++) {
      roundTrip(compression, chunkSize, Buffer.alloc(size, 'ab'));
      roundTrip(compression, chunkSize, text(size));
    }
  });
});

test('property: any mixture of runs, repeats and noise comes back, with both engines the same', () => {
  const piece = fc.oneof(
    fc.record({ kind: fc.constant('fresh' as const), bytes: fc.uint8Array({ minLength: 1, maxLength: 60 }) }),
    fc.record({ kind: fc.constant('again' as const), back: fc.nat(40_000), length: fc.integer({ min: 2, max: 700 }) }),
    fc.record({ kind: fc.constant('call' as const), target: fc.integer() }),
  );
  fc.assert(
    fc.property(
      fc.array(piece, { minLength: 1, maxLength: 150 }),
      fc.constantFrom<Compression>('lzx', 'xpress'),
      (pieces, compression) => {
        const bytes: number[] = [];
        for (const piece of pieces) {
          if (piece.kind === 'fresh') bytes.push(...piece.bytes);
          else if (piece.kind === 'call') bytes.push(0xe8, ...new Uint8Array(Int32Array.of(piece.target).buffer));
          else if (bytes.length > 0) {
            const back = 1 + (piece.back % bytes.length);
            for (let i = 0; i < piece.length; i++) bytes.push(bytes[bytes.length - back] as number);
          }
        }
        fc.pre(bytes.length > 0);
        roundTrip(compression, bytes.length > 32_768 ? 65_536 : 32_768, Uint8Array.from(bytes.slice(0, 65_536)));
      },
    ),
    { seed, numRuns: 150 },
  );
});

test('a compressor keeps nothing: the same chunk gives the same bytes, whatever came before', () => {
  for (const compression of ['lzx', 'xpress'] as const) {
    const compressor = createCompressor(compression, 32_768);
    const first = compressor.compress(text(32_768));
    compressor.compress(noise(32_768));
    createCompressor('lzx', 2 ** 21).compress(code(2 ** 19));
    expect(compressor.compress(text(32_768))).toEqual(first);
  }
});

test('none stores, LZMS and odd chunk sizes are refused, so is a chunk that is too long', () => {
  expect(createCompressor('none', 1000).compress(new Uint8Array(1000))).toBeUndefined();
  expect(() => createCompressor('lzms', 32_768)).toThrow(UnsupportedFeatureError);
  expect(() => createCompressor('lzx', 4096)).toThrow(UnsupportedFeatureError);
  expect(() => createCompressor('xpress', 2 ** 17)).toThrow(UnsupportedFeatureError);
  expect(() => createCompressor('lzx', 32_768).compress(new Uint8Array(32_769))).toThrow(InternalError);
  expect(() => createCompressor('lzx', 32_768).compress(new Uint8Array(0))).toThrow(InternalError);
});
