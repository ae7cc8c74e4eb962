/** Decoders: one chunk in, one chunk out, synchronous, over either engine. */
import { InternalError, UnsupportedFeatureError } from '../../src/core/index.ts';
import { OUTPUT, SLACK } from './assembly/areas.ts';
import { INPUT_EXHAUSTED, OK } from './assembly/verdict.ts';
import { codecCode } from './codes.ts';
import { codecEngine, engineNamed, type Engine } from './engine.ts';
import { malformedChunk, STORED_SIZE, type Malformed } from './malformed.ts';
import type { Compression, Decoder, EngineName } from './types.ts';

/** log2 of the smallest and largest chunk size that WIM files have with each compression ([W] wimlib's documentation). */
const windowOrders = { xpress: [12, 16], lzx: [15, 21] } as const;

/**
 * A decoder for chunks of up to `chunkSize` bytes (uncompressed): a power of two, 4 KiB to 64 KiB for XPRESS, 32 KiB to
 * 2 MiB for LZX; with `none`, any. `engine` chooses the build, else {@link codecEngine} does.
 * Throws UnsupportedFeatureError for LZMS (`CODEC_UNSUPPORTED`) and for other chunk sizes (`CODEC_CHUNK_SIZE`).
 */
export function createDecoder(
  compression: Compression,
  chunkSize: number,
  options: { readonly engine?: EngineName } = {},
): Decoder {
  const attempt = createAttempt(compression, chunkSize, options.engine);
  const decodeInto = (chunk: Uint8Array, target: Uint8Array, index?: number): void => {
    const malformed = attempt(chunk, target);
    if (malformed !== undefined) throw malformedChunk(malformed, index);
  };
  return {
    decode(chunk, uncompressedSize) {
      checkSize(uncompressedSize, chunkSize);
      const target = new Uint8Array(uncompressedSize);
      decodeInto(chunk, target);
      return target;
    },
    decodeInto,
  };
}

/** Decodes `chunk` into `target` or says why not, as plain data: what the worker pool sends between threads. */
export type Attempt = (chunk: Uint8Array, target: Uint8Array) => Malformed | undefined;

/** {@link createDecoder} without the exceptions for damaged chunks. */
export function createAttempt(compression: Compression, chunkSize: number, engineName?: EngineName): Attempt {
  const order = windowOrder(compression, chunkSize);
  const engine = engineNamed(engineName ?? codecEngine());
  return (chunk, target) => {
    checkSize(target.length, chunkSize);
    const sizes = { compression, inputSize: chunk.length, outputSize: target.length };
    if (chunk.length === target.length) {
      target.set(chunk);
      return undefined;
    }
    const most = compression === 'none' ? target.length : chunkSize;
    if (chunk.length > most) return { ...sizes, verdict: STORED_SIZE, inputAt: 0, outputAt: 0, found: most };
    if (compression === 'none') {
      return { ...sizes, verdict: INPUT_EXHAUSTED, inputAt: chunk.length, outputAt: chunk.length, found: 0 };
    }
    const input = (OUTPUT + target.length + SLACK + 1) & ~1;
    const inputEnd = input + chunk.length;
    const memory = engine.memory(inputEnd + SLACK);
    memory.set(chunk, input);
    memory.fill(0, inputEnd, inputEnd + SLACK);
    const verdict = run(engine, compression, input, chunk.length, target.length, order);
    if (verdict === OK) {
      target.set(memory.subarray(OUTPUT, OUTPUT + target.length));
      return undefined;
    }
    return {
      ...sizes,
      verdict,
      inputAt: Math.min(engine.failedInputAt() - input, chunk.length),
      outputAt: engine.failedOutputAt() - OUTPUT,
      found: engine.failedValue(),
    };
  };
}

function run(engine: Engine, compression: Compression, input: number, size: number, outputSize: number, order: number) {
  return compression === 'lzx'
    ? engine.decodeLzx(input, size, outputSize, order)
    : engine.decodeXpress(input, size, outputSize);
}

/** log2 of the chunk size, 0 with `none`; throws UnsupportedFeatureError when the compression does not have that size. */
export function windowOrder(compression: Compression, chunkSize: number): number {
  if (compression === 'lzms') {
    throw new UnsupportedFeatureError(codecCode.CODEC_UNSUPPORTED, 'LZMS compression is not supported yet', {
      hint: 'Convert the image to LZX, for example with DISM /Export-Image or wimlib-imagex export --compress=LZX.',
    });
  }
  if (compression === 'none') return 0;
  const [least, most] = windowOrders[compression];
  const order = Math.log2(chunkSize);
  if (Number.isInteger(order) && order >= least && order <= most) return order;
  const name = compression.toUpperCase();
  throw new UnsupportedFeatureError(
    codecCode.CODEC_CHUNK_SIZE,
    `${name} chunk size is ${chunkSize}, must be a power of two from ${2 ** least} to ${2 ** most}`,
    { hint: 'The header of the image is damaged, or it was made by a tool that nothing else can read.' },
  );
}

/** Throws InternalError (`CODEC_ARGUMENT`) unless `size` is 1 to the chunk size. */
export function checkSize(size: number, chunkSize: number): void {
  if (Number.isInteger(size) && size >= 1 && size <= chunkSize) return;
  throw new InternalError(
    codecCode.CODEC_ARGUMENT,
    `a chunk must decode to 1 to ${chunkSize} bytes, the chunk size; asked for ${size}`,
    { hint: 'This is a bug of osdkit: please report it.' },
  );
}
