/**
 * The types a declared field may have (see struct.ts): fixed size, a reader and a writer over a DataView.
 * Sizes and offsets are `number` and refused above 2^53-1; times, ids and 64-bit flag words are `bigint`.
 */
import { FormatError } from '../../src/core/index.ts';
import { bytesCode } from './codes.ts';

export interface FieldType<T> {
  /** Bytes on disk. */
  readonly size: number;
  /** What documentation shows: `u32le`, `bytes(16)`. */
  readonly name: string;
  read(view: DataView, offset: number): T;
  write(view: DataView, offset: number, value: T): void;
}

const numeric = (
  name: string,
  size: number,
  read: (v: DataView, o: number) => number,
  write: (v: DataView, o: number, n: number) => void,
): FieldType<number> => ({ name, size, read, write });

export const u8 = numeric(
  'u8',
  1,
  (v, o) => v.getUint8(o),
  (v, o, n) => v.setUint8(o, n),
);
export const i8 = numeric(
  'i8',
  1,
  (v, o) => v.getInt8(o),
  (v, o, n) => v.setInt8(o, n),
);
export const u16le = numeric(
  'u16le',
  2,
  (v, o) => v.getUint16(o, true),
  (v, o, n) => v.setUint16(o, n, true),
);
export const u16be = numeric(
  'u16be',
  2,
  (v, o) => v.getUint16(o),
  (v, o, n) => v.setUint16(o, n),
);
export const i16le = numeric(
  'i16le',
  2,
  (v, o) => v.getInt16(o, true),
  (v, o, n) => v.setInt16(o, n, true),
);
export const u32le = numeric(
  'u32le',
  4,
  (v, o) => v.getUint32(o, true),
  (v, o, n) => v.setUint32(o, n, true),
);
export const u32be = numeric(
  'u32be',
  4,
  (v, o) => v.getUint32(o),
  (v, o, n) => v.setUint32(o, n),
);
export const i32le = numeric(
  'i32le',
  4,
  (v, o) => v.getInt32(o, true),
  (v, o, n) => v.setInt32(o, n, true),
);

/** A 64-bit little-endian integer kept whole: a time, an id, a flag word. */
export const u64le: FieldType<bigint> = {
  name: 'u64le',
  size: 8,
  read: (v, o) => v.getBigUint64(o, true),
  write: (v, o, n) => v.setBigUint64(o, n, true),
};

/** A 64-bit little-endian size or offset as a number; FormatError (`BYTES_VALUE_TOO_LARGE`) above 2^53-1. */
export const size64le: FieldType<number> = {
  name: 'size64le',
  size: 8,
  read(v, o) {
    const value = v.getBigUint64(o, true);
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) {
      throw new FormatError(bytesCode.BYTES_VALUE_TOO_LARGE, `64-bit size at 0x${o.toString(16)} is ${value}`, {
        details: { offset: o },
      });
    }
    return Number(value);
  },
  write: (v, o, n) => v.setBigUint64(o, BigInt(n), true),
};

/** `count` raw bytes; reading copies, writing demands the exact length. */
export function bytes(count: number): FieldType<Uint8Array> {
  return {
    name: `bytes(${count})`,
    size: count,
    read: (v, o) => new Uint8Array(v.buffer, v.byteOffset + o, count).slice(),
    write(v, o, value) {
      if (value.length !== count) throw new RangeError(`bytes(${count}) given ${value.length} bytes`);
      new Uint8Array(v.buffer, v.byteOffset + o, count).set(value);
    },
  };
}

/** Reserved bytes: read as they are nowhere, written as zero. The record has `null` there. */
export function reserved(count: number): FieldType<null> {
  return {
    name: `reserved(${count})`,
    size: count,
    read: () => null,
    write: (v, o) => void new Uint8Array(v.buffer, v.byteOffset + o, count).fill(0),
  };
}

/** Latin-1 text of `count` bytes, filled up with `pad` (NUL by default); reading keeps the padding out. */
export function text(count: number, pad = '\0'): FieldType<string> {
  return {
    name: `text(${count})`,
    size: count,
    read(v, o) {
      let end = count;
      while (end > 0 && v.getUint8(o + end - 1) === pad.charCodeAt(0)) end--;
      let value = '';
      for (let i = 0; i < end; i++) value += String.fromCharCode(v.getUint8(o + i));
      return value;
    },
    write(v, o, value) {
      if (value.length > count) throw new RangeError(`text(${count}) given ${value.length} characters`);
      for (let i = 0; i < count; i++) v.setUint8(o + i, i < value.length ? value.charCodeAt(i) : pad.charCodeAt(0));
    },
  };
}

/** The same 16-bit value little-endian, then big-endian (ISO 9660 7.2.3). Reading takes the little-endian half. */
export const both16: FieldType<number> = {
  name: 'both16',
  size: 4,
  read: (v, o) => v.getUint16(o, true),
  write(v, o, n) {
    v.setUint16(o, n, true);
    v.setUint16(o + 2, n);
  },
};

/** The same 32-bit value little-endian, then big-endian (ISO 9660 7.3.3). Reading takes the little-endian half. */
export const both32: FieldType<number> = {
  name: 'both32',
  size: 8,
  read: (v, o) => v.getUint32(o, true),
  write(v, o, n) {
    v.setUint32(o, n, true);
    v.setUint32(o + 4, n);
  },
};

/** `count` values of one type in a row. */
export function array<T>(type: FieldType<T>, count: number): FieldType<readonly T[]> {
  return {
    name: `${type.name}[${count}]`,
    size: type.size * count,
    read: (v, o) => Array.from({ length: count }, (_, i) => type.read(v, o + i * type.size)),
    write(v, o, values) {
      if (values.length !== count) throw new RangeError(`array of ${count} given ${values.length} values`);
      values.forEach((value, i) => type.write(v, o + i * type.size, value));
    },
  };
}
