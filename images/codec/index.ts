/** Public face of `images/codec`. */
export { codecCode } from './codes.ts';
export { createCompressor } from './compressor.ts';
export { createDecoder } from './decoder.ts';
export { codecEngine } from './engine.ts';
export { decodeChunks, type DecodeChunksOptions } from './pool.ts';
export type { CompressedChunk, Compression, Compressor, Decoder, EngineName } from './types.ts';
