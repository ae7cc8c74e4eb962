/** LZX compression of one chunk (facts/image-formats.md D.9), the counterpart of lzx.ts. */
import { OLD_LENGTH_LENGTHS, OLD_MAIN_LENGTHS, OUTPUT, resultArea, tokenArea } from './areas.ts';
import { isIncompressible, looksLikeText } from './incompressible.ts';
import { openBlocks, putBlocks } from './lzx-blocks.ts';
import { searchLzx } from './lzx-search.ts';
import { LENGTH_SYMBOLS } from './lzx-slots.ts';
import { tokensEnd } from './tokens.ts';
import { clear, closeWords, findByte, ld32, openWords, st32 } from '../memory.ts';

/** What E8 translation takes for the size of the file, in every WIM. */
const E8_FILE_SIZE: i32 = 12_000_000;

/**
 * Compresses the `size` bytes at OUTPUT, which are changed on the way, into the result area and returns the number of bytes
 * there; 0 when it is not smaller. `windowOrder` is log2 of the chunk size, `depth` how many places a search looks at.
 */
export function compressLzx(size: i32, windowOrder: i32, depth: i32): i32 {
  if (isIncompressible(size)) return 0;
  const slots = windowOrder < 19 ? windowOrder * 2 : 34 + (1 << (windowOrder - 17));
  const mainSymbols = 256 + slots * 8;
  clear(OLD_MAIN_LENGTHS, mainSymbols);
  clear(OLD_LENGTH_LENGTHS, LENGTH_SYMBOLS);
  doE8(size);
  // Text has shorter codes for its literals, and many places where a match may be.
  if (looksLikeText()) searchLzx(size, depth * 2, 5);
  else searchLzx(size, depth, 7);
  const result = resultArea(size);
  const tokens = tokenArea(size);
  openWords(result);
  openBlocks(mainSymbols, windowOrder > 15, size);
  if (!putBlocks(tokens, tokensEnd(), OUTPUT, size)) return 0;
  const written = closeWords() - result;
  return written < size ? written : 0;
}

/** Makes the targets of x86 calls (opcode E8) absolute: calls of one place become the same bytes. */
function doE8(size: i32): void {
  const end = OUTPUT + size - 10;
  let at = OUTPUT;
  while (at < end) {
    at = findByte(at, end, 0xe8);
    if (at >= end) return;
    const position = at - OUTPUT;
    const relative = ld32(at + 1);
    if (relative >= -position && relative < E8_FILE_SIZE) {
      st32(at + 1, relative < E8_FILE_SIZE - position ? relative + position : relative - E8_FILE_SIZE);
    }
    at += 5;
  }
}
