/** Error codes of `images/codec`. */
import { registerCodes } from '../../src/core/index.ts';

const damaged = 'The image is damaged: verify it, copy or download it again.';

export const codecCode = registerCodes({
  CODEC_UNSUPPORTED: {
    title: 'A compression that this version does not have.',
    remedy: 'Convert the image to LZX, for example with DISM /Export-Image.',
  },
  CODEC_CHUNK_SIZE: {
    title: 'A chunk size that the compression does not have.',
    remedy: 'The header of the image is damaged, or a tool wrote it that nothing else can read: export it anew.',
  },
  CODEC_STORED_SIZE: { title: 'A chunk is longer than its compression allows.', remedy: damaged },
  CODEC_INPUT_EXHAUSTED: { title: 'A compressed chunk ends before its data does.', remedy: damaged },
  CODEC_LZX_BLOCK_TYPE: { title: 'An LZX block of a type that does not exist.', remedy: damaged },
  CODEC_LZX_BLOCK_SIZE: { title: 'An LZX block that is empty or reaches past its chunk.', remedy: damaged },
  CODEC_LZX_LENGTH_RUN: { title: 'LZX code lengths run past the end of their table.', remedy: damaged },
  CODEC_CODE_OVERSUBSCRIBED: { title: 'A Huffman code has more codewords than fit.', remedy: damaged },
  CODEC_CODE_INCOMPLETE: { title: 'A Huffman code leaves codewords undefined.', remedy: damaged },
  CODEC_CODEWORD: { title: 'A Huffman code is used that has no codewords.', remedy: damaged },
  CODEC_MATCH_OFFSET: { title: 'A match starts before its chunk.', remedy: damaged },
  CODEC_MATCH_LENGTH: { title: 'A match reaches past its block or chunk.', remedy: damaged },
  CODEC_ENGINE: {
    title: 'The environment variable OSDKIT_CODEC has an unknown value.',
    remedy: 'Set it to wasm or js, or unset it.',
  },
  CODEC_WORKERS: { title: 'A number of worker threads that is out of range.', remedy: 'Give a number from 0 to 256.' },
  CODEC_WORKER: {
    title: 'A thread that decodes or compresses ended unexpectedly.',
    remedy: 'Try again with fewer workers; if it stays, report it as a bug of osdkit.',
  },
  CODEC_ARGUMENT: {
    title: 'A codec was called with sizes that do not fit together.',
    remedy: 'This is a bug of osdkit: report it.',
  },
});
