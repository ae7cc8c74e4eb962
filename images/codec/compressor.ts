/** Compressors: one chunk in, one chunk out, synchronous, over either engine. */
import { compressorMemory, OUTPUT, resultArea, SLACK } from './assembly/areas.ts';
import { checkSize, windowOrder } from './decoder.ts';
import { codecEngine, engineNamed } from './engine.ts';
import type { Compression, Compressor, EngineName } from './types.ts';

/** How many earlier places a search for a match looks at. Twice as many cost 5 % of the speed for 0.16 % of the size. */
const depths = { lzx: 16, xpress: 16 } as const;

/**
 * A compressor for chunks of up to `chunkSize` bytes, which is one that {@link createDecoder} takes. `engine` chooses the
 * build, else {@link codecEngine} does; the bytes do not depend on it. With `none` every chunk is to be stored raw.
 * Throws UnsupportedFeatureError for LZMS (`CODEC_UNSUPPORTED`) and for other chunk sizes (`CODEC_CHUNK_SIZE`).
 */
export function createCompressor(
  compression: Compression,
  chunkSize: number,
  options: { readonly engine?: EngineName } = {},
): Compressor {
  const compress = createCompression(compression, chunkSize, options.engine);
  return { compress: (chunk) => compress(chunk)?.slice() };
}

/** {@link createCompressor} without the copy: the bytes are good until the next call of any codec of this thread. */
export function createCompression(
  compression: Compression,
  chunkSize: number,
  engineName?: EngineName,
): (chunk: Uint8Array) => Uint8Array | undefined {
  const order = windowOrder(compression, chunkSize);
  const engine = engineNamed(engineName ?? codecEngine());
  return (chunk) => {
    const size = chunk.length;
    checkSize(size, chunkSize);
    if (compression !== 'lzx' && compression !== 'xpress') return undefined;
    const memory = engine.memory(compressorMemory(size));
    memory.set(chunk, OUTPUT);
    memory.fill(0, OUTPUT + size, OUTPUT + size + SLACK);
    const written =
      compression === 'lzx' ? engine.compressLzx(size, order, depths.lzx) : engine.compressXpress(size, depths.xpress);
    const result = resultArea(size);
    return written === 0 ? undefined : memory.subarray(result, result + written);
  };
}
