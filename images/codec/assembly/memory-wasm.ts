/**
 * Memory of the codecs, WebAssembly form: stands in for ../memory.ts when `asc` compiles (test/images/codec/build-wasm.ts).
 * Same functions, same meaning. The host grows the exported linear memory before it calls.
 */

export function ld8(at: i32): i32 {
  return load<u8>(at);
}

export function st8(at: i32, value: i32): void {
  store<u8>(at, value);
}

export function ld16(at: i32): i32 {
  return load<u16>(at);
}

export function ld32(at: i32): i32 {
  return load<i32>(at);
}

export function st32(at: i32, value: i32): void {
  store<i32>(at, value);
}

export function ldBits(at: i32): i32 {
  return rotl<u32>(load<u32>(at), 16);
}

export function ldCell(at: i32): i32 {
  return load<u16>(at);
}

export function stCell(at: i32, value: i32): void {
  store<u16>(at, value);
}

/**
 * Copies in steps of 8 bytes where source and target are far enough apart, and so may write up to 7 bytes too many:
 * those are overwritten by what the decoder writes next, or lie in the slack behind the output (areas.ts).
 */
export function copyForward(to: i32, from: i32, length: i32): void {
  const end = to + length;
  if (to - from >= 8) {
    do {
      store<u64>(to, load<u64>(from));
      to += 8;
      from += 8;
    } while (to < end);
  } else if (to - from == 1) {
    const half = <u32>load<u8>(from) * 0x01010101;
    const pattern = ((<u64>half) << 32) | <u64>half;
    do {
      store<u64>(to, pattern);
      to += 8;
    } while (to < end);
  } else {
    do {
      store<u8>(to, load<u8>(from));
      to += 1;
      from += 1;
    } while (to < end);
  }
}

/** Looks at 8 bytes at once: a byte of `eight` is 0 where `value` stands, and then the borrow shows in its top bit. */
export function findByte(at: i32, end: i32, value: i32): i32 {
  const ones: u64 = ((<u64>0x01010101) << 32) | 0x01010101;
  const pattern = ones * <u64>value;
  while (at + 8 <= end) {
    const eight = load<u64>(at) ^ pattern;
    if (((eight - ones) & ~eight & (ones << 7)) != 0) break;
    at += 8;
  }
  while (at < end && load<u8>(at) != value) at += 1;
  return at;
}

export function ldInt(at: i32): i32 {
  return load<i32>(at);
}

export function stInt(at: i32, value: i32): void {
  store<i32>(at, value);
}

export function st16(at: i32, value: i32): void {
  store<u16>(at, value);
}

export function clear(at: i32, length: i32): void {
  memory.fill(at, 0, length);
}

export function sameFour(a: i32, b: i32): boolean {
  return load<u32>(a) == load<u32>(b);
}

/** Looks at 8 bytes at once, up to 7 behind `most`: all that is compared lies in the chunk or in the slack behind it. */
export function equalBytes(a: i32, b: i32, most: i32): i32 {
  let length = 0;
  while (length < most) {
    const difference = load<u64>(a + length) ^ load<u64>(b + length);
    if (difference != 0) {
      length += <i32>(ctz(difference) >>> 3);
      return length < most ? length : most;
    }
    length += 8;
  }
  return most;
}

export function hashOf(value: i32, bits: i32): i32 {
  return (value * 0x1e35a7bd) >>> (32 - bits);
}

export function log2Of(value: i32): i32 {
  return 31 - clz(value);
}

let wordsFrom: i32 = 0;
let wordTo: i32 = 0;
let pendingBits: u64 = 0;
let pending: i32 = 0;

export function openWords(at: i32): void {
  wordsFrom = at;
  wordTo = at;
  pendingBits = 0;
  pending = 0;
}

/** Two words at once: fewer than 32 bits are pending before, so fewer than 64 after. */
export function putBits(value: i32, count: i32): void {
  pendingBits = (pendingBits << (<u64>count)) | <u64>(<u32>value);
  pending += count;
  if (pending < 32) return;
  pending -= 32;
  store<u32>(wordTo, rotl<u32>(<u32>(pendingBits >>> <u64>pending), 16));
  wordTo += 4;
}

export function closeWords(): i32 {
  if (pending > 16) {
    pending -= 16;
    store<u16>(wordTo, <u16>(pendingBits >>> <u64>pending));
    wordTo += 2;
  }
  if (pending > 0) {
    store<u16>(wordTo, <u16>(pendingBits << (<u64>(16 - pending))));
    wordTo += 2;
  }
  pending = 0;
  return wordTo;
}

export function bitsWritten(): i32 {
  return (wordTo - wordsFrom) * 8 + pending;
}
