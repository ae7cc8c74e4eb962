/** Properties over random chunks: decoding gives what was coded, and damage gives FormatError or some bytes, equally. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomBelow } from '../../support/random-numbers.ts';
import { bytesOf, decodeBoth } from './engines.ts';
import { LzxWriter } from './lzx-writer.ts';
import { expand, lengthOf, literals, type Token } from './tokens.ts';
import { encodeXpress } from './xpress-writer.ts';

const seed = 20_261_121;

/** Tokens from random numbers: offsets reach back at most as far as there is something. */
const tokens = (most: number, least: number, before: number) =>
  fc
    .array(fc.tuple(fc.nat(255), fc.nat(0xffff), fc.integer({ min: least, max: most }), fc.boolean()), {
      minLength: 1,
      maxLength: 120,
    })
    .map((numbers) => {
      let size = before;
      return numbers.map(([literal, far, length, match]): Token => {
        if (!match || size === 0) {
          size += 1;
          return { literal };
        }
        const token = { offset: 1 + (far % size), length };
        size += length;
        return token;
      });
    });

test('LZX: blocks of random tokens and raw bytes', () => {
  const block = fc.record({
    kind: fc.constantFrom('verbatim', 'aligned', 'raw'),
    numbers: tokens(257, 2, 0),
    skewed: fc.boolean(),
    runs: fc.boolean(),
    explicit: fc.boolean(),
  });
  const order = fc.integer({ min: 15, max: 21 });
  fc.assert(
    fc.property(fc.array(block, { minLength: 1, maxLength: 4 }), order, (blocks, order) => {
      const writer = new LzxWriter(order);
      const bytes: number[] = [];
      for (const { kind, numbers, ...options } of blocks) {
        const expanded = expand(numbers);
        if (bytes.length + expanded.length > 32_768) break;
        if (kind === 'raw') writer.raw(expanded, [1, 2, 3]);
        else writer.block(numbers, { ...options, aligned: kind === 'aligned' });
        bytes.push(...expanded);
      }
      // E8 translation is told apart in lzx-e8.test.ts: here no byte is an E8 that is translated.
      fc.pre(!bytes.slice(0, -10).includes(0xe8) && bytes.length > 0);
      expect(bytesOf(decodeBoth('lzx', 2 ** order, writer.finish(), bytes.length))).toEqual(bytes);
    }),
    { seed, numRuns: 150 },
  );
});

test('XPRESS: random tokens', () => {
  fc.assert(
    fc.property(tokens(700, 3, 0), fc.boolean(), (numbers, skewed) => {
      const bytes = expand(numbers);
      fc.pre(bytes.length <= 65_536);
      const chunk = encodeXpress(numbers, { skewed });
      fc.pre(chunk.length !== bytes.length);
      expect(bytesOf(decodeBoth('xpress', 65_536, chunk, bytes.length))).toEqual(bytes);
    }),
    { seed, numRuns: 150 },
  );
});

describe('mutations: both engines give the same bytes or the same FormatError, and nothing else escapes', () => {
  const text: Token[] = [];
  for (let i = 0; i < 300; i++) {
    text.push(...literals(`line ${(i * 7919) % 1000} `));
    if (i > 2) text.push({ offset: 3 + ((i * 31) % 40), length: 3 + (i % 30) });
  }
  const size = lengthOf(text);
  const lzx = (order: number) =>
    new LzxWriter(order)
      .block(text.slice(0, 400), { runs: true })
      .block(text.slice(400, 900), { aligned: true, skewed: true })
      .raw([...Buffer.from('some raw bytes \u00e8 in the middle')], [5, 6, 7])
      .block(text.slice(900), { runs: true, skewed: true })
      .finish();
  const rawSize = Buffer.byteLength('some raw bytes \u00e8 in the middle');

  test.each([
    ['lzx', 15, lzx(15), size + rawSize],
    ['lzx', 21, lzx(21), size + rawSize],
    ['xpress', 16, encodeXpress(text, { skewed: true }), size],
    ['xpress', 15, encodeXpress([...text, { offset: 700, length: 5000 }]), size + 5000],
  ] as const)('%s 2^%i, 1500 mutations', (compression, order, chunk, size) => {
    expect(bytesOf(decodeBoth(compression, 2 ** order, chunk, size)).length).toBe(size);
    const random = randomBelow(seed + order);
    const outcomes = { bytes: 0, errors: new Map<string, number>() };
    for (let i = 0; i < 1500; i++) {
      const bad = mutate(chunk, random);
      const asked = random(8) === 0 ? 1 + random(2 ** 15) : size;
      const outcome = decodeBoth(compression, 2 ** order, bad, asked);
      if ('bytes' in outcome) outcomes.bytes += 1;
      else outcomes.errors.set(outcome.code, (outcomes.errors.get(outcome.code) ?? 0) + 1);
    }
    // The mutations are worth something when they reach different verdicts.
    expect(outcomes.errors.size).toBeGreaterThanOrEqual(4);
    expect(outcomes.bytes).toBeGreaterThan(0);
  });
});

/** One to four bits flipped, bytes replaced, or a part cut out, doubled or cut off; headers are hit more often. */
function mutate(chunk: Uint8Array, random: (below: number) => number): Uint8Array {
  let bytes = Buffer.from(chunk);
  for (let count = 1 + random(4); count > 0; count--) {
    const at = random(random(2) === 0 ? Math.min(bytes.length, 100) : bytes.length);
    const kind = random(8);
    if (kind < 4) bytes[at] = (bytes[at] as number) ^ (1 << random(8));
    else if (kind < 6) bytes[at] = random(256);
    else if (kind === 6) bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + random(4))]);
    else bytes = Buffer.from(bytes.subarray(0, Math.max(1, bytes.length - random(60))));
  }
  return bytes;
}
