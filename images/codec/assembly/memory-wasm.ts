/**
 * Memory of the decoders, WebAssembly form: stands in for ../memory.ts when `asc` compiles (test/images/codec/build-wasm.ts).
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
