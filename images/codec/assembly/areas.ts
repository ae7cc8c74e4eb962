/** Where everything lies in the codecs' memory (byte addresses). The host puts the output at OUTPUT, then the input. */

/** Code lengths, one byte a symbol. LZX keeps those of the main and length tree from block to block. */
export const PRE_LENGTHS: i32 = 0x400; // 20
export const ALIGNED_LENGTHS: i32 = 0x420; // 8
export const LENGTH_LENGTHS: i32 = 0x480; // 249
export const MAIN_LENGTHS: i32 = 0x600; // up to 656 (LZX, 2 MiB chunks); XPRESS: 512

/** Decoding tables of one Huffman code each, see huffman.ts. */
export const PRE_CODE: i32 = 0x1000;
export const ALIGNED_CODE: i32 = 0x2800;
export const LENGTH_CODE: i32 = 0x4000;
export const MAIN_CODE: i32 = 0x5800;

/**
 * The decoded chunk, then SLACK bytes that belong to nobody (a copy of a match may run over by 7), then at an even address
 * the compressed chunk, then SLACK zeros (a decoder may look ahead).
 */
export const OUTPUT: i32 = 0x8000;
export const SLACK: i32 = 64;

/**
 * Compression, in the place of the decoding tables: how often each symbol occurs (4 bytes), its codeword (2 bytes). The code
 * lengths are where the decoders have them.
 */
export const LOGS: i32 = 0xa00; // of numbers up to 0x2bc, 2 bytes each
export const MAIN_COUNTS: i32 = 0x1000;
export const PRE_COUNTS: i32 = 0x2040;
export const MAIN_WORDS: i32 = 0x2100;
export const LENGTH_WORDS: i32 = 0x2640;
export const ALIGNED_WORDS: i32 = 0x2840;
export const PRE_WORDS: i32 = 0x2860;
/** Code lengths of the block before, which LZX codes the next ones against. */
export const OLD_MAIN_LENGTHS: i32 = 0x2900;
export const OLD_LENGTH_LENGTHS: i32 = 0x2c00;
/** For the making of a code, see code-maker.ts: up to 656 numbers each, and 64 of each length. */
export const SORTED_SYMBOLS: i32 = 0x3000;
export const NODE_WEIGHTS: i32 = 0x3c00;
export const NODE_PARENTS: i32 = 0x4800;
export const NODE_LEAVES: i32 = 0x5400;
export const LENGTH_TOTALS: i32 = 0x6000;
/** How code lengths are written, up to 400 pre-tree symbols with their extra bits. */
export const PRE_TOKENS: i32 = 0x6200;

/**
 * Behind the chunk at OUTPUT and its slack, all at multiples of 4: the compressed chunk with room for what turns out larger
 * than the chunk; hash tables; for each byte of the chunk the last place with the same hash; the tokens.
 */
const RESULT_SLACK: i32 = 0x1000;
export const NEAR_BITS: i32 = 13;
/** Segments that a stretch is divided into, and their size in memory; one more is always empty. */
export const SEGMENT_BITS: i32 = 4;
export const SEGMENTS: i32 = 1 << SEGMENT_BITS;
export const SEGMENT_SIZE: i32 = 3680;

export function resultArea(size: i32): i32 {
  return (OUTPUT + size + SLACK + 3) & ~3;
}

/** Heads of the last place of 3 bytes, by their hash. */
export function nearArea(size: i32): i32 {
  return (resultArea(size) + size + RESULT_SLACK + 3) & ~3;
}

/** Heads of the chains of places of 4 bytes, by their hash. */
export function headArea(size: i32): i32 {
  return nearArea(size) + (4 << NEAR_BITS);
}

/** How many bits the hash of 4 bytes has: fewer heads for small chunks, as they are cleared for each. */
export function headBits(size: i32): i32 {
  return size <= 0x8000 ? 15 : size <= 0x10000 ? 15 : 17;
}

export function chainArea(size: i32): i32 {
  return headArea(size) + (4 << headBits(size));
}

/** The tokens, see tokens.ts: no more than one for every 2 bytes and the last literals. */
export function tokenArea(size: i32): i32 {
  return chainArea(size) + size * 4;
}

/** What the segments of a chunk hold, see lzx-segments.ts. */
export function segmentArea(size: i32): i32 {
  return tokenArea(size) + ((size >> 1) + 2) * 12;
}

/** Bytes of memory that a compressor needs for a chunk of `size` bytes. */
export function compressorMemory(size: i32): i32 {
  return segmentArea(size) + (SEGMENTS + 1) * SEGMENT_SIZE + SEGMENTS * 4;
}
