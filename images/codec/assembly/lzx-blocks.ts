/**
 * LZX: where blocks end. A block has codes of its own, so bytes of another kind are better off in another block, if they save
 * more than the code lengths in front of it take: tried by halves, as long as that helps.
 */
import { prepareBlock, putBlock } from './lzx-write.ts';
import { TOKEN_SIZE, tokenLength, tokenLiterals } from './tokens.ts';
import { bitsWritten } from '../memory.ts';

/** What the head of one more block takes, in bits: a guess. */
const HEAD: i32 = 1500;
/** Smaller blocks are not split; larger ones than the second are split unseen. */
const LEAST: i32 = 0x4000;
const UNSEEN: i32 = 0x10000;

let mainSymbols: i32 = 0;
let largeWindow: boolean = false;
let mostBits: i32 = 0;
/** Bytes before the token that {@link middleToken} found. */
let middleSize: i32 = 0;

/** Starts with a chunk: it must become smaller than `size` bytes. */
export function openBlocks(symbols: i32, large: boolean, size: i32): void {
  mainSymbols = symbols;
  largeWindow = large;
  mostBits = size * 8;
}

/**
 * Writes the tokens from `token` to `tokensTo`, whose `size` bytes start at `data`, in one block or more. False when the chunk
 * does not become smaller: no more is written then than the head of one block behind the size of the chunk.
 */
export function putBlocks(token: i32, tokensTo: i32, data: i32, size: i32): boolean {
  let bits = -1;
  if (size > LEAST) {
    const middle = middleToken(token, size >> 1);
    const left = middleSize;
    if (left < size) {
      let split = size > UNSEEN;
      if (!split) {
        const leftBits = prepareBlock(token, middle, data, mainSymbols);
        const rightBits = prepareBlock(middle, tokensTo, data + left, mainSymbols);
        bits = prepareBlock(token, tokensTo, data, mainSymbols);
        split = leftBits + rightBits + HEAD < bits;
      }
      if (split) {
        return putBlocks(token, middle, data, left) && putBlocks(middle, tokensTo, data + left, size - left);
      }
    }
  }
  if (bits < 0) bits = prepareBlock(token, tokensTo, data, mainSymbols);
  if (bitsWritten() + bits >= mostBits) return false;
  putBlock(token, tokensTo, data, size, mainSymbols, largeWindow);
  return true;
}

/** The token behind the one that reaches `half` bytes. */
function middleToken(token: i32, half: i32): i32 {
  middleSize = 0;
  while (middleSize < half) {
    middleSize += tokenLiterals(token) + tokenLength(token);
    token += TOKEN_SIZE;
  }
  return token;
}
