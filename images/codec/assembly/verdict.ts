/** How a chunk was judged. The numbers are the interface between both engines and the error texts in malformed.ts. */

export const OK: i32 = 0;
/** More bits or bytes were needed than the chunk holds. */
export const INPUT_EXHAUSTED: i32 = 1;
/** LZX block type other than 1, 2, 3. */
export const BLOCK_TYPE: i32 = 2;
/** LZX block of size 0, or larger than what is left of the chunk. */
export const BLOCK_SIZE: i32 = 3;
/** Code lengths that ask for more codewords than there are. */
export const CODE_OVERSUBSCRIBED: i32 = 4;
/** Code lengths that leave codewords undefined, without being all 0. */
export const CODE_INCOMPLETE: i32 = 5;
/** A run of LZX code lengths past the end of its table, or a repeat code that names another one. */
export const LENGTH_RUN: i32 = 6;
/** Bits that are no codeword: the code is empty. */
export const CODEWORD: i32 = 7;
/** A match that starts before the chunk, or at distance 0. */
export const MATCH_OFFSET: i32 = 8;
/** A match longer than what is left of the block or chunk. */
export const MATCH_LENGTH: i32 = 9;

let inputAt: i32 = 0;
let outputAt: i32 = 0;
let foundValue: i32 = 0;

/** Remembers where it happened (addresses) and the number that is wrong, if any; hands the verdict through. */
export function fail(verdict: i32, input: i32, output: i32, found: i32): i32 {
  foundValue = found;
  inputAt = input;
  outputAt = output;
  return verdict;
}

/** The verdict, unless the bits it stands on were beyond the end of the input: then that is what is wrong. */
export function blame(verdict: i32, phantomWords: i32, available: i32): i32 {
  return phantomWords * 16 > available ? INPUT_EXHAUSTED : verdict;
}

/** Address of the next input byte when decoding failed; up to 4 bytes are read ahead. */
export function failedInputAt(): i32 {
  return inputAt;
}

/** Address of the next output byte when decoding failed. */
export function failedOutputAt(): i32 {
  return outputAt;
}

/** The block type, block size, match offset or match length that was refused; 0 with other verdicts. */
export function failedValue(): i32 {
  return foundValue;
}
