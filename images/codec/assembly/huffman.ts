/**
 * Canonical Huffman codes, most significant bit first, as LZX and XPRESS share them: a table for codewords of up to
 * `tableBits` bits, and for the rare longer ones counts, first codewords and sorted symbols by length.
 *
 * One code in memory: 17 cells each of COUNT, FIRST (codeword), OFFSET (into SORTED), the sorted symbols, and the fast
 * table of 2^tableBits cells: symbol << 4 | length, or 0 for a longer codeword.
 */
import { ld8, ldCell, stCell } from '../memory.ts';
import { CODE_INCOMPLETE, CODE_OVERSUBSCRIBED, OK } from './verdict.ts';

const COUNT: i32 = 0;
const FIRST: i32 = 64;
const OFFSET: i32 = 128;
const SORTED: i32 = 192;
/** Cells of the fast table, relative to the code. */
export const FAST: i32 = 0x600;

/** No codeword is longer: LZX main and length tree 16, XPRESS and pre-tree 15, aligned tree 7. */
export const MAX_LENGTH: i32 = 16;

/**
 * Builds the decoding tables of `symbols` code lengths at `lengths`. A code is complete or empty (all lengths 0, which
 * LZX uses for a tree that a block does not need); everything else is refused.
 */
export function buildCode(code: i32, lengths: i32, symbols: i32, tableBits: i32): i32 {
  for (let length = 0; length <= MAX_LENGTH; length++) stCell(code + COUNT + length * 2, 0);
  for (let symbol = 0; symbol < symbols; symbol++) {
    const cell = code + COUNT + ld8(lengths + symbol) * 2;
    stCell(cell, ldCell(cell) + 1);
  }
  stCell(code + COUNT, 0);

  let left = 1; // codewords of this length that no shorter one has taken
  let first = 0;
  let offset = 0;
  for (let length = 1; length <= MAX_LENGTH; length++) {
    const count = ldCell(code + COUNT + length * 2);
    left = left * 2 - count;
    if (left < 0) return CODE_OVERSUBSCRIBED;
    first = first * 2;
    stCell(code + FIRST + length * 2, first);
    stCell(code + OFFSET + length * 2, offset);
    first += count;
    offset += count;
  }
  if (left != 0 && offset != 0) return CODE_INCOMPLETE;

  for (let symbol = 0; symbol < symbols; symbol++) {
    const length = ld8(lengths + symbol);
    if (length == 0) continue;
    const cell = code + OFFSET + length * 2;
    const place = ldCell(cell);
    stCell(code + SORTED + place * 2, symbol);
    stCell(cell, place + 1);
  }

  // The loop above left OFFSET at the end of each length's symbols: walk back from there, then fill the fast table.
  let to = code + FAST;
  for (let length = 1; length <= MAX_LENGTH; length++) {
    const count = ldCell(code + COUNT + length * 2);
    const start = ldCell(code + OFFSET + length * 2) - count;
    stCell(code + OFFSET + length * 2, start);
    if (length > tableBits) continue;
    const copies = 1 << (tableBits - length);
    for (let i = 0; i < count; i++) {
      const entry = (ldCell(code + SORTED + (start + i) * 2) << 4) | length;
      for (let end = to + copies * 2; to < end; to += 2) stCell(to, entry);
    }
  }
  for (let end = code + FAST + (2 << tableBits); to < end; to += 2) stCell(to, 0);
  return OK;
}

/** Decodes a codeword longer than the fast table from the next 16 bits: symbol << 5 | length, or -1 when none fits. */
export function decodeLong(code: i32, next16: i32, tableBits: i32): i32 {
  for (let length = tableBits + 1; length <= MAX_LENGTH; length++) {
    const index = (next16 >> (MAX_LENGTH - length)) - ldCell(code + FIRST + length * 2);
    if (index >= 0 && index < ldCell(code + COUNT + length * 2)) {
      return (ldCell(code + SORTED + (ldCell(code + OFFSET + length * 2) + index) * 2) << 5) | length;
    }
  }
  return -1;
}
