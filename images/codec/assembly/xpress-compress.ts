/** XPRESS compression of one chunk (facts/image-formats.md D.10), the counterpart of xpress.ts. */
import { MAIN_COUNTS, MAIN_LENGTHS, MAIN_WORDS, OUTPUT, resultArea, tokenArea } from './areas.ts';
import { codedBits, makeCode } from './code-maker.ts';
import { isIncompressible } from './incompressible.ts';
import { TOKEN_SIZE, tokenLength, tokenLiterals, tokenMatch, tokensEnd } from './tokens.ts';
import { searchXpress } from './xpress-search.ts';
import { clear, ld8, ldCell, ldInt, log2Of, st16, st8, stInt } from '../memory.ts';

const SYMBOLS: i32 = 512;
/** Follows the last symbol; WIMGAPI fails without it [W]. */
const END_OF_DATA: i32 = 256;

let bits: i32 = 0;
let pending: i32 = 0;
/** The two words whose places are taken before their bits are known, and the next byte behind them. */
let word0: i32 = 0;
let word1: i32 = 0;
let next: i32 = 0;
/** Bytes of length and bits of offset that no code shortens. */
let extraBits: i32 = 0;

/**
 * Compresses the `size` bytes at OUTPUT into the result area and returns the number of bytes there; 0 when it is not smaller.
 * `depth` is how many places a search looks at.
 */
export function compressXpress(size: i32, depth: i32): i32 {
  if (isIncompressible(size)) return 0;
  searchXpress(size, depth);
  const tokens = tokenArea(size);
  countTokens(tokens);
  makeCode(MAIN_COUNTS, MAIN_LENGTHS, MAIN_WORDS, SYMBOLS, 15);
  const allBits = codedBits(MAIN_COUNTS, MAIN_LENGTHS, SYMBOLS) + extraBits;
  if ((allBits >> 3) + SYMBOLS / 2 >= size) return 0;

  const result = resultArea(size);
  for (let i = 0; i < SYMBOLS / 2; i++) {
    st8(result + i, ld8(MAIN_LENGTHS + i * 2) | (ld8(MAIN_LENGTHS + i * 2 + 1) << 4));
  }
  word0 = result + SYMBOLS / 2;
  word1 = word0 + 2;
  next = word1 + 2;
  bits = 0;
  pending = 0;
  putTokens(tokens);
  putSymbol(END_OF_DATA);
  st16(word0, bits << (16 - pending));
  st16(word1, 0);
  const written = next - result;
  return written < size ? written : 0;
}

function symbolOf(length: i32, offsetBits: i32): i32 {
  return 256 + (offsetBits << 4) + (length < 18 ? length - 3 : 15);
}

function countTokens(token: i32): void {
  clear(MAIN_COUNTS, SYMBOLS * 4);
  extraBits = 0;
  let data = OUTPUT;
  for (const end = tokensEnd(); token < end; token += TOKEN_SIZE) {
    for (const end = data + tokenLiterals(token); data < end; data++) count(ld8(data));
    const length = tokenLength(token);
    if (length == 0) continue;
    const offsetBits = log2Of(tokenMatch(token));
    count(symbolOf(length, offsetBits));
    extraBits += offsetBits + (length < 18 ? 0 : length < 273 ? 8 : 24);
    data += length;
  }
  count(END_OF_DATA);
}

function count(symbol: i32): void {
  const at = MAIN_COUNTS + symbol * 4;
  stInt(at, ldInt(at) + 1);
}

function putTokens(token: i32): void {
  let data = OUTPUT;
  for (const end = tokensEnd(); token < end; token += TOKEN_SIZE) {
    for (const end = data + tokenLiterals(token); data < end; data++) putSymbol(ld8(data));
    const length = tokenLength(token);
    if (length == 0) continue;
    const offset = tokenMatch(token);
    const offsetBits = log2Of(offset);
    putSymbol(symbolOf(length, offsetBits));
    if (length >= 273) {
      st8(next, 255);
      st16(next + 1, length - 3);
      next += 3;
    } else if (length >= 18) {
      st8(next, length - 18);
      next += 1;
    }
    put(offset & ((1 << offsetBits) - 1), offsetBits);
    data += length;
  }
}

function putSymbol(symbol: i32): void {
  put(ldCell(MAIN_WORDS + symbol * 2), ld8(MAIN_LENGTHS + symbol));
}

/** A word is written when more than its 16 bits are there: only then does the decoder take the next one. */
function put(value: i32, count: i32): void {
  bits = (bits << count) | value;
  pending += count;
  if (pending <= 16) return;
  pending -= 16;
  st16(word0, bits >>> pending);
  word0 = word1;
  word1 = next;
  next += 2;
}
