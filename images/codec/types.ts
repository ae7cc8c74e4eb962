/** Types of the codecs, in the words of the WIM format. */

/** How the chunks of a resource are compressed. */
export type Compression = 'none' | 'xpress' | 'lzx' | 'lzms';

/** Which build of the codecs runs: WebAssembly, or the same source as JavaScript. Both give the same bytes and errors. */
export type EngineName = 'wasm' | 'js';

/** Decodes chunks of one compression and chunk size. Keeps nothing between calls; any chunk may come next. */
export interface Decoder {
  /**
   * Decodes one chunk to exactly `uncompressedSize` bytes (1 to the chunk size), a fresh array. A chunk that is as long
   * as its uncompressed data is stored raw, as in WIM resources (image-formats D.3), and copied.
   * Throws FormatError (`CODEC_...`) when the chunk is damaged.
   */
  decode(chunk: Uint8Array, uncompressedSize: number): Uint8Array<ArrayBuffer>;
  /**
   * The same into `target`, whose length is the uncompressed size. After an error its content is unchanged. `index` is the
   * number of the chunk that the error is to name.
   */
  decodeInto(chunk: Uint8Array, target: Uint8Array, index?: number): void;
}

/** Compresses chunks of one compression and chunk size. Keeps nothing between calls: the same chunk gives the same bytes. */
export interface Compressor {
  /**
   * The chunk (1 byte to the chunk size) compressed, a fresh array; undefined when that would not be smaller than the chunk,
   * which is then to be stored as it is (image-formats D.3).
   */
  compress(chunk: Uint8Array): Uint8Array<ArrayBuffer> | undefined;
}

/** A compressed chunk and the number of bytes it decodes to. */
export interface CompressedChunk {
  readonly bytes: Uint8Array;
  readonly size: number;
}
