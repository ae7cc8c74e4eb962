/** From a verdict (assembly/verdict.ts) to an error that people can read. The same for both engines. */
import { FormatError } from '../../src/core/index.ts';
import {
  BLOCK_SIZE,
  BLOCK_TYPE,
  CODE_INCOMPLETE,
  CODE_OVERSUBSCRIBED,
  CODEWORD,
  INPUT_EXHAUSTED,
  LENGTH_RUN,
  MATCH_LENGTH,
  MATCH_OFFSET,
} from './assembly/verdict.ts';
import { codecCode } from './codes.ts';
import type { Compression } from './types.ts';

/** A failed chunk as plain data, so that it can come from a worker. */
export interface Malformed {
  readonly compression: Compression;
  /** {@link STORED_SIZE} or a verdict of assembly/verdict.ts. */
  readonly verdict: number;
  /** Bytes of the chunk taken, with up to 4 bytes read ahead. */
  readonly inputAt: number;
  readonly inputSize: number;
  /** Bytes decoded so far. */
  readonly outputAt: number;
  readonly outputSize: number;
  /** The block type, block size, match offset or match length that was refused; the most bytes with STORED_SIZE; else 0. */
  readonly found: number;
}

/** Not of the decoders: a chunk longer than any can be, namely as long as its data or as the chunk size. */
export const STORED_SIZE = -1;

const texts = new Map<number, [keyof typeof codecCode, (chunk: Malformed) => string]>([
  [
    STORED_SIZE,
    [codecCode.CODEC_STORED_SIZE, ({ inputSize, found }) => `it is ${inputSize} bytes long, must be at most ${found}`],
  ],
  [INPUT_EXHAUSTED, [codecCode.CODEC_INPUT_EXHAUSTED, () => 'the chunk ends here, more data must follow']],
  [BLOCK_TYPE, [codecCode.CODEC_LZX_BLOCK_TYPE, ({ found }) => `block type is ${found}, must be 1, 2 or 3`]],
  [
    BLOCK_SIZE,
    [
      codecCode.CODEC_LZX_BLOCK_SIZE,
      ({ found, outputAt, outputSize }) => `block size is ${found}, must be 1 to ${outputSize - outputAt}`,
    ],
  ],
  [
    CODE_OVERSUBSCRIBED,
    [codecCode.CODEC_CODE_OVERSUBSCRIBED, () => 'the code lengths ask for more codewords than there are'],
  ],
  [
    CODE_INCOMPLETE,
    [codecCode.CODEC_CODE_INCOMPLETE, () => 'the code lengths leave codewords undefined, must be a complete code'],
  ],
  [
    LENGTH_RUN,
    [
      codecCode.CODEC_LZX_LENGTH_RUN,
      () => 'a run of code lengths is malformed or longer than what is left of its table',
    ],
  ],
  [CODEWORD, [codecCode.CODEC_CODEWORD, () => 'a symbol is needed from a code that has no codewords']],
  [
    MATCH_OFFSET,
    [
      codecCode.CODEC_MATCH_OFFSET,
      ({ found, outputAt }) => `match offset is ${found >>> 0}, must be 1 to ${outputAt}, the bytes decoded so far`,
    ],
  ],
  [
    MATCH_LENGTH,
    [
      codecCode.CODEC_MATCH_LENGTH,
      ({ found, outputAt, outputSize }) =>
        `match length is ${found}, longer than what is left of its block (the chunk has ${outputSize - outputAt} bytes left)`,
    ],
  ],
]);

/** The error for a damaged chunk; `chunkIndex` when the caller knows which chunk of a resource it is. */
export function malformedChunk(chunk: Malformed, chunkIndex?: number): FormatError {
  const { compression, verdict, inputAt, inputSize, outputAt, outputSize, found } = chunk;
  const [code, text] = texts.get(verdict) as NonNullable<ReturnType<typeof texts.get>>;
  const name = compression === 'none' ? 'stored chunk' : `${compression.toUpperCase()} chunk`;
  const which = chunkIndex === undefined ? name : `${name} ${chunkIndex}`;
  const where = verdict === STORED_SIZE ? '' : ` at byte ${inputAt} of ${inputSize}, output byte ${outputAt}`;
  return new FormatError(code, `${which}${where}: ${text(chunk)}`, {
    hint: 'The image is damaged: verify it, copy or download it again.',
    details: {
      format: compression,
      structure: 'chunk',
      offset: inputAt,
      size: inputSize,
      outputOffset: outputAt,
      outputSize,
      ...(found === 0 || verdict === STORED_SIZE ? {} : { actual: found }),
      ...(chunkIndex === undefined ? {} : { chunk: chunkIndex }),
    },
  });
}
