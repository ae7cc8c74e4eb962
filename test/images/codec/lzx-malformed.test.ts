/** LZX chunks with one thing wrong each, and the verdict that both engines must give. */
import { describe, expect, test } from 'vitest';
import { FormatError } from '../../../src/core/index.ts';
import { codeOf, decodeBoth } from './engines.ts';
import { LzxWriter } from './lzx-writer.ts';
import { literals, type Token } from './tokens.ts';

const verdict = (writer: LzxWriter, size: number) =>
  codeOf(decodeBoth('lzx', 2 ** writer.order, writer.finish(), size));
const zeros = (count: number) => Array.from({ length: count }, () => 0);

describe('blocks', () => {
  test.each([0, 4, 5, 6, 7])('type %i', (type) => {
    expect(verdict(new LzxWriter().header(type, 10).bits(0, 64), 10)).toBe('CODEC_LZX_BLOCK_TYPE');
  });

  test('size 0', () => {
    expect(verdict(new LzxWriter().header(1, 0).bits(0, 64), 10)).toBe('CODEC_LZX_BLOCK_SIZE');
  });

  test('larger than the chunk, explicit or by default', () => {
    expect(verdict(new LzxWriter().block(literals('abc')), 2)).toBe('CODEC_LZX_BLOCK_SIZE');
    expect(verdict(new LzxWriter().header(3, 32_768).bits(0, 12), 100)).toBe('CODEC_LZX_BLOCK_SIZE');
    expect(verdict(new LzxWriter(21).header(3, 0xff_ffff).bits(0, 12), 2 ** 21)).toBe('CODEC_LZX_BLOCK_SIZE');
  });

  test('smaller than the chunk, and nothing behind it', () => {
    expect(verdict(new LzxWriter().raw([1, 2, 3], [1, 1, 1]), 4)).toBe('CODEC_INPUT_EXHAUSTED');
  });

  test('a raw block that is cut off', () => {
    expect(verdict(new LzxWriter().raw([1, 2, 3], [1, 1, 1], { size: 50 }), 50)).toBe('CODEC_INPUT_EXHAUSTED');
  });
});

describe('codes', () => {
  const main = new LzxWriter().mainSymbols;

  test('a pre-tree with too many or too few codewords', () => {
    const over = new LzxWriter().header(1, 5);
    for (let i = 0; i < 20; i++) over.bits(1, 4);
    expect(verdict(over, 5)).toBe('CODEC_CODE_OVERSUBSCRIBED');
    const under = new LzxWriter().header(1, 5).bits(1, 4);
    for (let i = 1; i < 20; i++) under.bits(0, 4);
    expect(verdict(under.bits(0, 32), 5)).toBe('CODEC_CODE_INCOMPLETE');
  });

  test('an empty pre-tree', () => {
    expect(verdict(new LzxWriter().header(1, 5).bits(0, 80).bits(0, 32), 5)).toBe('CODEC_CODEWORD');
  });

  test('main code over-subscribed, incomplete, empty', () => {
    const coded = (lengths: number[]) =>
      new LzxWriter()
        .header(1, 5)
        .codeLengths(zeros(256), lengths.slice(0, 256))
        .codeLengths(zeros(main - 256), lengths.slice(256))
        .codeLengths(zeros(249), zeros(249))
        .bits(0, 64);
    expect(verdict(coded([1, 1, 1, ...zeros(main - 3)]), 5)).toBe('CODEC_CODE_OVERSUBSCRIBED');
    expect(verdict(coded([1, 2, ...zeros(main - 2)]), 5)).toBe('CODEC_CODE_INCOMPLETE');
    expect(verdict(coded(zeros(main)), 5)).toBe('CODEC_CODEWORD');
  });

  test('an aligned code with too many codewords', () => {
    expect(verdict(new LzxWriter().header(2, 5).bits(0b001_001_001, 9).bits(0, 64), 5)).toBe(
      'CODEC_CODE_OVERSUBSCRIBED',
    );
  });

  test('an empty length code that a match needs', () => {
    const lengths = zeros(main);
    lengths[65] = 1;
    lengths[256 + 7] = 1; // R0, length from the length code
    const writer = new LzxWriter()
      .header(1, 20)
      .codeLengths(zeros(256), lengths.slice(0, 256))
      .codeLengths(zeros(main - 256), lengths.slice(256))
      .codeLengths(zeros(249), zeros(249))
      .bits(0b01, 2)
      .bits(0, 64);
    expect(verdict(writer, 20)).toBe('CODEC_CODEWORD');
  });

  test('runs of code lengths past the end of the table', () => {
    for (const [symbol, bits] of [
      [17, 4],
      [18, 5],
      [19, 1],
    ] as const) {
      const writer = new LzxWriter().header(1, 5);
      writer.codeLengths(zeros(254), zeros(254)); // two are left of 256
      writer.pre(symbol).bits(0, bits).pre(0).bits(0, 64);
      expect(verdict(writer, 5)).toBe('CODEC_LZX_LENGTH_RUN');
    }
  });

  test.each([17, 18, 19])('a run that repeats symbol %i', (symbol) => {
    const writer = new LzxWriter().header(1, 5).codeLengths(zeros(0), zeros(0));
    writer.pre(19).bits(0, 1).pre(symbol).bits(0, 64);
    expect(verdict(writer, 5)).toBe('CODEC_LZX_LENGTH_RUN');
  });
});

