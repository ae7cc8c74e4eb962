/**
 * Writes LZX chunks of the WIM flavour from explicit decisions (image-formats D.9): no search, no E8 translation, nothing
 * shared with the decoder. It writes nonsense when told to: bad vectors come from here too.
 */
import { codeLengths, codewords, type Token } from './tokens.ts';

/** Number of position slots by log2 of the chunk size, as wimlib uses them. */
const slotCounts: Readonly<Record<number, number>> = { 15: 30, 16: 32, 17: 34, 18: 36, 19: 38, 20: 42, 21: 50 };

/** First offset and number of extra bits of each slot; slots 0 to 2 are the recent offsets. */
const slots: { readonly first: number; readonly extra: number }[] = [];
for (let slot = 0, position = 0; slot < 50; slot++) {
  const extra = slot < 4 ? 0 : Math.min(17, Math.floor(slot / 2) - 1);
  slots.push({ first: position - 2, extra });
  position += 2 ** extra;
}

/** A code for 20 pre-tree symbols: twelve of 4 bits, eight of 5. */
const preLengths = Array.from({ length: 20 }, (_, symbol) => (symbol < 12 ? 4 : 5));
const preWords = codewords(preLengths);

export interface BlockOptions {
  readonly aligned?: boolean;
  /** Long codewords, for the slow path. */
  readonly skewed?: boolean;
  /** Write this block size instead of the true one. */
  readonly size?: number;
  /** Never use the recent offsets. */
  readonly explicit?: boolean;
  /** Code lengths with runs (pre-tree symbols 17, 18, 19) where they fit. */
  readonly runs?: boolean;
}

export class LzxWriter {
  readonly order: number;
  readonly #bytes: number[] = [];
  #pending = '';
  #recent = [1, 1, 1];
  #main: number[];
  #lengths: number[] = Array.from({ length: 249 }, () => 0);

  constructor(order = 15) {
    this.order = order;
    this.#main = Array.from({ length: this.mainSymbols }, () => 0);
  }

  get mainSymbols(): number {
    return 256 + 8 * (slotCounts[this.order] as number);
  }

  /** Bits written since the start or the last raw block. */
  get bitCount(): number {
    return this.#bytes.length * 8 + this.#pending.length;
  }

  bits(value: number, count: number): this {
    if (count > 0) this.#pending += value.toString(2).padStart(count, '0');
    while (this.#pending.length >= 16) {
      const word = Number.parseInt(this.#pending.slice(0, 16), 2);
      this.#bytes.push(word & 255, word >> 8);
      this.#pending = this.#pending.slice(16);
    }
    return this;
  }

  header(type: number, size: number): this {
    this.bits(type, 3);
    if (size === 32_768) return this.bits(1, 1);
    return this.bits(0, 1).bits(size, this.order > 15 ? 24 : 16);
  }

  /** A run of code lengths with its own pre-tree, as differences to the lengths before. */
  codeLengths(before: readonly number[], after: readonly number[], runs = false): this {
    for (const length of preLengths) this.bits(length, 4);
    const difference = (i: number) => ((before[i] as number) - (after[i] as number) + 17) % 17;
    for (let i = 0; i < after.length; ) {
      let same = 1;
      while (after[i + same] === after[i]) same += 1;
      if (runs && after[i] === 0 && same >= 20) {
        const run = Math.min(same, 51);
        this.pre(18).bits(run - 20, 5);
        i += run;
      } else if (runs && after[i] === 0 && same >= 4) {
        const run = Math.min(same, 19);
        this.pre(17).bits(run - 4, 4);
        i += run;
      } else if (runs && same >= 4) {
        const run = Math.min(same, 5);
        this.pre(19)
          .bits(run - 4, 1)
          .pre(difference(i));
        i += run;
      } else {
        this.pre(difference(i));
        i += 1;
      }
    }
    return this;
  }

  pre(symbol: number): this {
    return this.bits(preWords[symbol] as number, preLengths[symbol] as number);
  }

  /** A block of type 1, or 2 when `aligned`. */
  block(tokens: readonly Token[], options: BlockOptions = {}): this {
    const coded = tokens.map((token) => this.#code(token, options));
    const main = codeLengths(
      coded.map(({ symbol }) => symbol),
      this.mainSymbols,
      16,
      options.skewed,
    );
    const lengths = codeLengths(
      coded.flatMap(({ length }) => length ?? []),
      249,
      16,
      options.skewed,
    );
    const aligned = codeLengths([0, 1, 2, 3, 4, 5, 6, 7], 8, 7, options.skewed);
    const size = tokens.reduce((sum, token) => sum + ('literal' in token ? 1 : token.length), 0);
    this.header(options.aligned === true ? 2 : 1, options.size ?? size);
    if (options.aligned === true) for (const length of aligned) this.bits(length, 3);
    this.codeLengths(this.#main.slice(0, 256), main.slice(0, 256), options.runs);
    this.codeLengths(this.#main.slice(256), main.slice(256), options.runs);
    this.codeLengths(this.#lengths, lengths, options.runs);
    this.#main = main;
    this.#lengths = lengths;
    const [mainWords, lengthWords, alignedWords] = [codewords(main), codewords(lengths), codewords(aligned)];
    for (const { symbol, length, extra, value } of coded) {
      this.bits(mainWords[symbol] as number, main[symbol] as number);
      if (length !== undefined) this.bits(lengthWords[length] as number, lengths[length] as number);
      if (options.aligned === true && extra >= 3) {
        this.bits(value >> 3, extra - 3);
        this.bits(alignedWords[value & 7] as number, aligned[value & 7] as number);
      } else {
        this.bits(value, extra);
      }
    }
    return this;
  }

  /** A block of type 3. `size` and `pad` lie when told to. */
  raw(
    data: readonly number[],
    recent: readonly [number, number, number],
    options: { size?: number; pad?: boolean } = {},
  ) {
    this.header(3, options.size ?? data.length);
    this.bits(0, 16 - (this.#pending.length % 16)); // a whole word when on a boundary
    for (const offset of recent) for (let byte = 0; byte < 4; byte++) this.#bytes.push((offset >>> (byte * 8)) & 255);
    for (const byte of data) this.#bytes.push(byte);
    if (data.length % 2 === 1 && options.pad !== false) this.#bytes.push(0);
    this.#recent = [...recent];
    return this;
  }

  finish(): Uint8Array {
    if (this.#pending !== '') this.bits(0, 16 - this.#pending.length);
    return Uint8Array.from(this.#bytes);
  }

  #code(token: Token, { explicit }: BlockOptions) {
    if ('literal' in token) return { symbol: token.literal, length: undefined, extra: 0, value: 0 };
    const short = Math.min(token.length - 2, 7);
    const length = short === 7 ? token.length - 9 : undefined;
    let slot = explicit === true ? -1 : this.#recent.indexOf(token.offset);
    if (slot >= 0) {
      [this.#recent[0], this.#recent[slot]] = [this.#recent[slot] as number, this.#recent[0] as number];
      return { symbol: 256 + slot * 8 + short, length, extra: 0, value: 0 };
    }
    slot = slots.findLastIndex(({ first }, i) => i >= 3 && first <= token.offset);
    this.#recent = [token.offset, this.#recent[0] as number, this.#recent[1] as number];
    const { first, extra } = slots[slot] as (typeof slots)[number];
    return { symbol: 256 + slot * 8 + short, length, extra, value: token.offset - first };
  }
}
