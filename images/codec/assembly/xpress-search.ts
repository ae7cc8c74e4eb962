/** XPRESS: from bytes to tokens. Lazy: a match is taken when none that starts one byte later promises to save more. */
import { OUTPUT, tokenArea } from './areas.ts';
import { findMatch, matchOffset, openFinder, passPlace } from './match-finder.ts';
import { addToken, openTokens } from './tokens.ts';
import { log2Of } from '../memory.ts';

/** A match this long is taken without a look at what comes behind. */
const ENOUGH: i32 = 48;
/** Guesses, in bits: a literal, the symbol of a match. */
const LITERAL_COST: i32 = 6;
const MATCH_COST: i32 = 8;

/** Writes the tokens of the chunk of `size` bytes at OUTPUT. */
export function searchXpress(size: i32, depth: i32): void {
  const end = OUTPUT + size;
  openFinder(size);
  openTokens(tokenArea(size));
  let literalsFrom = OUTPUT;
  let at = OUTPUT;
  while (at < end) {
    let length = findMatch(at, end - at, depth, ENOUGH);
    let offset = matchOffset();
    if (length == 0 || savedBits(length, offset) <= 0) {
      at += 1;
      continue;
    }
    let known = at + 1; // places before this are known to the finder
    while (length < ENOUGH && known < end) {
      const length1 = findMatch(known, end - known, depth >> 1, ENOUGH);
      known += 1;
      if (length1 == 0 || savedBits(length1, matchOffset()) <= savedBits(length, offset)) break;
      at += 1;
      length = length1;
      offset = matchOffset();
    }
    addToken(at - literalsFrom, length, offset);
    at += length;
    while (known < at) {
      passPlace(known);
      known += 1;
    }
    literalsFrom = at;
  }
  addToken(end - literalsFrom, 0, 0);
}

function savedBits(length: i32, offset: i32): i32 {
  return length * LITERAL_COST - MATCH_COST - log2Of(offset);
}
