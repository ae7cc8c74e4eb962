/** Where everything lies in the decoders' memory (byte addresses). The host puts the output at OUTPUT, then the input. */

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
