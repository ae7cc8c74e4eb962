/**
 * LZX: where blocks end. A block has codes of its own, so bytes of another kind are better off in another block, if they save
 * more than the code lengths in front of it take.
 */
import { BYTES, divide, FIRST_TOKEN, openSegments, segmentAt } from './lzx-segments.ts';
import { prepareBlock, putBlock } from './lzx-write.ts';
import { TOKEN_SIZE, tokenLength, tokenLiterals } from './tokens.ts';
import { bitsWritten, ldInt } from '../memory.ts';

/** Larger stretches are divided unseen. */
const MOST: i32 = 0x10000;

let mainSymbols: i32 = 0;
let largeWindow: boolean = false;
let mostBits: i32 = 0;
/** Bytes before the token that {@link tokenBehind} found. */
let passed: i32 = 0;

/** Starts with a chunk: it must become smaller than `size` bytes. */
export function openBlocks(symbols: i32, large: boolean, size: i32): void {
  mainSymbols = symbols;
  largeWindow = large;
  mostBits = size * 8;
  openSegments(size);
}

/**
 * Writes the tokens from `token` to `tokensTo`, whose `size` bytes start at `data`, in one block or more. False when the chunk
 * does not become smaller: no more is written then than the head of one block behind the size of the chunk.
 */
export function putBlocks(token: i32, tokensTo: i32, data: i32, size: i32): boolean {
  while (size > MOST) {
    const to = tokenBehind(token, MOST >> 1);
    const bytes = passed;
    if (bytes >= size) break;
    if (!putStretch(token, to, data, bytes)) return false;
    token = to;
    data += bytes;
    size -= bytes;
  }
  return putStretch(token, tokensTo, data, size);
}

function putStretch(token: i32, tokensTo: i32, data: i32, size: i32): boolean {
  const segments = divide(token, tokensTo, data, size, mainSymbols);
  for (let i = 0; i < segments; i++) {
    const segment = segmentAt(i);
    if (bitsWritten() + prepareBlock(segment, mainSymbols) >= mostBits) return false;
    const bytes = ldInt(segment + BYTES);
    const to = i == segments - 1 ? tokensTo : ldInt(segmentAt(i + 1) + FIRST_TOKEN);
    putBlock(ldInt(segment + FIRST_TOKEN), to, data, bytes, mainSymbols, largeWindow);
    data += bytes;
  }
  return true;
}

/** The token behind the one that reaches so many bytes. */
function tokenBehind(token: i32, bytes: i32): i32 {
  passed = 0;
  while (passed < bytes) {
    passed += tokenLiterals(token) + tokenLength(token);
    token += TOKEN_SIZE;
  }
  return token;
}
