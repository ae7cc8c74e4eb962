/** XPRESS Huffman chunks: length escapes between the bits, overlapping matches, long codewords: hand-made vectors. */
import { describe, expect, test } from 'vitest';
import { bytesOf, codeOf, decodeBoth } from './engines.ts';
import { expand, lengthOf, literals, type Token } from './tokens.ts';
import { encodeXpress, packLengths } from './xpress-writer.ts';

const decode = (chunk: Uint8Array, size: number, chunkSize = 65_536) =>
  bytesOf(decodeBoth('xpress', chunkSize, chunk, size));

test('the bits of a chunk written out by hand', () => {
  const lengths = Array.from({ length: 512 }, () => 0);
  lengths[0x61] = 1; // a: 0
  lengths[0x62] = 2; // b: 10
  lengths[256] = 3; // end, also match of length 3 at offset 1: 110
  lengths[256 + 16 + 15] = 3; // match of length 18 and more at offset 2 or 3: 111
  // a b, match with offset bit 1 = 3?  a b a, then offset 3: 0 10 0 111 1, extra byte 2: length 20; then 256, 256
  const words = [0b0100_1111_1101_1000, 0];
  const bytes = [...packLengths(lengths), words[0]! & 255, words[0]! >> 8, 0, 0, 2];
  const chunk = Uint8Array.from(bytes);
  const expected = expand([...literals('aba'), { offset: 3, length: 20 }, { offset: 1, length: 3 }]);
  expect(decode(chunk, expected.length)).toEqual(expected);
});

test('literals, with the symbol 256 behind them', () => {
  const tokens = literals('XPRESS literals of a chunk');
  expect(String.fromCharCode(...decode(encodeXpress(tokens), tokens.length))).toBe('XPRESS literals of a chunk');
});

describe('match lengths around every escape', () => {
  // 3 to 17 in the symbol; from 18 a byte 0 to 254; from 273 a byte 255 and 16 bits.
  test.each([3, 4, 16, 17, 18, 19, 271, 272, 273, 274, 1000, 30_000, 65_000])('%i', (length) => {
    for (const offset of [1, 2, 3, 7, 8, 100]) {
      const tokens: Token[] = [];
      for (let i = 0; i < 100; i++) tokens.push({ literal: (i * 7) & 255 });
      tokens.push({ offset, length }, ...literals('end'));
      expect(decode(encodeXpress(tokens), lengthOf(tokens))).toEqual(expand(tokens));
    }
  });
});

test('many escapes in a row keep bytes and words apart', () => {
  const tokens: Token[] = literals('0123456789');
  for (let i = 0; i < 150; i++) {
    tokens.push({ offset: 1 + ((i * 13) % 10), length: 18 + ((i * 29) % 400) }, { literal: i & 255 });
  }
  for (const skewed of [false, true]) {
    expect(decode(encodeXpress(tokens, { skewed }), lengthOf(tokens))).toEqual(expand(tokens));
  }
});

test('offsets of 0 to 15 bits', () => {
  const tokens: Token[] = Array.from({ length: 40_000 }, (_, i) => ({ literal: ((i * i) >> 5) & 7 }));
  for (let offset = 1; offset < 40_000; offset += 1 + (offset >> 3)) tokens.push({ offset, length: 3 + (offset % 20) });
  for (const skewed of [false, true]) {
    expect(decode(encodeXpress(tokens, { skewed }), lengthOf(tokens))).toEqual(expand(tokens));
  }
});

describe('malformed', () => {
  const good = encodeXpress([...literals('abcabc'), { offset: 3, length: 300 }]);
  const size = 306;

  test('every truncation', () => {
    const codes: (string | undefined)[] = [];
    for (let length = 0; length <= good.length; length++) {
      if (length !== size) codes.push(codeOf(decodeBoth('xpress', 32_768, good.subarray(0, length), size)));
    }
    const enough = codes.indexOf(undefined); // the symbol 256 and the word reserved for more are not needed
    expect(enough).toBeGreaterThanOrEqual(good.length - 4);
    expect(new Set(codes.slice(0, enough))).toEqual(new Set(['CODEC_INPUT_EXHAUSTED']));
    expect(new Set(codes.slice(enough))).toEqual(new Set([undefined]));
  });

  test('code lengths that leave a gap or ask for too much', () => {
    const lengths = Array.from({ length: 512 }, () => 0);
    lengths[65] = 1;
    lengths[66] = 2;
    const chunk = () => Uint8Array.from([...packLengths(lengths), 0, 0, 0, 0]);
    expect(codeOf(decodeBoth('xpress', 32_768, chunk(), 5))).toBe('CODEC_CODE_INCOMPLETE');
    lengths[67] = 1;
    expect(codeOf(decodeBoth('xpress', 32_768, chunk(), 5))).toBe('CODEC_CODE_OVERSUBSCRIBED');
    lengths.fill(0);
    expect(codeOf(decodeBoth('xpress', 32_768, chunk(), 5))).toBe('CODEC_CODEWORD');
    lengths.fill(9);
    expect(decode(chunk(), 3)).toEqual([0, 0, 0]); // 512 codewords of 9 bits: complete
  });

  test('a match that starts before the chunk or ends behind it', () => {
    const before = encodeXpress([...literals('ab'), { offset: 3, length: 3 }]);
    expect(codeOf(decodeBoth('xpress', 32_768, before, 5))).toBe('CODEC_MATCH_OFFSET');
    const behind = encodeXpress([...literals('ab'), { offset: 2, length: 300 }]);
    expect(codeOf(decodeBoth('xpress', 32_768, behind, 301))).toBe('CODEC_MATCH_LENGTH');
  });
});
