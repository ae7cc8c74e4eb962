/** LZX: from tokens to a block of bits, verbatim or aligned, whichever is shorter. */
import {
  ALIGNED_LENGTHS,
  ALIGNED_WORDS,
  LENGTH_LENGTHS,
  LENGTH_WORDS,
  MAIN_LENGTHS,
  MAIN_WORDS,
  OLD_LENGTH_LENGTHS,
  OLD_MAIN_LENGTHS,
} from './areas.ts';
import { codedBits, makeCode } from './code-maker.ts';
import { putLengths } from './lzx-lengths.ts';
import { ALIGNED_COUNTS, ALIGNED_EXTRA_BITS, EXTRA_BITS, LENGTH_COUNTS } from './lzx-segments.ts';
import { extraOf, LENGTH_SYMBOLS, slotOf } from './lzx-slots.ts';
import { TOKEN_SIZE, tokenLength, tokenLiterals, tokenMatch } from './tokens.ts';
import { ld8, ldCell, ldInt, putBits, st8 } from '../memory.ts';

const VERBATIM: i32 = 1;
const ALIGNED: i32 = 2;

/** Bits of the offsets, of the block that was prepared last: verbatim, and aligned with the code and its head. */
let extraBits: i32 = 0;
let alignedExtraBits: i32 = 0;

/** Makes the codes for a segment and returns how many bits it takes without the head of the block. */
export function prepareBlock(segment: i32, mainSymbols: i32): i32 {
  makeCode(segment, MAIN_LENGTHS, MAIN_WORDS, mainSymbols, 16);
  makeCode(segment + LENGTH_COUNTS, LENGTH_LENGTHS, LENGTH_WORDS, LENGTH_SYMBOLS, 16);
  makeCode(segment + ALIGNED_COUNTS, ALIGNED_LENGTHS, ALIGNED_WORDS, 8, 7);
  extraBits = ldInt(segment + EXTRA_BITS);
  alignedExtraBits = ldInt(segment + ALIGNED_EXTRA_BITS) + codedBits(segment + ALIGNED_COUNTS, ALIGNED_LENGTHS, 8) + 24;
  return (
    codedBits(segment, MAIN_LENGTHS, mainSymbols) +
    codedBits(segment + LENGTH_COUNTS, LENGTH_LENGTHS, LENGTH_SYMBOLS) +
    (alignedExtraBits < extraBits ? alignedExtraBits : extraBits)
  );
}

/** Writes the block of `size` bytes for which {@link prepareBlock} made the codes; `largeWindow`: chunks above 32 KiB. */
export function putBlock(
  token: i32,
  tokensTo: i32,
  data: i32,
  size: i32,
  mainSymbols: i32,
  largeWindow: boolean,
): void {
  const aligned = alignedExtraBits < extraBits;
  putBits(aligned ? ALIGNED : VERBATIM, 3);
  if (size == 0x8000) {
    putBits(1, 1);
  } else {
    putBits(0, 1);
    putBits(size, largeWindow ? 24 : 16);
  }
  if (aligned) {
    for (let symbol = 0; symbol < 8; symbol++) putBits(ld8(ALIGNED_LENGTHS + symbol), 3);
  }
  putLengths(MAIN_LENGTHS, OLD_MAIN_LENGTHS, 256);
  putLengths(MAIN_LENGTHS + 256, OLD_MAIN_LENGTHS + 256, mainSymbols - 256);
  putLengths(LENGTH_LENGTHS, OLD_LENGTH_LENGTHS, LENGTH_SYMBOLS);
  putTokens(token, tokensTo, data, aligned);
  for (let symbol = 0; symbol < mainSymbols; symbol++) st8(OLD_MAIN_LENGTHS + symbol, ld8(MAIN_LENGTHS + symbol));
  for (let symbol = 0; symbol < LENGTH_SYMBOLS; symbol++) {
    st8(OLD_LENGTH_LENGTHS + symbol, ld8(LENGTH_LENGTHS + symbol));
  }
}

function putTokens(token: i32, tokensTo: i32, data: i32, aligned: boolean): void {
  for (; token < tokensTo; token += TOKEN_SIZE) {
    for (const end = data + tokenLiterals(token); data < end; data++) {
      const literal = ld8(data);
      putBits(ldCell(MAIN_WORDS + literal * 2), ld8(MAIN_LENGTHS + literal));
    }
    const length = tokenLength(token);
    if (length == 0) continue;
    const match = tokenMatch(token);
    const slot = slotOf(match);
    const symbol = 256 + slot * 8 + (length < 9 ? length - 2 : 7);
    let word = ldCell(MAIN_WORDS + symbol * 2);
    let bits = ld8(MAIN_LENGTHS + symbol);
    if (length >= 9) {
      const more = ld8(LENGTH_LENGTHS + length - 9);
      word = (word << more) | ldCell(LENGTH_WORDS + (length - 9) * 2);
      bits += more;
    }
    putBits(word, bits);
    const extra = extraOf(slot);
    if (aligned && slot >= 8) {
      const low = match & 7;
      const more = ld8(ALIGNED_LENGTHS + low);
      const high = (match & ((1 << extra) - 1)) >> 3;
      putBits((high << more) | ldCell(ALIGNED_WORDS + low * 2), extra - 3 + more);
    } else {
      putBits(match & ((1 << extra) - 1), extra);
    }
    data += length;
  }
}
