/**
 * LZX: a chunk in segments of some 2 KiB, each with how often it uses every symbol. Neighbours that are about alike are
 * joined, as long as one code for both costs less than a second one; what remains becomes blocks.
 */
import { LOGS, SEGMENT_BITS, SEGMENT_SIZE, segmentArea, SEGMENTS } from './areas.ts';
import { extraOf, slotOf } from './lzx-slots.ts';
import { TOKEN_SIZE, tokenLength, tokenLiterals, tokenMatch } from './tokens.ts';
import { clear, ld8, ldCell, ldInt, log2Of, stCell, stInt } from '../memory.ts';

/** A segment: counts of main, length and aligned symbols, 4 bytes each, then single numbers. */
export const LENGTH_COUNTS: i32 = 2624;
export const ALIGNED_COUNTS: i32 = 3620;
/** Bits of offsets that no code shortens, in a verbatim and in an aligned block. */
export const EXTRA_BITS: i32 = 3652;
export const ALIGNED_EXTRA_BITS: i32 = 3656;
/** Its first token, and how many bytes it stands for. */
export const FIRST_TOKEN: i32 = 3660;
export const BYTES: i32 = 3664;
/** What its main symbols take, and what is saved by joining it with the next one, in eighths of bits. */
const COST: i32 = 3668;
const GAIN: i32 = 3672;

/** What the head of one more block takes, in eighths of bits: a guess. */
const HEAD: i32 = 12000;
const LEAST: i32 = 2048;
/** Numbers below have their logarithm in a table. */
const TABLE: i32 = 700;

let first: i32 = 0;
/** One that is always empty. */
let none: i32 = 0;
/** Addresses of the segments that are left, in order. */
let order: i32 = 0;
let count: i32 = 0;
/** Behind the last byte that {@link countTokens} counted. */
let reached: i32 = 0;

/** Starts with a chunk of `size` bytes. */
export function openSegments(size: i32): void {
  first = segmentArea(size);
  none = first + SEGMENTS * SEGMENT_SIZE;
  order = none + SEGMENT_SIZE;
  clear(none, SEGMENT_SIZE);
  stCell(LOGS, 0);
  for (let n = 1; n < TABLE; n++) {
    const whole = log2Of(n);
    const part = ((n << 8) >> whole) - 256;
    // log2(1 + x) is x + 0.343 x (1 - x), within 0.008
    stCell(LOGS + n * 2, (n * (whole * 256 + part + ((part * (256 - part) * 88) >> 16))) >> 5);
  }
}

/** n log2 n, in eighths. */
function weight(n: i32): i32 {
  if (n < TABLE) return ldCell(LOGS + n * 2);
  const shift = log2Of(n) - 8;
  return (ldCell(LOGS + (n >> shift) * 2) << shift) + n * shift * 8;
}

/** Address of the segment. */
export function segmentAt(index: i32): i32 {
  return ldInt(order + index * 4);
}

/**
 * Divides the tokens from `token` to `tokensTo`, whose `size` bytes start at `data`, and joins what is alike; returns how many
 * segments there are then.
 */
export function divide(token: i32, tokensTo: i32, data: i32, size: i32, mainSymbols: i32): i32 {
  const end = data + size;
  const even = (size + SEGMENTS - 1) >> SEGMENT_BITS;
  const step = even > LEAST ? even : LEAST;
  count = 0;
  let from = data;
  while (token < tokensTo) {
    const segment = first + count * SEGMENT_SIZE;
    stInt(order + count * 4, segment);
    count += 1;
    clear(segment, SEGMENT_SIZE);
    stInt(segment + FIRST_TOKEN, token);
    const target = data + count * step < end && count < SEGMENTS ? data + count * step : end;
    token = countTokens(segment, token, tokensTo, from, target);
    if (reached >= end) token = tokensTo; // the last token may stand for nothing
    stInt(segment + BYTES, reached - from);
    from = reached;
  }
  for (let i = 0; i < count; i++) stInt(segmentAt(i) + COST, costOf(segmentAt(i), none, mainSymbols));
  for (let i = 0; i < count - 1; i++) setGain(i, mainSymbols);
  let more = true;
  while (more) more = joinTwo(mainSymbols);
  return count;
}

function countTokens(segment: i32, token: i32, tokensTo: i32, data: i32, target: i32): i32 {
  let extraBits = 0;
  let alignedExtraBits = 0;
  while (token < tokensTo && data < target) {
    for (const end = data + tokenLiterals(token); data < end; data++) add(segment + ld8(data) * 4, 1);
    const length = tokenLength(token);
    if (length > 0) {
      const match = tokenMatch(token);
      const slot = slotOf(match);
      const extra = extraOf(slot);
      extraBits += extra;
      alignedExtraBits += extra;
      if (slot >= 8) {
        alignedExtraBits -= 3;
        add(segment + ALIGNED_COUNTS + (match & 7) * 4, 1);
      }
      add(segment + (256 + slot * 8 + (length < 9 ? length - 2 : 7)) * 4, 1);
      if (length >= 9) add(segment + LENGTH_COUNTS + (length - 9) * 4, 1);
      data += length;
    }
    token += TOKEN_SIZE;
  }
  stInt(segment + EXTRA_BITS, extraBits);
  stInt(segment + ALIGNED_EXTRA_BITS, alignedExtraBits);
  reached = data;
  return token;
}

function add(at: i32, value: i32): void {
  stInt(at, ldInt(at) + value);
}

/** What the main symbols of two segments take with one code. */
function costOf(one: i32, other: i32, mainSymbols: i32): i32 {
  let total = 0;
  let sum = 0;
  for (let at = 0, end = mainSymbols * 4; at < end; at += 4) {
    const n = ldInt(one + at) + ldInt(other + at);
    total += n;
    sum += weight(n);
  }
  return weight(total) - sum;
}

function setGain(index: i32, mainSymbols: i32): void {
  const one = segmentAt(index);
  const next = segmentAt(index + 1);
  stInt(one + GAIN, ldInt(one + COST) + ldInt(next + COST) + HEAD - costOf(one, next, mainSymbols));
}

/** Joins the two neighbours that gain most; false when none do. */
function joinTwo(mainSymbols: i32): boolean {
  let best = -1;
  let most = 0;
  for (let i = 0; i < count - 1; i++) {
    const gain = ldInt(segmentAt(i) + GAIN);
    if (gain > most) {
      most = gain;
      best = i;
    }
  }
  if (best < 0) return false;
  const one = segmentAt(best);
  const other = segmentAt(best + 1);
  stInt(one + COST, ldInt(one + COST) + ldInt(other + COST) + HEAD - most);
  for (let at = 0; at < FIRST_TOKEN; at += 4) add(one + at, ldInt(other + at));
  add(one + BYTES, ldInt(other + BYTES));
  count -= 1;
  for (let i = best + 1; i < count; i++) stInt(order + i * 4, segmentAt(i + 1));
  if (best > 0) setGain(best - 1, mainSymbols);
  if (best < count - 1) setGain(best, mainSymbols);
  return true;
}
