/**
 * Memory of the codecs, JavaScript form: one growable byte array that stands for WebAssembly's linear memory.
 * `asc` never sees this file: the build puts memory-wasm.ts in its place, which has the same functions over load/store.
 * Addresses are not checked here (an address past the end reads 0 and writes nothing): the codecs check before use.
 */

const pageBytes = 65_536;

let bytes: Uint8Array<ArrayBuffer> = new Uint8Array(pageBytes);
let cells: Uint16Array<ArrayBuffer> = new Uint16Array(bytes.buffer);
let ints: Int32Array<ArrayBuffer> = new Int32Array(bytes.buffer);

/** The whole memory; invalid after the next {@link reserve}. */
export function memoryBytes(): Uint8Array<ArrayBuffer> {
  return bytes;
}

/** Makes the memory at least `size` bytes long, in pages of 64 KiB. What was in it is lost: no codec keeps state. */
export function reserve(size: number): void {
  if (size <= bytes.length) return;
  bytes = new Uint8Array(Math.ceil(size / pageBytes) * pageBytes);
  cells = new Uint16Array(bytes.buffer);
  ints = new Int32Array(bytes.buffer);
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

/** A signed 32-bit number of a table; `at` is a multiple of 4. The byte order is the machine's: only {@link stInt} wrote it. */
export function ldInt(at: i32): i32 {
  return ints[at >> 2] as number;
}

export function stInt(at: i32, value: i32): void {
  ints[at >> 2] = value;
}

/** Writes the low 16 bits, little-endian, any alignment. */
export function st16(at: i32, value: i32): void {
  bytes[at] = value;
  bytes[at + 1] = value >> 8;
}

/** Sets `length` bytes to 0. */
export function clear(at: i32, length: i32): void {
  bytes.fill(0, at, at + length);
}

/** True when the 4 bytes at both places are the same. */
export function sameFour(a: i32, b: i32): boolean {
  return (
    bytes[a + 3] === bytes[b + 3] &&
    bytes[a] === bytes[b] &&
    bytes[a + 1] === bytes[b + 1] &&
    bytes[a + 2] === bytes[b + 2]
  );
}

/** How many bytes from `a` and `b` on are the same, at most `most`. */
export function equalBytes(a: i32, b: i32, most: i32): i32 {
  let length = 0;
  while (length < most && bytes[a + length] === bytes[b + length]) length += 1;
  return length;
}

/** A number of `bits` bits (1 to 31) that depends on all of `value` (multiplicative hashing). */
export function hashOf(value: i32, bits: i32): i32 {
  return Math.imul(value, 0x1e35a7bd) >>> (32 - bits);
}

/** Position of the highest bit set; `value` is positive. */
export function log2Of(value: i32): i32 {
  return 31 - Math.clz32(value);
}

let wordsFrom: i32 = 0;
let wordTo: i32 = 0;
let pendingBits: i32 = 0;
let pending: i32 = 0;

/** Starts to write little-endian 16-bit words at `at`, their bits from the most significant down. */
export function openWords(at: i32): void {
  wordsFrom = at;
  wordTo = at;
  pendingBits = 0;
  pending = 0;
}

/** Writes the low `count` bits (0 to 32) of `value`, whose other bits are 0. Writes up to 4 bytes behind the last bit. */
export function putBits(value: i32, count: i32): void {
  if (count > 16) {
    putFew(value >>> 16, count - 16);
    putFew(value & 0xffff, 16);
  } else {
    putFew(value, count);
  }
}

function putFew(value: i32, count: i32): void {
  pendingBits = (pendingBits << count) | value;
  pending += count;
  if (pending < 16) return;
  pending -= 16;
  st16(wordTo, pendingBits >>> pending);
  wordTo += 2;
}

/** Fills the last word with zeros and returns the address behind it. */
export function closeWords(): i32 {
  if (pending > 0) {
    st16(wordTo, pendingBits << (16 - pending));
    wordTo += 2;
  }
  pending = 0;
  return wordTo;
}

/** How many bits were written since {@link openWords}. */
export function bitsWritten(): i32 {
  return (wordTo - wordsFrom) * 8 + pending;
}
