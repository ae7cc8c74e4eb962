/**
 * LZX: from bytes to tokens. Lazy: a match is taken when none that starts one or two bytes later promises to save more. What a
 * match saves is guessed in bits, from its length and offset alone.
 */
import { OUTPUT, tokenArea } from './areas.ts';
import { findMatch, matchOffset, openFinder, passPlace } from './match-finder.ts';
import { addToken, openTokens } from './tokens.ts';
import { equalBytes, ld16, log2Of } from '../memory.ts';

/** The longest match that LZX can say. */
const MOST: i32 = 257;
/** A match this long is taken without a look at what comes behind. */
const ENOUGH: i32 = 48;
/** Guesses, in bits: the main symbol of a new offset and of a recent one. */
const OFFSET_COST: i32 = 8;
const RECENT_COST: i32 = 5;

/** How much more a match must save that starts a byte later: it makes a token of literals longer. */
const DELAY_COST: i32 = 2;

let end: i32 = 0;
let literalCost: i32 = 7;
let recent0: i32 = 1;
let recent1: i32 = 1;
let recent2: i32 = 1;
let length: i32 = 0;
let match: i32 = 0;

/** Writes the tokens of the chunk of `size` bytes at OUTPUT. What a literal costs is guessed by the caller, in bits. */
export function searchLzx(size: i32, depth: i32, costOfLiteral: i32): void {
  literalCost = costOfLiteral;
  end = OUTPUT + size;
  recent0 = 1;
  recent1 = 1;
  recent2 = 1;
  openFinder(size);
  openTokens(tokenArea(size));
  let literalsFrom = OUTPUT;
  passPlace(OUTPUT); // nothing is before it, and from the next place on there is one for each recent offset
  let at = OUTPUT + 1;
  while (at < end) {
    let saved = bestMatch(at, depth);
    if (saved <= 0) {
      at += 1;
      continue;
    }
    let known = at + 1; // places before this are known to the finder
    let takenLength = length;
    let takenMatch = match;
    while (takenLength < ENOUGH && known < end) {
      const saved1 = bestMatch(at + 1, depth >> 1);
      known = at + 2;
      if (saved1 > saved + DELAY_COST) {
        at += 1;
        saved = saved1;
        takenLength = length;
        takenMatch = match;
        continue;
      }
      if (known >= end || takenLength < 3) break; // each place is made known once only
      const saved2 = bestMatch(at + 2, depth >> 2);
      known = at + 3;
      if (saved2 <= saved + literalCost) break;
      at += 2;
      saved = saved2;
      takenLength = length;
      takenMatch = match;
    }
    addToken(at - literalsFrom, takenLength, takenMatch);
    useMatch(takenMatch);
    at += takenLength;
    while (known < at) {
      passPlace(known);
      known += 1;
    }
    literalsFrom = at;
  }
  addToken(end - literalsFrom, 0, 0);
}

/** Finds the match at `at` that saves most, sets `length` and `match`, and returns the bits saved; 0 or less: none. */
function bestMatch(at: i32, depth: i32): i32 {
  const most = end - at < MOST ? end - at : MOST;
  let saved = 0;
  length = findMatch(at, most, depth, ENOUGH);
  if (length > 0) {
    match = matchOffset() + 2;
    saved = length * literalCost - OFFSET_COST - log2Of(match);
  }
  const two = ld16(at);
  if (ld16(at - recent0) == two) saved = tryRecent(at, most, recent0, 0, saved);
  if (ld16(at - recent1) == two) saved = tryRecent(at, most, recent1, 1, saved);
  if (ld16(at - recent2) == two) saved = tryRecent(at, most, recent2, 2, saved);
  return saved;
}

function tryRecent(at: i32, most: i32, offset: i32, which: i32, saved: i32): i32 {
  const same = equalBytes(at - offset, at, most);
  const saves = same * literalCost - RECENT_COST;
  // LZX has no match of one byte, which is what the last byte of a chunk may look like.
  if (saves <= saved || same < 2) return saved;
  length = same;
  match = which;
  return saves;
}

/** The queue of recent offsets after the match; one that is used again changes places with the first. */
function useMatch(match: i32): void {
  let offset = recent0;
  if (match == 1) {
    offset = recent1;
    recent1 = recent0;
  } else if (match == 2) {
    offset = recent2;
    recent2 = recent0;
  } else if (match > 2) {
    offset = match - 2;
    recent2 = recent1;
    recent1 = recent0;
  }
  recent0 = offset;
}