describe('matches', () => {
  test('before the start of the chunk', () => {
    const tokens: Token[] = [...literals('abc'), { offset: 4, length: 2 }];
    expect(verdict(new LzxWriter().block(tokens), 5)).toBe('CODEC_MATCH_OFFSET');
    expect(verdict(new LzxWriter().block([{ offset: 1, length: 2 }, ...literals('abc')]), 5)).toBe(
      'CODEC_MATCH_OFFSET',
    );
  });

  test.each([0, 0x8000_0000, 0xffff_ffff, 4])('at the offset %i that a raw block brought', (offset) => {
    const writer = new LzxWriter()
      .raw([1, 2, 3], [offset, offset, offset])
      .block([{ offset, length: 2 }, ...literals('abc')]);
    const outcome = decodeBoth('lzx', 32_768, writer.finish(), 8);
    expect(codeOf(outcome)).toBe('CODEC_MATCH_OFFSET');
    expect('error' in outcome && outcome.error.message).toContain(`match offset is ${offset}, must be 1 to 3`);
  });

  test('past the end of its block', () => {
    const tokens: Token[] = [...literals('abc'), { offset: 3, length: 100 }];
    expect(verdict(new LzxWriter().block(tokens, { size: 50 }), 200)).toBe('CODEC_MATCH_LENGTH');
  });
});

test('every truncation of a chunk with all block types', () => {
  const tokens: Token[] = [...literals('truncated'), { offset: 9, length: 40 }, { offset: 2, length: 5 }];
  const chunk = new LzxWriter().block(tokens).raw([9, 8, 7, 6], [1, 2, 3]).block(tokens, { aligned: true }).finish();
  const size = 54 + 4 + 54;
  expect(codeOf(decodeBoth('lzx', 32_768, chunk, size))).toBeUndefined();
  for (let length = 0; length < chunk.length; length++) {
    if (length !== size)
      expect(codeOf(decodeBoth('lzx', 32_768, chunk.subarray(0, length), size))).toBe('CODEC_INPUT_EXHAUSTED');
  }
});

test('the error says what, where, expected and found', () => {
  const chunk = new LzxWriter().raw([1, 2, 3], [1, 1, 1]).header(5, 10).bits(0, 64).finish();
  const outcome = decodeBoth('lzx', 32_768, chunk, 100);
  const error = 'error' in outcome ? outcome.error : undefined;
  expect(error).toBeInstanceOf(FormatError);
  expect(error?.message).toMatch(/^LZX chunk at byte \d+ of 32, output byte 3: block type is 5, must be 1, 2 or 3$/u);
  expect(error?.details).toMatchObject({ format: 'lzx', outputOffset: 3, outputSize: 100, size: 32, actual: 5 });
});
