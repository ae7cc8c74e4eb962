/**
 * LZX as WIM files use it (facts/image-formats.md D.9): every chunk on its own, the window is the chunk, no header bit
 * for E8 translation, which is always on. The family is described in [MS-PATCH]; the WIM flavour differs in block sizes.
 */
import {
  ALIGNED_CODE,
  ALIGNED_LENGTHS,
  LENGTH_CODE,
  LENGTH_LENGTHS,
  MAIN_CODE,
  MAIN_LENGTHS,
  OUTPUT,
  PRE_CODE,
  PRE_LENGTHS,
} from './areas.ts';
import { buildCode } from './huffman.ts';
import { alignToWord, bitAddress, bitsExhausted, openBits, takeBits, takeSymbol } from './lzx-bits.ts';
import { ALIGNED_BITS, decodeSymbols, LENGTH_BITS, MAIN_BITS, setRecentOffsets } from './lzx-block.ts';
import { findByte, ld8, ld32, st8, st32 } from '../memory.ts';
import { BLOCK_SIZE, BLOCK_TYPE, CODEWORD, fail, INPUT_EXHAUSTED, LENGTH_RUN, OK } from './verdict.ts';

const PRE_BITS: i32 = 7;
const LENGTH_SYMBOLS: i32 = 249;
const DEFAULT_BLOCK_SIZE: i32 = 32_768;
/** What E8 translation takes for the size of the file, in every WIM. */
const E8_FILE_SIZE: i32 = 12_000_000;

/**
 * Decodes the `inputSize` bytes at `input` to `outputSize` bytes at OUTPUT and returns a verdict.
 * `windowOrder` is log2 of the chunk size, 15 to 21; `input` lies behind OUTPUT + outputSize + SLACK.
 */
export function decodeLzx(input: i32, inputSize: i32, outputSize: i32, windowOrder: i32): i32 {
  const inputEnd = input + inputSize;
  const outputEnd = OUTPUT + outputSize;
  // 30, 32, 34, 36, 38, 42, 50 position slots for windows of 2^15 ... 2^21: from 2^18 on a slot spans 2^17.
  const slots = windowOrder < 19 ? windowOrder * 2 : 34 + (1 << (windowOrder - 17));
  const mainSymbols = 256 + slots * 8;
  for (let i = 0; i < mainSymbols; i++) st8(MAIN_LENGTHS + i, 0);
  for (let i = 0; i < LENGTH_SYMBOLS; i++) st8(LENGTH_LENGTHS + i, 0);
  setRecentOffsets(1, 1, 1);
  openBits(input, inputEnd);
  let mayHoldE8 = 0;
  let verdict = OK;

  let to = OUTPUT;
  while (to < outputEnd) {
    const type = takeBits(3);
    let size = DEFAULT_BLOCK_SIZE;
    if (takeBits(1) == 0) {
      size = takeBits(16);
      if (windowOrder > 15) size = (size << 8) | takeBits(8);
    }
    if (bitsExhausted()) return fail(INPUT_EXHAUSTED, bitAddress(), to, 0);
    if (type < 1 || type > 3) return fail(BLOCK_TYPE, bitAddress(), to, type);
    if (size < 1 || size > outputEnd - to) return fail(BLOCK_SIZE, bitAddress(), to, size);

    if (type == 3) {
      const data = alignToWord() + 12;
      if (data + size > inputEnd) return fail(INPUT_EXHAUSTED, data, to, 0);
      setRecentOffsets(ld32(data - 12), ld32(data - 8), ld32(data - 4));
      for (let i = 0; i < size; i++) st8(to + i, ld8(data + i));
      mayHoldE8 = 1;
      const next = data + size + (size & 1); // the pad byte may be missing behind the last block
      openBits(next, next > inputEnd ? next : inputEnd);
    } else {
      if (type == 2) {
        for (let i = 0; i < 8; i++) st8(ALIGNED_LENGTHS + i, takeBits(3));
        verdict = buildCode(ALIGNED_CODE, ALIGNED_LENGTHS, 8, ALIGNED_BITS);
        if (verdict != OK) return fail(bitsExhausted() ? INPUT_EXHAUSTED : verdict, bitAddress(), to, 0);
      }
      verdict = readLengths(MAIN_LENGTHS, 256);
      if (verdict == OK) verdict = readLengths(MAIN_LENGTHS + 256, mainSymbols - 256);
      if (verdict == OK) verdict = buildCode(MAIN_CODE, MAIN_LENGTHS, mainSymbols, MAIN_BITS);
      if (verdict == OK) verdict = readLengths(LENGTH_LENGTHS, LENGTH_SYMBOLS);
      if (verdict == OK) verdict = buildCode(LENGTH_CODE, LENGTH_LENGTHS, LENGTH_SYMBOLS, LENGTH_BITS);
      if (verdict != OK) return fail(bitsExhausted() ? INPUT_EXHAUSTED : verdict, bitAddress(), to, 0);
      mayHoldE8 |= ld8(MAIN_LENGTHS + 0xe8);
      verdict = decodeSymbols(to, to + size, type == 2);
      if (verdict != OK) return verdict;
      if (bitsExhausted()) return fail(INPUT_EXHAUSTED, bitAddress(), to + size, 0);
    }
    to += size;
  }
  if (mayHoldE8 != 0) undoE8(outputSize);
  return OK;
}

/** Reads `count` code lengths, coded as differences to those that are there, with a pre-tree of their own. */
function readLengths(lengths: i32, count: i32): i32 {
  for (let i = 0; i < 20; i++) st8(PRE_LENGTHS + i, takeBits(4));
  const verdict = buildCode(PRE_CODE, PRE_LENGTHS, 20, PRE_BITS);
  if (verdict != OK) return verdict;
  let i = 0;
  while (i < count) {
    const symbol = takeSymbol(PRE_CODE, PRE_BITS);
    if (symbol < 0) return CODEWORD;
    let run = 1;
    let value = 0;
    if (symbol < 17) {
      value = ld8(lengths + i) - symbol;
    } else if (symbol == 17) {
      run = 4 + takeBits(4);
    } else if (symbol == 18) {
      run = 20 + takeBits(5);
    } else {
      run = 4 + takeBits(1);
      const difference = takeSymbol(PRE_CODE, PRE_BITS);
      if (difference < 0) return CODEWORD;
      if (difference > 16) return LENGTH_RUN;
      value = ld8(lengths + i) - difference;
    }
    if (bitsExhausted()) return INPUT_EXHAUSTED;
    if (run > count - i) return LENGTH_RUN;
    if (value < 0) value += 17;
    for (let end = i + run; i < end; i++) st8(lengths + i, value);
  }
  return OK;
}

/** The compressor made the targets of x86 calls (opcode E8) absolute; this makes them relative again. */
function undoE8(size: i32): void {
  const end = OUTPUT + size - 10;
  let at = OUTPUT;
  while (at < end) {
    at = findByte(at, end, 0xe8);
    if (at >= end) return;
    const position = at - OUTPUT;
    const absolute = ld32(at + 1);
    if (absolute >= 0) {
      if (absolute < E8_FILE_SIZE) st32(at + 1, absolute - position);
    } else if (absolute >= -position) {
      st32(at + 1, absolute + E8_FILE_SIZE);
    }
    at += 5;
  }
}
