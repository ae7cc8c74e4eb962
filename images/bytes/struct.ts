/**
 * Declared byte structures: field name -> (offset, type). One declaration gives reader, writer, TypeScript type and size.
 * A declaration with overlapping fields, undeclared gaps or fields past the end fails when the module loads.
 */
import { FormatError } from '../../src/core/index.ts';
import { bytesCode } from './codes.ts';
import type { FieldType } from './field-types.ts';

export interface Field<T> {
  readonly offset: number;
  readonly type: FieldType<T>;
}

type ValueOf<F> = F extends Field<infer T> ? T : never;
export type LayoutRecord<L> = { -readonly [K in keyof L]: ValueOf<L[K]> };

export interface Struct<L> extends FieldType<LayoutRecord<L>> {
  readonly layout: L;
  /** Reads the structure at `offset` of `bytes`; FormatError (`BYTES_TRUNCATED`) when it does not fit. */
  decode(bytes: Uint8Array, offset?: number): LayoutRecord<L>;
  /** Reads some fields alone, for structures of which there are 100,000. Throws as `decode`. */
  picker<K extends keyof L>(...keys: readonly K[]): (bytes: Uint8Array, offset?: number) => Pick<LayoutRecord<L>, K>;
  /** The structure as fresh bytes. Throws RangeError when a value does not fit its field (a caller's mistake). */
  encode(record: LayoutRecord<L>): Uint8Array;
  /** Writes the structure into `target` at `offset`. */
  encodeInto(target: Uint8Array, offset: number, record: LayoutRecord<L>): void;
}

/** The type of the records that a structure reads and writes. */
export type RecordOf<S> = S extends Struct<infer L> ? LayoutRecord<L> : never;

/** Places a type at an offset from the start of the structure. */
export function at<T>(offset: number, type: FieldType<T>): Field<T> {
  return { offset, type };
}

/**
 * Declares a structure of `size` bytes. Throws RangeError for overlaps, gaps and fields past the end; a gap in the format
 * is declared with `reserved(n)`.
 */
export function struct<const L extends Record<string, { offset: number; type: { size: number; name: string } }>>(
  name: string,
  size: number,
  layout: L,
): Struct<L> {
  checkLayout(name, size, layout);
  const fields = Object.entries(layout as unknown as Record<string, Field<unknown>>);
  const read = (view: DataView, offset: number): LayoutRecord<L> => {
    const record: Record<string, unknown> = {};
    for (const [key, field] of fields) record[key] = field.type.read(view, offset + field.offset);
    return record as LayoutRecord<L>;
  };
  const write = (view: DataView, offset: number, value: LayoutRecord<L>): void => {
    const record = value as Record<string, unknown>;
    for (const [key, field] of fields) field.type.write(view, offset + field.offset, record[key]);
  };
  const mustFit = (bytes: Uint8Array, offset: number): void => {
    if (offset >= 0 && offset + size <= bytes.length) return;
    throw new FormatError(
      bytesCode.BYTES_TRUNCATED,
      `${name} at 0x${offset.toString(16)}: needs ${size} bytes, only ${Math.max(0, bytes.length - offset)} are there`,
      { details: { structure: name, offset, expected: size, actual: Math.max(0, bytes.length - offset) } },
    );
  };
  return {
    name,
    size,
    layout,
    read,
    write,
    decode(bytes, offset = 0) {
      mustFit(bytes, offset);
      return read(viewOf(bytes), offset);
    },
    picker<K extends keyof L>(...keys: readonly K[]) {
      const picked = fields.filter(([key]) => (keys as readonly PropertyKey[]).includes(key));
      return (bytes: Uint8Array, offset = 0) => {
        mustFit(bytes, offset);
        const view = viewOf(bytes);
        const record: Record<string, unknown> = {};
        for (const [key, field] of picked) record[key] = field.type.read(view, offset + field.offset);
        return record as Pick<LayoutRecord<L>, K>;
      };
    },
    encode(record) {
      const bytes = new Uint8Array(size);
      write(viewOf(bytes), 0, record);
      return bytes;
    },
    encodeInto(target, offset, record) {
      if (offset + size > target.length) throw new RangeError(`${name} does not fit at ${offset} of ${target.length}`);
      write(viewOf(target), offset, record);
    },
  };
}

/** A DataView over exactly these bytes. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function checkLayout(
  name: string,
  size: number,
  layout: Record<string, { offset: number; type: { size: number } }>,
): void {
  let end = 0;
  for (const [key, field] of Object.entries(layout).sort(([, a], [, b]) => a.offset - b.offset)) {
    if (field.offset !== end) {
      throw new RangeError(`${name}.${key} starts at ${field.offset}, but the fields before it end at ${end}`);
    }
    end = field.offset + field.type.size;
  }
  if (end !== size) throw new RangeError(`${name}: fields end at ${end}, size is ${size}`);
}
