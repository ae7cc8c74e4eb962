/**
 * Memory of the decoders, JavaScript form: one growable byte array that stands for WebAssembly's linear memory.
 * `asc` never sees this file: the build puts memory-wasm.ts in its place, which has the same functions over load/store.
 * Addresses are not checked here (an address past the end reads 0 and writes nothing): the decoders check before use.
 */

const pageBytes = 65_536;

let bytes: Uint8Array<ArrayBuffer> = new Uint8Array(pageBytes);
let cells: Uint16Array<ArrayBuffer> = new Uint16Array(bytes.buffer);

/** The whole memory; invalid after the next {@link reserve}. */
export function memoryBytes(): Uint8Array<ArrayBuffer> {
  return bytes;
}

/** Makes the memory at least `size` bytes long, in pages of 64 KiB. What was in it is lost: no decoder keeps state. */
export function reserve(size: number): void {
  if (size <= bytes.length) return;
  bytes = new Uint8Array(Math.ceil(size / pageBytes) * pageBytes);
  cells = new Uint16Array(bytes.buffer);
}

/** Unsigned byte at `at`. */
export function ld8(at: i32): i32 {
  return bytes[at] as number;
}

export function st8(at: i32, value: i32): void {
  bytes[at] = value;
}

/** Unsigned 16 bits, little-endian, any alignment. */
export function ld16(at: i32): i32 {
  return (bytes[at] as number) | ((bytes[at + 1] as number) << 8);
}

/** Signed 32 bits, little-endian, any alignment. */
export function ld32(at: i32): i32 {
  return ld16(at) | (ld16(at + 2) << 16);
}

export function st32(at: i32, value: i32): void {
  bytes[at] = value;
  bytes[at + 1] = value >> 8;
  bytes[at + 2] = value >> 16;
  bytes[at + 3] = value >> 24;
}

/** 32 bits from two little-endian words, the first word's on top; `at` is even. */
export function ldBits(at: i32): i32 {
  return (ld16(at) << 16) | ld16(at + 2);
}

/** An unsigned 16-bit cell of a table; `at` is even. The byte order is the machine's: only {@link stCell} wrote it. */
export function ldCell(at: i32): i32 {
  return cells[at >> 1] as number;
}

export function stCell(at: i32, value: i32): void {
  cells[at >> 1] = value;
}

/** Copies `length` bytes as if one by one, so that a source that overlaps the target repeats itself; `from < to`. */
export function copyForward(to: i32, from: i32, length: i32): void {
  const distance = to - from;
  if (length > 24 && distance >= length) {
    bytes.copyWithin(to, from, from + length);
  } else if (length > 24 && distance === 1) {
    bytes.fill(bytes[from] as number, to, to + length);
  } else {
    for (let i = 0; i < length; i++) bytes[to + i] = bytes[from + i] as number;
  }
}

/** Address of the first byte `value` from `at` on, or `end` when there is none before `end`. */
export function findByte(at: i32, end: i32, value: i32): i32 {
  let found = at; // not indexOf, which would go on to the end of the memory
  while (found < end && bytes[found] !== value) found += 1;
  return found;
}
