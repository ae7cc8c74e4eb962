/** LZX blocks of every type, the queue of recent offsets, code lengths with runs, all window sizes: hand-made vectors. */
import { describe, expect, test } from 'vitest';
import { bytesOf, decodeBoth } from './engines.ts';
import { LzxWriter } from './lzx-writer.ts';
import { expand, lengthOf, literals, type Token } from './tokens.ts';

const decode = (chunk: Uint8Array, size: number, order = 15) => bytesOf(decodeBoth('lzx', 2 ** order, chunk, size));
const text = (bytes: readonly number[]) => String.fromCharCode(...bytes);

describe('verbatim blocks', () => {
  test('literals', () => {
    const chunk = new LzxWriter().block(literals('verbatim literals, nothing else; again and again')).finish();
    expect(text(decode(chunk, 48))).toBe('verbatim literals, nothing else; again and again');
  });

  test('the bits of a chunk written out by hand', () => {
    // Type 1, size 12; pre-tree of the literals: symbols 16 (length 0 -> 1) and 17, 18 (zeros) with codewords 0, 10, 11.
    const writer = new LzxWriter();
    writer.header(1, 12);
    for (let symbol = 0; symbol < 20; symbol++)
      writer.bits(symbol === 16 ? 1 : symbol === 17 || symbol === 18 ? 2 : 0, 4);
    writer.bits(0b11, 2).bits(31, 5).bits(0b11, 2).bits(26, 5); // 51 + 46 zeros: up to 'a' = 97
    writer.bits(0, 1).bits(0, 1); // 'a' and 'b' have codewords of 1 bit
    writer.bits(0b11, 2).bits(31, 5).bits(0b11, 2).bits(31, 5).bits(0b11, 2).bits(31, 5); // 153 zeros
    writer.bits(0b10, 2).bits(0, 4); // 4 zeros: 256 in all
    for (let symbol = 0; symbol < 20; symbol++) writer.bits(symbol === 17 || symbol === 18 ? 1 : 0, 4);
    for (let i = 0; i < 4; i++) writer.bits(1, 1).bits(31, 5); // 204 zeros
    writer.bits(1, 1).bits(16, 5); // 36 zeros: 240 in all, no matches
    for (let symbol = 0; symbol < 20; symbol++) writer.bits(symbol === 17 || symbol === 18 ? 1 : 0, 4);
    for (let i = 0; i < 4; i++) writer.bits(1, 1).bits(31, 5);
    writer.bits(1, 1).bits(25, 5); // 45 zeros: 249 in all, no lengths
    writer.bits(0b0110_0101_1101, 12);
    expect(text(decode(writer.finish(), 12))).toBe('abbaababbbab');
  });

  test('the recent offsets: 1 at first, R1 and R2 swap with R0, a new one pushes the oldest out', () => {
    const tokens: Token[] = [
      ...literals('abcdefgh'),
      { offset: 1, length: 2 }, // R0
      { offset: 6, length: 3 }, // R = 6 1 1
      { offset: 2, length: 4 }, // R = 2 6 1
      { offset: 6, length: 2 }, // R1: R = 6 2 1
      { offset: 1, length: 2 }, // R2: R = 1 2 6
      { offset: 6, length: 2 }, // R2: R = 6 2 1
      { offset: 6, length: 2 }, // R0
      { offset: 9, length: 3 }, // R = 9 6 2
      { offset: 2, length: 2 }, // R2: R = 2 6 9
      { offset: 9, length: 2 }, // R2, not R1, which still is 6
      { offset: 6, length: 5 }, // R1
    ];
    const chunk = new LzxWriter().block(tokens).finish();
    expect(text(decode(chunk, lengthOf(tokens)))).toBe(text(expand(tokens)));
  });

  test('match lengths 2 to 257, with and without a length symbol', () => {
    const tokens: Token[] = literals('xyz');
    for (const length of [2, 3, 7, 8, 9, 10, 63, 64, 255, 256, 257]) tokens.push({ offset: 3, length });
    const chunk = new LzxWriter().block(tokens).finish();
    expect(decode(chunk, lengthOf(tokens))).toEqual(expand(tokens));
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 23, 24, 25, 40])('a match overlaps itself at distance %i', (offset) => {
    const start = literals('The quick brown fox jumps over the lazy dog');
    for (let length = 2; length <= 80; length++) {
      const tokens = [...start, { offset, length }, { literal: 33 }];
      const chunk = new LzxWriter().block(tokens, { explicit: true }).finish();
      expect(decode(chunk, lengthOf(tokens))).toEqual(expand(tokens));
    }
  });

  test('codewords of up to 16 bits', () => {
    const tokens = Array.from({ length: 400 }, (_, i): Token => ({ literal: (i * 37) % 256 }));
    for (let length = 2; length < 60; length++) tokens.push({ offset: length * 5, length }, { literal: length });
    const chunk = new LzxWriter().block(tokens, { skewed: true }).finish();
    expect(decode(chunk, lengthOf(tokens))).toEqual(expand(tokens));
  });
});

