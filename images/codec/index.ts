/** Public face of `images/codec`. */
export { codecCode } from './codes.ts';
export { createDecoder } from './decoder.ts';
export { codecEngine } from './engine.ts';
export { decodeChunks, type DecodeChunksOptions } from './pool.ts';
export type { CompressedChunk, Compression, Decoder, EngineName } from './types.ts';
