/** LZX: from tokens to a block of bits, verbatim or aligned, whichever is shorter. */
import {
  ALIGNED_COUNTS,
  ALIGNED_LENGTHS,
  ALIGNED_WORDS,
  LENGTH_COUNTS,
  LENGTH_LENGTHS,
  LENGTH_WORDS,
  MAIN_COUNTS,
  MAIN_LENGTHS,
  MAIN_WORDS,
  OLD_LENGTH_LENGTHS,
  OLD_MAIN_LENGTHS,
} from './areas.ts';
import { codedBits, makeCode } from './code-maker.ts';
import { putLengths } from './lzx-lengths.ts';
import { TOKEN_SIZE, tokenLength, tokenLiterals, tokenMatch } from './tokens.ts';
import { clear, ld8, ldCell, ldInt, log2Of, putBits, st8, stInt } from '../memory.ts';

export const LENGTH_SYMBOLS: i32 = 249;
const VERBATIM: i32 = 1;
const ALIGNED: i32 = 2;

/** Bits of the offsets that no code shortens, counted by {@link countTokens}. */
let extraBits: i32 = 0;
/** The same with the lowest 3 bits of all offsets that have them left out. */
let alignedExtraBits: i32 = 0;

/** The position slot of a match: its offset + 2, or 0, 1, 2 for a recent one. From 2^18 on a slot spans 2^17. */
function slotOf(match: i32): i32 {
  if (match < 2) return match;
  const high = log2Of(match);
  return high < 18 ? high * 2 + ((match >> (high - 1)) & 1) : 34 + (match >> 17);
}

/** How many bits of a match follow its slot. */
function extraOf(slot: i32): i32 {
  const extra = (slot >> 1) - 1;
  return extra < 0 ? 0 : extra > 17 ? 17 : extra;
}

/**
 * Makes the codes for the tokens from `token` to `tokensTo`, whose literals start at `data`, and returns how many bits they
 * take without the head of the block. `mainSymbols` depends on the window.
 */
export function prepareBlock(token: i32, tokensTo: i32, data: i32, mainSymbols: i32): i32 {
  countTokens(token, tokensTo, data, mainSymbols);
  makeCode(MAIN_COUNTS, MAIN_LENGTHS, MAIN_WORDS, mainSymbols, 16);
  makeCode(LENGTH_COUNTS, LENGTH_LENGTHS, LENGTH_WORDS, LENGTH_SYMBOLS, 16);
  makeCode(ALIGNED_COUNTS, ALIGNED_LENGTHS, ALIGNED_WORDS, 8, 7);
  alignedExtraBits += codedBits(ALIGNED_COUNTS, ALIGNED_LENGTHS, 8) + 24;
  return (
    codedBits(MAIN_COUNTS, MAIN_LENGTHS, mainSymbols) +
    codedBits(LENGTH_COUNTS, LENGTH_LENGTHS, LENGTH_SYMBOLS) +
    (alignedExtraBits < extraBits ? alignedExtraBits : extraBits)
  );
}

function countTokens(token: i32, tokensTo: i32, data: i32, mainSymbols: i32): void {
  clear(MAIN_COUNTS, mainSymbols * 4);
  clear(LENGTH_COUNTS, LENGTH_SYMBOLS * 4);
  clear(ALIGNED_COUNTS, 8 * 4);
  extraBits = 0;
  alignedExtraBits = 0;
  for (; token < tokensTo; token += TOKEN_SIZE) {
    for (const end = data + tokenLiterals(token); data < end; data++) count(MAIN_COUNTS, ld8(data));
    const length = tokenLength(token);
    if (length == 0) continue;
    const match = tokenMatch(token);
    const slot = slotOf(match);
    const extra = extraOf(slot);
    extraBits += extra;
    alignedExtraBits += extra;
    if (slot >= 8) {
      alignedExtraBits -= 3;
      count(ALIGNED_COUNTS, match & 7);
    }
    count(MAIN_COUNTS, 256 + slot * 8 + (length < 9 ? length - 2 : 7));
    if (length >= 9) count(LENGTH_COUNTS, length - 9);
    data += length;
  }
}

function count(counts: i32, symbol: i32): void {
  const at = counts + symbol * 4;
  stInt(at, ldInt(at) + 1);
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
