/** A bounded reader that walks bytes in order; every step is checked and an error names structure and absolute offset. */
import { FormatError } from '../../src/core/index.ts';
import { bytesCode } from './codes.ts';
import type { FieldType } from './field-types.ts';
import { viewOf } from './struct.ts';

export class Cursor {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #structure: string;
  readonly #base: number;
  #position = 0;

  /** `base` is the offset of `bytes` in the file, for error texts only. */
  constructor(bytes: Uint8Array, structure: string, base = 0) {
    this.#bytes = bytes;
    this.#view = viewOf(bytes);
    this.#structure = structure;
    this.#base = base;
  }

  get position(): number {
    return this.#position;
  }

  get remaining(): number {
    return this.#bytes.length - this.#position;
  }

  /** Reads one value and steps over it; FormatError (`BYTES_TRUNCATED`) when it does not fit. */
  read<T>(type: FieldType<T>): T {
    this.#need(type.size);
    const value = type.read(this.#view, this.#position);
    this.#position += type.size;
    return value;
  }

  /** The next `count` bytes as a view (no copy). */
  take(count: number): Uint8Array {
    this.#need(count);
    const slice = this.#bytes.subarray(this.#position, this.#position + count);
    this.#position += count;
    return slice;
  }

  skip(count: number): void {
    this.#need(count);
    this.#position += count;
  }

  /** Goes to an absolute position inside the bytes. */
  seek(position: number): void {
    if (!Number.isSafeInteger(position) || position < 0 || position > this.#bytes.length) {
      this.#fail(position, 0, this.#bytes.length);
    }
    this.#position = position;
  }

  #need(count: number): void {
    if (!Number.isSafeInteger(count) || count < 0 || count > this.remaining) {
      this.#fail(this.#position, count, this.remaining);
    }
  }

  #fail(position: number, expected: number, actual: number): never {
    const offset = this.#base + position;
    throw new FormatError(
      bytesCode.BYTES_TRUNCATED,
      `${this.#structure} at 0x${offset.toString(16)}: needs ${expected} more bytes, only ${actual} are there`,
      { details: { structure: this.#structure, offset, expected, actual } },
    );
  }
}
