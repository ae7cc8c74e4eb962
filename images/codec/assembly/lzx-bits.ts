/**
 * LZX's bit stream: little-endian 16-bit words, most significant bit first. The state is one number, the bits taken since
 * `base`; every look loads two words anew, which costs less than keeping a bit buffer filled with a branch that no
 * processor predicts. The loop over symbols (lzx-block.ts) works on a copy of the state.
 *
 * Behind the end of the input lie zeros (SLACK in areas.ts): looking at them is allowed, having taken them is an error. The
 * callers ask {@link bitsExhausted} often enough that no more than 32 bytes of them are ever reached.
 */
import { ldBits, ldCell } from '../memory.ts';
import { decodeLong, FAST } from './huffman.ts';

let base: i32 = 0;
let taken: i32 = 0;
let limit: i32 = 0;

/** Starts at the even address `start`; an odd byte before `end` belongs to no word. */
export function openBits(start: i32, end: i32): void {
  base = start;
  taken = 0;
  limit = ((end - start) & ~1) * 8;
}

/** Address that {@link bitsTaken} counts from. */
export function bitsBase(): i32 {
  return base;
}

export function bitsTaken(): i32 {
  return taken;
}

/** How many bits the input has. */
export function bitsLimit(): i32 {
  return limit;
}

/** Gives the state back after the caller worked on a copy of it. */
export function setBitsTaken(bits: i32): void {
  taken = bits;
}

/** True when bits were taken that the input does not have. */
export function bitsExhausted(): boolean {
  return taken > limit;
}

/** Address of the byte with the next bit, at most the end of the input. */
export function bitAddress(): i32 {
  return base + ((taken < limit ? taken : limit) >> 3);
}

/** The next bits from bit 31 down; 17 of them or more, zeros or later bits below. */
function look(): i32 {
  return ldBits(base + ((taken >> 4) << 1)) << (taken & 15);
}

/** Takes `count` bits, 1 to 16. */
export function takeBits(count: i32): i32 {
  const value = look() >>> (32 - count);
  taken += count;
  return value;
}

/** Takes a codeword and returns its symbol, or -1 when the code is empty. */
export function takeSymbol(code: i32, tableBits: i32): i32 {
  const next = look();
  const entry = ldCell(code + FAST + (next >>> (32 - tableBits)) * 2);
  if (entry != 0) {
    taken += entry & 15;
    return entry >> 4;
  }
  const long = decodeLong(code, next >>> 16, tableBits);
  if (long < 0) return -1;
  taken += long & 31;
  return long >> 5;
}

/**
 * Address of the first byte behind the padding in front of a raw block: 1 to 16 bits up to a word boundary, so a whole
 * word when the stream is on one already.
 */
export function alignToWord(): i32 {
  return base + ((taken >> 4) + 1) * 2;
}
