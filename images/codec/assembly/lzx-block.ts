/** The symbols of one LZX block of type 1 (verbatim) or 2 (aligned offsets): the loop where the time goes. */
import { ALIGNED_CODE, LENGTH_CODE, MAIN_CODE, OUTPUT } from './areas.ts';
import { decodeLong, FAST } from './huffman.ts';
import { bitBuffer, bitPosition, bitsAvailable, bitWordsEnd, phantomWords, setBits } from './lzx-bits.ts';
import { copyForward, ld16, ldCell, st8 } from '../memory.ts';
import { blame, CODEWORD, fail, INPUT_EXHAUSTED, MATCH_LENGTH, MATCH_OFFSET, OK } from './verdict.ts';

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
  const wordsEnd = bitWordsEnd();
  let position = bitPosition();
  let buffer = bitBuffer();
  let available = bitsAvailable();
  let phantom = phantomWords();
  // Below, "16 bits" means: refill by one word when fewer than 16 are there. No codeword is longer. Each symbol takes at
  // least one bit, so the check at the top bounds the phantom words.

  while (to < blockEnd) {
    if (available < 16) {
      if (position < wordsEnd) {
        buffer |= ld16(position) << (16 - available);
        position += 2;
      } else {
        if (phantom * 16 > available) return fail(INPUT_EXHAUSTED, position, to, 0);
        phantom++;
      }
      available += 16;
    }
    let entry = ldCell(MAIN_CODE + FAST + (buffer >>> (32 - MAIN_BITS)) * 2);
    let symbol = entry >> 4;
    let bits = entry & 15;
    if (entry == 0) {
      const long = decodeLong(MAIN_CODE, buffer >>> 16, MAIN_BITS);
      if (long < 0) return fail(blame(CODEWORD, phantom, available), position, to, 0);
      symbol = long >> 5;
      bits = long & 31;
    }
    buffer <<= bits;
    available -= bits;

    if (symbol < 256) {
      st8(to, symbol);
      to += 1;
      continue;
    }

    let length = (symbol & 7) + 2;
    if (length == 9) {
      if (available < 16) {
        if (position < wordsEnd) {
          buffer |= ld16(position) << (16 - available);
          position += 2;
        } else {
          phantom++;
        }
        available += 16;
      }
      entry = ldCell(LENGTH_CODE + FAST + (buffer >>> (32 - LENGTH_BITS)) * 2);
      length += entry >> 4;
      bits = entry & 15;
      if (entry == 0) {
        const long = decodeLong(LENGTH_CODE, buffer >>> 16, LENGTH_BITS);
        if (long < 0) return fail(blame(CODEWORD, phantom, available), position, to, 0);
        length += long >> 5;
        bits = long & 31;
      }
      buffer <<= bits;
      available -= bits;
    }

    const slot = (symbol - 256) >> 3;
    let offset = r0;
    if (slot >= 3) {
      // Slots 3.. stand for offsets 1, 2-3, 4-5, 6-9, 10-13 ...: e = 0, 1, 1, 2, 2 ... extra bits, at most 17.
      let extra = (slot >> 1) - 1;
      if (extra > 17) extra = 17;
      if (slot < 4) {
        offset = 1;
      } else {
        offset = slot < 38 ? ((2 + (slot & 1)) << extra) - 2 : ((slot - 34) << 17) - 2;
        let plain = extra;
        if (aligned && extra >= 3) plain = extra - 3;
        while (available < plain) {
          if (position < wordsEnd) {
            buffer |= ld16(position) << (16 - available);
            position += 2;
          } else {
            phantom++;
          }
          available += 16;
        }
        if (plain > 0) {
          const value = buffer >>> (32 - plain);
          buffer <<= plain;
          available -= plain;
          offset += value << (extra - plain);
        }
        if (plain != extra) {
          if (available < 16) {
            if (position < wordsEnd) {
              buffer |= ld16(position) << (16 - available);
              position += 2;
            } else {
              phantom++;
            }
            available += 16;
          }
          entry = ldCell(ALIGNED_CODE + FAST + (buffer >>> (32 - ALIGNED_BITS)) * 2);
          if (entry == 0) return fail(blame(CODEWORD, phantom, available), position, to, 0);
          offset += entry >> 4;
          buffer <<= entry & 15;
          available -= entry & 15;
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

    if (length > blockEnd - to) return fail(blame(MATCH_LENGTH, phantom, available), position, to, length);
    if (offset <= 0 || offset > to - OUTPUT) return fail(blame(MATCH_OFFSET, phantom, available), position, to, offset);
    copyForward(to, to - offset, length);
    to += length;
  }
  setBits(position, buffer, available, phantom);
  return OK;
}
