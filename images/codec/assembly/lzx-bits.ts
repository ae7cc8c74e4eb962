/**
 * LZX's bit stream: little-endian 16-bit words, most significant bit first. State of the chunk being decoded, for block
 * headers; the loop over symbols (lzx-block.ts) takes it into local variables and gives it back.
 * Behind the end of the input come zero bits, counted as `phantom` words: taking them is an error, looking ahead is not.
 */
import { decodeLong, FAST } from './huffman.ts';
import { ld16, ldCell } from '../memory.ts';

let position: i32 = 0;
let wordsEnd: i32 = 0;
let buffer: i32 = 0; // the next `available` bits, from bit 31 down; zeros below
let available: i32 = 0;
let phantom: i32 = 0;

export function openBits(start: i32, end: i32): void {
  position = start;
  wordsEnd = start + ((end - start) & ~1);
  buffer = 0;
  available = 0;
  phantom = 0;
}

/** Gives the state back after the caller worked on copies of it. */
export function setBits(newPosition: i32, newBuffer: i32, newAvailable: i32, newPhantom: i32): void {
  position = newPosition;
  buffer = newBuffer;
  available = newAvailable;
  phantom = newPhantom;
}

export function bitPosition(): i32 {
  return position;
}

export function bitWordsEnd(): i32 {
  return wordsEnd;
}

export function bitBuffer(): i32 {
  return buffer;
}

export function bitsAvailable(): i32 {
  return available;
}

export function phantomWords(): i32 {
  return phantom;
}

/** True when bits were taken that the input does not have. */
export function bitsExhausted(): boolean {
  return phantom * 16 > available;
}

/** Makes 16 bits available. Phantom words do not pile up: {@link bitsExhausted} is true long before it matters. */
function refill(): void {
  if (available >= 16) return;
  if (position < wordsEnd) {
    buffer |= ld16(position) << (16 - available);
    position += 2;
  } else {
    phantom++;
  }
  available += 16;
}

/** Takes `count` bits, 1 to 16. */
export function takeBits(count: i32): i32 {
  refill();
  const value = buffer >>> (32 - count);
  buffer <<= count;
  available -= count;
  return value;
}

/** Takes a codeword and returns its symbol, or -1 when the code is empty. */
export function takeSymbol(code: i32, tableBits: i32): i32 {
  refill();
  const entry = ldCell(code + FAST + (buffer >>> (32 - tableBits)) * 2);
  let symbol = entry >> 4;
  let length = entry & 15;
  if (entry == 0) {
    const long = decodeLong(code, buffer >>> 16, tableBits);
    if (long < 0) return -1;
    symbol = long >> 5;
    length = long & 31;
  }
  buffer <<= length;
  available -= length;
  return symbol;
}

/**
 * Address of the first byte behind the padding in front of a raw block: 1 to 16 bits up to a word boundary, so a whole
 * word when the stream is on one already.
 */
export function alignToWord(start: i32): i32 {
  const taken = (position - start) * 8 - available + phantom * 16;
  return start + ((taken >> 4) + 1) * 2;
}
