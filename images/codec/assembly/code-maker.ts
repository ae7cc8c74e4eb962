/**
 * Makes canonical Huffman codes of limited length from how often symbols occur: a Huffman tree, joined from the rare end of
 * the sorted symbols; codewords longer than allowed are cut and the room they take is given back by the next shorter ones.
 * That is within a fraction of a percent of the best code of limited length, and many times faster to find.
 */
import { LENGTH_TOTALS, NODE_LEAVES, NODE_PARENTS, NODE_WEIGHTS, SORTED_SYMBOLS } from './areas.ts';
import { clear, ld8, ldInt, st8, stCell, stInt } from '../memory.ts';

/** Room for the symbol below its count in one number: up to 1024 symbols, counts below 2^21. */
const SYMBOL_BITS: i32 = 10;
const MOST_COUNT: i32 = 0x1fffff;

/**
 * From the `symbols` counts at `counts` to code lengths of at most `most` bits and codewords. The code is complete, or empty
 * when all counts are 0: a lone symbol gets a partner, because decoders refuse a code with one codeword.
 */
export function makeCode(counts: i32, lengths: i32, words: i32, symbols: i32, most: i32): void {
  clear(lengths, symbols);
  let used = 0;
  for (let symbol = 0; symbol < symbols; symbol++) {
    const count = ldInt(counts + symbol * 4);
    if (count == 0) continue;
    stInt(SORTED_SYMBOLS + used * 4, ((count < MOST_COUNT ? count : MOST_COUNT) << SYMBOL_BITS) | symbol);
    used += 1;
  }
  if (used == 0) return;
  if (used == 1) {
    const symbol = ldInt(SORTED_SYMBOLS) & ((1 << SYMBOL_BITS) - 1);
    stInt(SORTED_SYMBOLS, (1 << SYMBOL_BITS) | symbol);
    stInt(SORTED_SYMBOLS + 4, (1 << SYMBOL_BITS) | (symbol == 0 ? 1 : 0));
    used = 2;
  }
  sortSymbols(used);
  joinNodes(used);
  countLengths(used - 2, most);
  assignLengths(lengths, most);
  assignWords(lengths, words, symbols, most);
}

/** Sorts by count, then symbol (all different, so the order is one and the same). Shell's sort: short, no recursion. */
function sortSymbols(used: i32): void {
  let gap = 1;
  while (gap < used) gap = gap * 3 + 1;
  while (gap > 1) {
    gap = (gap - 1) / 3;
    for (let i = gap; i < used; i++) {
      const value = ldInt(SORTED_SYMBOLS + i * 4);
      let to = i;
      while (to >= gap) {
        const other = ldInt(SORTED_SYMBOLS + (to - gap) * 4);
        if (other < value) break;
        stInt(SORTED_SYMBOLS + to * 4, other);
        to -= gap;
      }
      stInt(SORTED_SYMBOLS + to * 4, value);
    }
  }
}

/**
 * Joins the two lightest of leaves and nodes until one node is left. Nodes come out sorted by weight, so the lightest is
 * always the next leaf or the next node. Remembers for each node its parent and how many of its children are leaves.
 */
function joinNodes(used: i32): void {
  let leaf = 0;
  let node = 0;
  for (let made = 0; made < used - 1; made++) {
    let weight = 0;
    let leaves = 0;
    for (let child = 0; child < 2; child++) {
      const leafWeight = leaf < used ? ldInt(SORTED_SYMBOLS + leaf * 4) >> SYMBOL_BITS : 0x7fffffff;
      if (node < made && ldInt(NODE_WEIGHTS + node * 4) < leafWeight) {
        weight += ldInt(NODE_WEIGHTS + node * 4);
        stInt(NODE_PARENTS + node * 4, made);
        node += 1;
      } else {
        weight += leafWeight;
        leaves += 1;
        leaf += 1;
      }
    }
    stInt(NODE_WEIGHTS + made * 4, weight);
    stInt(NODE_LEAVES + made * 4, leaves);
  }
}

/** Counts the leaves at each depth, from the root down, and makes the code fit into `most` bits. */
function countLengths(root: i32, most: i32): void {
  for (let length = 0; length <= most; length++) stInt(LENGTH_TOTALS + length * 4, 0);
  let room = 1 << most; // in codewords of `most` bits
  for (let node = root; node >= 0; node--) {
    const depth = node == root ? 0 : ldInt(NODE_PARENTS + ldInt(NODE_PARENTS + node * 4) * 4) + 1;
    stInt(NODE_PARENTS + node * 4, depth); // instead of the parent, whose depth is known by now
    const leaves = ldInt(NODE_LEAVES + node * 4);
    const length = depth + 1 < most ? depth + 1 : most;
    stInt(LENGTH_TOTALS + length * 4, ldInt(LENGTH_TOTALS + length * 4) + leaves);
    room -= leaves << (most - length);
  }
  while (room < 0) {
    // One codeword of the longest moves beside one that is shorter and becomes a bit longer: that frees one place.
    let length = most - 1;
    while (ldInt(LENGTH_TOTALS + length * 4) == 0) length -= 1;
    stInt(LENGTH_TOTALS + length * 4, ldInt(LENGTH_TOTALS + length * 4) - 1);
    stInt(LENGTH_TOTALS + (length + 1) * 4, ldInt(LENGTH_TOTALS + (length + 1) * 4) + 2);
    stInt(LENGTH_TOTALS + most * 4, ldInt(LENGTH_TOTALS + most * 4) - 1);
    room += 1;
  }
}

/** The rarest symbols get the longest codewords. */
function assignLengths(lengths: i32, most: i32): void {
  let at = SORTED_SYMBOLS;
  for (let length = most; length > 0; length--) {
    for (let count = ldInt(LENGTH_TOTALS + length * 4); count > 0; count--) {
      st8(lengths + (ldInt(at) & ((1 << SYMBOL_BITS) - 1)), length);
      at += 4;
    }
  }
}

/** Canonical codewords: by length, then by symbol. */
function assignWords(lengths: i32, words: i32, symbols: i32, most: i32): void {
  let next = 0;
  for (let length = 1; length <= most; length++) {
    const count = ldInt(LENGTH_TOTALS + length * 4);
    stInt(LENGTH_TOTALS + length * 4, next);
    next = (next + count) << 1;
  }
  for (let symbol = 0; symbol < symbols; symbol++) {
    const length = ld8(lengths + symbol);
    if (length == 0) continue;
    const word = ldInt(LENGTH_TOTALS + length * 4);
    stCell(words + symbol * 2, word);
    stInt(LENGTH_TOTALS + length * 4, word + 1);
  }
}

/** Bits that all counted symbols take together. */
export function codedBits(counts: i32, lengths: i32, symbols: i32): i32 {
  let bits = 0;
  for (let symbol = 0; symbol < symbols; symbol++) bits += ldInt(counts + symbol * 4) * ld8(lengths + symbol);
  return bits;
}
