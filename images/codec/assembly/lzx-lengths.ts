/**
 * LZX: how code lengths are written (facts/image-formats.md D.9): as differences to those of the block before, runs
 * shortened, all coded by a pre-tree that goes in front.
 */
import { PRE_COUNTS, PRE_LENGTHS, PRE_TOKENS, PRE_WORDS } from './areas.ts';
import { makeCode } from './code-maker.ts';
import { clear, ld8, ldCell, ldInt, putBits, stInt } from '../memory.ts';

const SYMBOLS: i32 = 20;
/** Symbols that stand for runs, and the shortest each can say: few zeros, many zeros, few lengths that are the same. */
const ZEROS: i32 = 17;
const MANY_ZEROS: i32 = 18;
const SAME: i32 = 19;

let last: i32 = 0;

/** Writes the `count` lengths at `lengths`, where `old` has those of the block before. */
export function putLengths(lengths: i32, old: i32, count: i32): void {
  clear(PRE_COUNTS, SYMBOLS * 4);
  last = PRE_TOKENS;
  let i = 0;
  while (i < count) {
    const length = ld8(lengths + i);
    let run = 1;
    while (i + run < count && ld8(lengths + i + run) == length) run += 1;
    const next = i + run;
    if (length == 0) {
      while (run >= 20) {
        const taken = run < 51 ? run : 51;
        addPre(MANY_ZEROS, taken - 20);
        run -= taken;
      }
      if (run >= 4) {
        addPre(ZEROS, run - 4);
        run = 0;
      }
    } else {
      while (run >= 4) {
        const taken = run == 4 ? 4 : 5;
        addPre(SAME, taken - 4);
        addPre(difference(lengths, old, next - run), 0);
        run -= taken;
      }
    }
    for (i = next - run; i < next; i++) addPre(difference(lengths, old, i), 0);
  }
  makeCode(PRE_COUNTS, PRE_LENGTHS, PRE_WORDS, SYMBOLS, 15);
  for (let symbol = 0; symbol < SYMBOLS; symbol++) putBits(ld8(PRE_LENGTHS + symbol), 4);
  for (let at = PRE_TOKENS; at < last; at += 4) {
    const symbol = ldInt(at) & 31;
    putBits(ldCell(PRE_WORDS + symbol * 2), ld8(PRE_LENGTHS + symbol));
    if (symbol == ZEROS) putBits(ldInt(at) >> 5, 4);
    if (symbol == MANY_ZEROS) putBits(ldInt(at) >> 5, 5);
    if (symbol == SAME) putBits(ldInt(at) >> 5, 1);
  }
}

function difference(lengths: i32, old: i32, symbol: i32): i32 {
  const step = ld8(old + symbol) - ld8(lengths + symbol);
  return step < 0 ? step + 17 : step;
}

function addPre(symbol: i32, extra: i32): void {
  stInt(last, (extra << 5) | symbol);
  last += 4;
  const count = PRE_COUNTS + symbol * 4;
  stInt(count, ldInt(count) + 1);
}
