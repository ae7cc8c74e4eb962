/** Writes XPRESS Huffman chunks from explicit tokens (image-formats D.10); nothing shared with the decoder. */
import { codeLengths, codewords, type Token } from './tokens.ts';

const endOfData = 256;

/** Bits in 16-bit words whose places are reserved two ahead; plain bytes go to the next free place. */
class Stream {
  readonly bytes: number[] = [];
  #pending = '';
  #places: number[] = [];

  constructor() {
    this.#reserve();
    this.#reserve();
  }

  bits(value: number, count: number): void {
    if (count > 0) this.#pending += value.toString(2).padStart(count, '0');
    while (this.#pending.length > 16) this.#flush();
  }

  byte(value: number): void {
    this.bytes.push(value);
  }

  finish(): number[] {
    this.#pending = this.#pending.padEnd(16, '0');
    this.#flush(false);
    return this.bytes;
  }

  #reserve(): void {
    this.#places.push(this.bytes.length);
    this.bytes.push(0, 0);
  }

  #flush(more = true): void {
    const word = Number.parseInt(this.#pending.slice(0, 16), 2);
    this.#pending = this.#pending.slice(16);
    const place = this.#places.shift() as number;
    this.bytes[place] = word & 255;
    this.bytes[place + 1] = word >> 8;
    if (more) this.#reserve();
  }
}

/** A chunk of these tokens, symbol 256 at the end. */
export function encodeXpress(tokens: readonly Token[], options: { readonly skewed?: boolean } = {}): Uint8Array {
  const symbols = tokens.map((token) => {
    if ('literal' in token) return token.literal;
    return 256 + (Math.floor(Math.log2(token.offset)) << 4) + Math.min(token.length - 3, 15);
  });
  const lengths = codeLengths([...symbols, endOfData], 512, 15, options.skewed);
  const words = codewords(lengths);
  const stream = new Stream();
  const symbol = (which: number) => stream.bits(words[which] as number, lengths[which] as number);
  for (const [i, token] of tokens.entries()) {
    symbol(symbols[i] as number);
    if ('literal' in token) continue;
    const more = token.length - 3 - 15;
    if (more >= 255) {
      stream.byte(255);
      stream.byte((token.length - 3) & 255);
      stream.byte((token.length - 3) >> 8);
    } else if (more >= 0) {
      stream.byte(more);
    }
    const bits = Math.floor(Math.log2(token.offset));
    stream.bits(token.offset - 2 ** bits, bits);
  }
  symbol(endOfData);
  return Uint8Array.from([...packLengths(lengths), ...stream.finish()]);
}

/** 512 code lengths as the 256 bytes at the head of a chunk. */
export function packLengths(lengths: readonly number[]): number[] {
  return Array.from({ length: 256 }, (_, i) => (lengths[i * 2] as number) | ((lengths[i * 2 + 1] as number) << 4));
}
