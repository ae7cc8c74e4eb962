/**
 * Finds earlier places in the chunk with the same bytes: chains of the places whose 4 bytes have the same hash, newest
 * first, looked through to a limited depth; and for matches of 3 bytes the newest place alone.
 */
import { chainArea, headArea, headBits, NEAR_BITS, nearArea, OUTPUT } from './areas.ts';
import { clear, equalBytes, hashOf, ld32, ldInt, log2Of, sameFour, stInt } from '../memory.ts';

let near: i32 = 0;
let heads: i32 = 0;
let bits: i32 = 0;
/** Where in the chain table the byte at address 0 would be. */
let chain: i32 = 0;
let end: i32 = 0;
let foundOffset: i32 = 0;

/** A longer match must save more than the extra bits of its larger offset: what a byte is taken to be worth, in bits. */
const BYTE_WORTH: i32 = 6;

/** Starts with a new chunk of `size` bytes at OUTPUT. */
export function openFinder(size: i32): void {
  near = nearArea(size);
  heads = headArea(size);
  bits = headBits(size);
  chain = chainArea(size) - OUTPUT * 4;
  end = OUTPUT + size;
  clear(near, 4 << NEAR_BITS);
  clear(heads, 4 << bits);
}

/** Offset of the match that {@link findMatch} found last. */
export function matchOffset(): i32 {
  return foundOffset;
}

/** Makes the place known without a search. */
export function passPlace(at: i32): void {
  if (at + 4 > end) return;
  const four = ld32(at);
  const head = heads + hashOf(four, bits) * 4;
  stInt(chain + at * 4, ldInt(head));
  stInt(head, at);
  stInt(near + hashOf(four << 8, NEAR_BITS) * 4, at);
}

/**
 * Length of the best match for the bytes at `at` of at most `most` bytes, 0 when there is none of 3 or more, and makes the
 * place known. Looks at up to `depth` places; a match of `enough` bytes ends the search.
 */
export function findMatch(at: i32, most: i32, depth: i32, enough: i32): i32 {
  if (at + 4 > end) return 0;
  const four = ld32(at);
  const head = heads + hashOf(four, bits) * 4;
  const nearHead = near + hashOf(four << 8, NEAR_BITS) * 4;
  let place = ldInt(head);
  const nearPlace = ldInt(nearHead);
  stInt(chain + at * 4, place);
  stInt(head, at);
  stInt(nearHead, at);

  let best = 0;
  let cost = 0;
  if (nearPlace != 0 && (ld32(nearPlace) ^ four) << 8 == 0) {
    best = 3;
    foundOffset = at - nearPlace;
    cost = log2Of(foundOffset + 2);
  }
  while (place != 0) {
    const ahead = best > 3 ? best - 3 : 0;
    if (sameFour(place + ahead, at + ahead) && (ahead == 0 || sameFour(place, at))) {
      const length = 4 + equalBytes(place + 4, at + 4, most - 4);
      const offset = at - place;
      const offsetCost = log2Of(offset + 2);
      if (length > best && (length - best) * BYTE_WORTH > offsetCost - cost) {
        best = length;
        cost = offsetCost;
        foundOffset = offset;
        if (length >= enough) break;
      }
    }
    depth -= 1;
    if (depth == 0) break;
    place = ldInt(chain + place * 4);
  }
  return best;
}
