/** Declared structures: a declaration is checked when it is made, and reader and writer are inverse. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  array,
  at,
  both16,
  both32,
  bytes,
  Cursor,
  reserved,
  size64le,
  struct,
  text,
  u16be,
  u16le,
  u32be,
  u32le,
  u64le,
  u8,
} from '../../../images/bytes/index.ts';

describe('struct', () => {
  const sample = struct('sample', 62, {
    a: at(0, u8),
    pad: at(1, reserved(1)),
    b: at(2, u16le),
    c: at(4, u16be),
    d: at(6, u32le),
    e: at(10, u32be),
    f: at(14, u64le),
    g: at(22, size64le),
    h: at(30, both16),
    i: at(34, both32),
    name: at(42, text(8, ' ')),
    list: at(50, array(u16le, 4)),
    tail: at(58, bytes(4)),
  });

  it('decode(encode(x)) is x', () => {
    const record = fc.record({
      a: fc.integer({ min: 0, max: 255 }),
      pad: fc.constant(null),
      b: fc.integer({ min: 0, max: 0xffff }),
      c: fc.integer({ min: 0, max: 0xffff }),
      d: fc.integer({ min: 0, max: 0xffffffff }),
      e: fc.integer({ min: 0, max: 0xffffffff }),
      f: fc.bigInt({ min: 0n, max: 0xffffffffffffffffn }),
      g: fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
      h: fc.integer({ min: 0, max: 0xffff }),
      i: fc.integer({ min: 0, max: 0xffffffff }),
      name: fc.string({ maxLength: 8, unit: fc.constantFrom('A', 'b', '9', '_') }),
      list: fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 4, maxLength: 4 }),
      tail: fc.uint8Array({ minLength: 4, maxLength: 4 }),
    });
    fc.assert(
      fc.property(record, (value) => {
        expect(sample.decode(sample.encode(value))).toEqual(value);
      }),
    );
  });

  it('writes both-endian values in both byte orders', () => {
    const both = struct('both', 12, { x: at(0, both16), y: at(4, both32) });
    expect([...both.encode({ x: 0x0102, y: 0x03040506 })]).toEqual([2, 1, 1, 2, 6, 5, 4, 3, 3, 4, 5, 6]);
  });

  it('refuses gaps, overlaps and fields past the end when it is declared', () => {
    expect(() => struct('gap', 3, { a: at(0, u8), b: at(2, u8) })).toThrow(/b starts at 2, but .* end at 1/);
    expect(() => struct('overlap', 3, { a: at(0, u16le), b: at(1, u16le) })).toThrow(/b starts at 1/);
    expect(() => struct('long', 1, { a: at(0, u16le) })).toThrow(/fields end at 2, size is 1/);
  });

  it('names structure, offset and sizes when bytes end early', () => {
    expect(() => sample.decode(new Uint8Array(100), 60)).toThrow('sample at 0x3c: needs 62 bytes, only 40 are there');
  });

  it('refuses 64-bit sizes above 2^53-1', () => {
    const one = struct('one', 8, { size: at(0, size64le) });
    expect(() => one.decode(new Uint8Array(8).fill(0xff))).toThrow(/18446744073709551615/);
  });
});

describe('Cursor', () => {
  it('reads in order and never past the end', () => {
    const cursor = new Cursor(Uint8Array.of(1, 2, 3, 4, 5), 'five bytes', 0x100);
    expect(cursor.read(u8)).toBe(1);
    expect(cursor.read(u16le)).toBe(0x0302);
    expect(cursor.remaining).toBe(2);
    expect(() => cursor.read(u32le)).toThrow('five bytes at 0x103: needs 4 more bytes, only 2 are there');
    expect(() => cursor.take(-1)).toThrow(/five bytes/);
    expect(() => cursor.seek(6)).toThrow(/five bytes/);
  });
});
