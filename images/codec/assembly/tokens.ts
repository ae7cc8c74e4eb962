/**
 * What the search finds, before it is coded: tokens of literals and the match behind them. Three numbers each: how many
 * literals, the length of the match, and which match it is (LZX: 0 to 2 for a recent offset, else offset + 2; XPRESS: the
 * offset). The last token has literals only, length 0.
 */
import { ldInt, stInt } from '../memory.ts';

export const TOKEN_SIZE: i32 = 12;

let last: i32 = 0;

/** Starts to write tokens at the address. */
export function openTokens(at: i32): void {
  last = at;
}

export function addToken(literals: i32, length: i32, match: i32): void {
  stInt(last, literals);
  stInt(last + 4, length);
  stInt(last + 8, match);
  last += TOKEN_SIZE;
}

/** Address behind the last token. */
export function tokensEnd(): i32 {
  return last;
}

export function tokenLiterals(token: i32): i32 {
  return ldInt(token);
}

export function tokenLength(token: i32): i32 {
  return ldInt(token + 4);
}

export function tokenMatch(token: i32): i32 {
  return ldInt(token + 8);
}
