/** The symbols of one LZX block of type 1 (verbatim) or 2 (aligned offsets): the loop where the time goes. */
import { copyForward, ldBits, ldCell, st8 } from '../memory.ts';
import { ALIGNED_CODE, LENGTH_CODE, MAIN_CODE, OUTPUT } from './areas.ts';
import { decodeLong, FAST } from './huffman.ts';
import { bitAddress, bitsBase, bitsLimit, bitsTaken, setBitsTaken } from './lzx-bits.ts';
import { CODEWORD, fail, INPUT_EXHAUSTED, MATCH_LENGTH, MATCH_OFFSET, OK } from './verdict.ts';

export const MAIN_BITS: i32 = 11;
export const LENGTH_BITS: i32 = 10;
export const ALIGNED_BITS: i32 = 7;

let r0: i32 = 1;
let r1: i32 = 1;
let r2: i32 = 1;

/** The three most recent match offsets: 1, 1, 1 at the start of a chunk; a raw block brings its own. */
export function setRecentOffsets(newest: i32, middle: i32, oldest: i32): void {
  r0 = newest;
  r1 = middle;
  r2 = oldest;
}

/** Decodes symbols until `to` has reached `blockEnd` (addresses in the output). */
export function decodeSymbols(to: i32, blockEnd: i32, aligned: boolean): i32 {
  const base = bitsBase();
  const limit = bitsLimit();
  let taken = bitsTaken();

  // One round takes at most 16 + 16 + 17 bits, so no round reaches farther than 11 bytes behind the input.
  while (to < blockEnd) {
    if (taken > limit) return failAt(INPUT_EXHAUSTED, taken, to, 0);
    let next = ldBits(base + ((taken >> 4) << 1)) << (taken & 15);
    let entry = ldCell(MAIN_CODE + FAST + (next >>> (32 - MAIN_BITS)) * 2);
    let symbol = entry >> 4;
    if (entry == 0) {
      const long = decodeLong(MAIN_CODE, next >>> 16, MAIN_BITS);
      if (long < 0) return failAt(CODEWORD, taken, to, 0);
      symbol = long >> 5;
      taken += long & 31;
    } else {
      taken += entry & 15;
    }

    if (symbol < 256) {
      st8(to, symbol);
      to += 1;
      continue;
    }

    let length = (symbol & 7) + 2;
    if (length == 9) {
      next = ldBits(base + ((taken >> 4) << 1)) << (taken & 15);
      entry = ldCell(LENGTH_CODE + FAST + (next >>> (32 - LENGTH_BITS)) * 2);
      if (entry == 0) {
        const long = decodeLong(LENGTH_CODE, next >>> 16, LENGTH_BITS);
        if (long < 0) return failAt(CODEWORD, taken, to, 0);
        length += long >> 5;
        taken += long & 31;
      } else {
        length += entry >> 4;
        taken += entry & 15;
      }
    }

    const slot = (symbol - 256) >> 3;
    let offset = r0;
    if (slot >= 3) {
      // Slots 3.. stand for offsets 1, 2-3, 4-5, 6-9, 10-13 ...: 0, 1, 1, 2, 2 ... extra bits, at most 17.
      let extra = (slot >> 1) - 1;
      if (extra > 17) extra = 17;
      if (slot == 3) {
        offset = 1;
      } else {
        offset = slot < 38 ? ((2 + (slot & 1)) << extra) - 2 : ((slot - 34) << 17) - 2;
        next = ldBits(base + ((taken >> 4) << 1)) << (taken & 15);
        if (aligned && extra >= 3) {
          // All but the three lowest bits as they are (`>>> 1` first, because there may be none), those by the aligned code.
          offset += ((next >>> 1) >>> (34 - extra)) << 3;
          taken += extra - 3;
          next = ldBits(base + ((taken >> 4) << 1)) << (taken & 15);
          entry = ldCell(ALIGNED_CODE + FAST + (next >>> (32 - ALIGNED_BITS)) * 2);
          if (entry == 0) return failAt(CODEWORD, taken, to, 0);
          offset += entry >> 4;
          taken += entry & 15;
        } else {
          offset += next >>> (32 - extra);
          taken += extra;
        }
      }
      r2 = r1;
      r1 = r0;
      r0 = offset;
    } else if (slot == 1) {
      offset = r1;
      r1 = r0;
      r0 = offset;
    } else if (slot == 2) {
      offset = r2;
      r2 = r0;
      r0 = offset;
    }

    if (length > blockEnd - to) return failAt(MATCH_LENGTH, taken, to, length);
    if (offset <= 0 || offset > to - OUTPUT) return failAt(MATCH_OFFSET, taken, to, offset);
    copyForward(to, to - offset, length);
    to += length;
  }
  setBitsTaken(taken);
  return OK;
}

function failAt(verdict: i32, taken: i32, to: i32, found: i32): i32 {
  setBitsTaken(taken);
  return fail(taken > bitsLimit() ? INPUT_EXHAUSTED : verdict, bitAddress(), to, found);
}
