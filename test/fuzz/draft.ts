/**
 * A seed under mutation: changed in place, put back by `restore`, so that a volume of 33 MiB costs no copy for each
 * mutation. The array that parsers get starts inside a larger buffer at times, as slices of real files do.
 */

/** Seeds up to this size grow and shrink; in larger ones insertions push bytes out of a window of 4 KiB. */
const growing = 64 * 1024;
const window = 4096;
const spare = 4096;

export class Draft {
  readonly #store: Uint8Array;
  readonly #original: number;
  #length: number;
  #undo: { readonly at: number; readonly bytes: Uint8Array }[] = [];

  constructor(seed: Uint8Array) {
    this.#original = seed.length;
    this.#length = seed.length;
    this.#store = new Uint8Array(seed.length + (seed.length <= growing ? spare : 0));
    this.#store.set(seed);
  }

  get bytes(): Uint8Array {
    return this.#store.subarray(0, this.#length);
  }

  get length(): number {
    return this.#length;
  }

  /** Writes over what is there; what reaches past the end is dropped. */
  put(at: number, bytes: Uint8Array): void {
    const fitting = bytes.slice(0, Math.max(0, this.#length - at));
    this.#undo.push({ at, bytes: this.#store.slice(at, at + fitting.length) });
    this.#store.set(fitting, at);
  }

  /** Moves what lies from `at` behind `bytes`. */
  insert(at: number, bytes: Uint8Array): void {
    const added = bytes.subarray(0, Math.min(bytes.length, window));
    const tail = this.#store.slice(at, this.#windowEnd(at));
    if (this.#original <= growing) this.#length = Math.min(this.#store.length, this.#length + added.length);
    this.put(at, Buffer.concat([added, tail]).subarray(0, this.#windowEnd(at) - at));
  }

  /** Takes bytes out; what follows moves up. */
  remove(at: number, count: number): void {
    const tail = this.#store.slice(Math.min(at + count, this.#length), this.#windowEnd(at));
    this.put(at, tail);
    if (this.#original <= growing) this.#length = Math.max(0, this.#length - count);
  }

  truncate(length: number): void {
    this.#length = length;
  }

  restore(): void {
    this.#length = this.#store.length;
    for (const { at, bytes } of this.#undo.reverse()) this.#store.set(bytes, at);
    this.#undo = [];
    this.#length = this.#original;
  }

  #windowEnd(at: number): number {
    return this.#original <= growing ? this.#length : Math.min(this.#length, at + window);
  }
}