describe('aligned blocks', () => {
  test.each([false, true])('offsets of every slot of a 32 KiB window, skewed code: %s', (skewed) => {
    const tokens = Array.from({ length: 20_000 }, (_, i): Token => ({ literal: ((i * i) >> 4) & 7 }));
    for (let offset = 1; offset < 20_000; offset += 1 + (offset >> 2)) tokens.push({ offset, length: 2 });
    const chunk = new LzxWriter().block(tokens, { aligned: true, explicit: true, skewed }).finish();
    expect(decode(chunk, lengthOf(tokens))).toEqual(expand(tokens));
  });
});

describe('raw blocks', () => {
  const data = [...Buffer.from('raw bytes of odd size')];

  test('odd size, a pad byte, then a block that uses the offsets of the raw one', () => {
    const tokens: Token[] = [
      { offset: 5, length: 3 },
      { offset: 11, length: 4 },
      { offset: 7, length: 2 },
      ...literals('.'),
    ];
    const chunk = new LzxWriter().raw(data, [11, 7, 5]).block(tokens).finish();
    expect(decode(chunk, data.length + 10)).toEqual([...data, ...expand(tokens, data)]);
  });

  test('even size', () => {
    const chunk = new LzxWriter().raw(data.slice(1), [1, 1, 1]).block(literals('ab')).finish();
    expect(text(decode(chunk, data.length + 1))).toBe('aw bytes of odd sizeab');
  });

  test('at the end without its pad byte', () => {
    const chunk = new LzxWriter()
      .block(literals('0123456789abcdef'.repeat(40)))
      .raw(data, [1, 1, 1], { pad: false })
      .finish();
    expect(text(decode(chunk, 640 + data.length)).slice(640)).toBe('raw bytes of odd size');
  });

  test('behind a header that ends at every bit of a word: on a boundary a whole word is dropped', () => {
    const seen = new Set<number>();
    for (let count = 2; count < 40; count++) {
      const tokens = literals('ab'.repeat(20).slice(0, count)); // one bit each
      const writer = new LzxWriter().block(tokens);
      seen.add((writer.bitCount + 20) % 16);
      const chunk = writer
        .raw(data, [3, 2, 1])
        .block([{ offset: 3, length: 5 }, ...literals('z')])
        .finish();
      const before = [...expand(tokens), ...data];
      expect(decode(chunk, before.length + 6)).toEqual([...before, ...expand([{ offset: 3, length: 5 }], before), 122]);
    }
    expect(seen.size).toBe(16);
  });
});

describe('several blocks', () => {
  test('code lengths are differences to those of the block before, with runs', () => {
    const first = literals('first block with its own letters');
    const second: Token[] = [...literals('SECOND'), { offset: 20, length: 100 }, { offset: 6, length: 9 }];
    const third = [...literals('third'), { offset: 4, length: 30 }];
    for (const runs of [false, true]) {
      const chunk = new LzxWriter()
        .block(first, { runs })
        .block(second, { runs, aligned: true })
        .raw([1, 2, 3], [1, 1, 1])
        .block(third, { runs })
        .finish();
      const before = expand([...first, ...second]);
      before.push(1, 2, 3);
      expect(decode(chunk, before.length + 35)).toEqual([...before, ...expand(third, before)]);
    }
  });

  test('the default size of 32768 has no size field', () => {
    const tokens: Token[] = [{ literal: 65 }];
    for (let left = 32_767; left > 0; left -= 217) tokens.push({ offset: 1, length: Math.min(217, left) });
    const chunk = new LzxWriter().block(tokens).finish();
    expect(new Set(decode(chunk, 32_768))).toEqual(new Set([65]));
  });
});

describe('larger windows', () => {
  test.each([16, 17, 18, 19, 20, 21])('2^%i: 24-bit block sizes and the farthest slots', (order) => {
    const size = 2 ** order;
    const data = Array.from({ length: size - 1000 }, (_, i) => ((i >> 3) * 31 + (i & 7)) & 255);
    const tokens: Token[] = [];
    for (let offset = size - 1000; offset > 0; offset = Math.floor(offset / 1.7)) tokens.push({ offset, length: 4 });
    for (let offset = 2 ** 15; offset + 300 < size; offset *= 2) tokens.push({ offset: offset - 2, length: 3 });
    for (const aligned of [false, true]) {
      const chunk = new LzxWriter(order).raw(data, [1, 1, 1]).block(tokens, { aligned }).finish();
      const expected = Buffer.from([...data, ...expand(tokens, data)]);
      const outcome = decodeBoth('lzx', size, chunk, expected.length);
      if ('error' in outcome) throw outcome.error;
      // E8 bytes stand in the data, and there is no call in it: compare what translation leaves alone.
      const [got, want] = [outcome.bytes, expected];
      let i = 0;
      while (i < want.length) {
        if (want[i] === 0xe8 && i < want.length - 10) {
          i += 5;
          continue;
        }
        if (got[i] !== want[i]) throw new Error(`byte ${i} is ${got[i]}, must be ${want[i]}`);
        i += 1;
      }
    }
  });
});
