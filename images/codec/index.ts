/** Public face of `images/codec`. */
export { codecCode } from './codes.ts';
export { createCompressor } from './compressor.ts';
export { createDecoder } from './decoder.ts';
export { codecEngine } from './engine.ts';
export { compressChunks, decodeChunks, type ChunksOptions } from './pool.ts';
export type { CompressedChunk, Compression, Compressor, Decoder, EngineName } from './types.ts';
