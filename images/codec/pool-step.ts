/** What the pool does with one chunk, in whichever thread: decode it or compress it. */
import { createCompression } from './compressor.ts';
import { createAttempt } from './decoder.ts';
import type { Malformed } from './malformed.ts';
import type { Compression, EngineName } from './types.ts';

/** What every worker is started with. */
export interface PoolSettings {
  readonly direction: 'decode' | 'compress';
  readonly compression: Compression;
  readonly chunkSize: number;
  readonly engine: EngineName;
}

/** Works on `chunk`, writes the result to the start of `target` and returns its length, or says what is wrong. */
export type Step = (chunk: Uint8Array, target: Uint8Array) => number | Malformed;

/** The step of a pool; throws what {@link createDecoder} throws. */
export function createStep({ direction, compression, chunkSize, engine }: PoolSettings): Step {
  if (direction === 'decode') {
    const attempt = createAttempt(compression, chunkSize, engine);
    return (chunk, target) => attempt(chunk, target) ?? target.length;
  }
  const compress = createCompression(compression, chunkSize, engine);
  return (chunk, target) => {
    const bytes = compress(chunk) ?? chunk;
    target.set(bytes);
    return bytes.length;
  };
}
