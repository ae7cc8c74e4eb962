/**
 * Finds chunks that no search will make smaller, such as files that are compressed or encrypted already, in a tenth of the
 * time of the search: their bytes are all about as frequent, and hardly any four of them occur again.
 */
import { headArea, headBits, MAIN_COUNTS, OUTPUT } from './areas.ts';
import { clear, hashOf, ld32, ld8, ldInt, stInt } from '../memory.ts';

/** The sample: 512 runs of 16 bytes, evenly spread. */

const RUN: i32 = 16;
const SAMPLE: i32 = 8192;
/**
 * The sum of the squared counts of even bytes is SAMPLE * (SAMPLE + 255) / 256 with a deviation of 23 * SAMPLE / 256. What is
 * 120 * SAMPLE / 256 above that would save 45 bytes of a chunk of 32 KiB, less than the code lengths in front of it take.
 */
const EVEN: i32 = 274_144;
/** Each repeat of four bytes saves about a byte: fewer than this do not pay for the code lengths either. */
const REPEATS: i32 = 64;

/** How many values the bytes of the last sample had; all, when the chunk was too small for one. */
let kinds: i32 = 256;

/** True when the chunk that {@link isIncompressible} judged last has the bytes of text: fewer than half of all values. */
export function looksLikeText(): boolean {
  return kinds < 128;
}

/** True when the `size` bytes at OUTPUT are not worth a search. */
export function isIncompressible(size: i32): boolean {
  kinds = 256;
  return size >= SAMPLE && isEven(size) && !hasRepeats(size);
}

function isEven(size: i32): boolean {
  clear(MAIN_COUNTS, 256 * 4);
  const stride = size >> 9; // a 512th;
  for (let run = OUTPUT, end = OUTPUT + stride * 512; run < end; run += stride) {
    for (let at = run; at < run + RUN; at++) {
      const count = MAIN_COUNTS + ld8(at) * 4;
      stInt(count, ldInt(count) + 1);
    }
  }
  let squares = 0;
  kinds = 0;
  for (let byte = 0; byte < 256; byte++) {
    const count = ldInt(MAIN_COUNTS + byte * 4);
    squares += count * count;
    if (count > 0) kinds += 1;
  }
  return squares < EVEN;
}

function hasRepeats(size: i32): boolean {
  const heads = headArea(size);
  const bits = headBits(size);
  clear(heads, 4 << bits);
  let repeats = 0;
  for (let at = OUTPUT, end = OUTPUT + size - 4; at < end; at++) {
    const four = ld32(at);
    const head = heads + hashOf(four, bits) * 4;
    const place = ldInt(head);
    stInt(head, at);
    if (place != 0 && ld32(place) == four) {
      repeats += 1;
      if (repeats >= REPEATS) return true;
    }
  }
  return false;
}
