/**
 * XPRESS with Huffman codes, "LZ77+Huffman" of [MS-XCA], as WIM files use it (facts/image-formats.md D.10): every chunk
 * on its own, 256 bytes of code lengths, then symbols. Bits come in little-endian 16-bit words, most significant first;
 * the bytes of long match lengths lie between the words, where the decoder stands once it holds 16 bits or more.
 */
import { MAIN_CODE, MAIN_LENGTHS, OUTPUT } from './areas.ts';
import { buildCode, decodeLong, FAST } from './huffman.ts';
import { copyForward, ld8, ld16, ldCell, st8 } from '../memory.ts';
import { blame, CODEWORD, fail, INPUT_EXHAUSTED, MATCH_LENGTH, MATCH_OFFSET, OK } from './verdict.ts';

const SYMBOLS: i32 = 512;
const TABLE_BITS: i32 = 11;

/**
 * Decodes the `inputSize` bytes at `input` to `outputSize` bytes at OUTPUT and returns a verdict.
 * `input` lies behind OUTPUT + outputSize + SLACK. What follows the last symbol needed (symbol 256) is not looked at.
 */
export function decodeXpress(input: i32, inputSize: i32, outputSize: i32): i32 {
  const inputEnd = input + inputSize;
  const outputEnd = OUTPUT + outputSize;
  let position = input + SYMBOLS / 2;
  let to = OUTPUT;
  if (position > inputEnd) return fail(INPUT_EXHAUSTED, inputEnd, to, 0);
  for (let i = 0; i < SYMBOLS / 2; i++) {
    const pair = ld8(input + i);
    st8(MAIN_LENGTHS + i * 2, pair & 15);
    st8(MAIN_LENGTHS + i * 2 + 1, pair >> 4);
  }
  const verdict = buildCode(MAIN_CODE, MAIN_LENGTHS, SYMBOLS, TABLE_BITS);
  if (verdict != OK) return fail(verdict, position, to, 0);

  let buffer = 0; // the next `available` bits, from bit 31 down
  let available = 0;
  let phantom = 0; // words of zeros behind the end: looking at them is allowed, taking them is not
  while (to < outputEnd) {
    if (available < 16) {
      if (position + 2 <= inputEnd) {
        buffer |= ld16(position) << (16 - available);
        position += 2;
      } else {
        if (phantom * 16 > available) return fail(INPUT_EXHAUSTED, position, to, 0);
        phantom++;
      }
      available += 16;
    }
    const entry = ldCell(MAIN_CODE + FAST + (buffer >>> (32 - TABLE_BITS)) * 2);
    let symbol = entry >> 4;
    let bits = entry & 15;
    if (entry == 0) {
      const long = decodeLong(MAIN_CODE, buffer >>> 16, TABLE_BITS);
      if (long < 0) return fail(blame(CODEWORD, phantom, available), position, to, 0);
      symbol = long >> 5;
      bits = long & 31;
    }
    buffer <<= bits;
    available -= bits;

    if (symbol < 256) {
      st8(to, symbol);
      to += 1;
      continue;
    }

    if (available < 16) {
      if (position + 2 <= inputEnd) {
        buffer |= ld16(position) << (16 - available);
        position += 2;
      } else {
        phantom++;
      }
      available += 16;
    }
    const offsetBits = (symbol >> 4) & 15;
    let offset = 1 << offsetBits;
    if (offsetBits > 0) {
      offset |= buffer >>> (32 - offsetBits);
      buffer <<= offsetBits;
      available -= offsetBits;
    }
    let length = symbol & 15;
    if (length == 15) {
      if (position >= inputEnd) return fail(INPUT_EXHAUSTED, position, to, 0);
      const more = ld8(position);
      position += 1;
      length += more;
      if (more == 255) {
        if (position + 2 > inputEnd) return fail(INPUT_EXHAUSTED, position, to, 0);
        length = ld16(position);
        position += 2;
      }
    }
    length += 3;

    if (length > outputEnd - to) return fail(blame(MATCH_LENGTH, phantom, available), position, to, length);
    if (offset > to - OUTPUT) return fail(blame(MATCH_OFFSET, phantom, available), position, to, offset);
    copyForward(to, to - offset, length);
    to += length;
  }
  if (phantom * 16 > available) return fail(INPUT_EXHAUSTED, position, to, 0);
  return OK;
}
