/** Values of a key: records, names, and data wherever it lies (in the record, in a cell, in segments). */
import { viewOf } from '../bytes/index.ts';
import type { Cells } from './cells.ts';
import { hiveCode } from './codes.ts';
import { bigData, inlineData, keyValue, segmentSize, valueNameLatin1, type KeyValue } from './layout.ts';
import { malformed, shown } from './malformed.ts';
import { decodeName } from './names.ts';
import type { HiveValue } from './types.ts';
import { readDword, readMultiString, readQword, readString, typeName } from './value-data.ts';

/** The values behind a key's list of `count` references; `key` is the reference of the key. */
export function readValues(cells: Cells, key: number, list: number, count: number): readonly HiveValue[] {
  return readValueList(cells, key, list, count).map((reference, i) => readValue(cells, reference, list + i * 2 ** 32));
}

/** The references of `count` values in the list of the key at reference `key`. */
export function readValueList(cells: Cells, key: number, list: number, count: number): readonly number[] {
  if (count === 0) return [];
  const bytes = cells.own(list, 'value list', key);
  if (count * 4 > bytes.length) {
    throw malformed(hiveCode.HIVE_VALUE, 'value list', list, `at most ${bytes.length >> 2} entries`, count);
  }
  const view = viewOf(bytes);
  return Array.from({ length: count }, (_, i) => view.getUint32(i * 4, true));
}

/** Decodes the record of a value and its name; `place` is a number that only this entry of its list has. */
export function readRecord(
  cells: Cells,
  reference: number,
  place: number,
): { readonly record: KeyValue; readonly name: string } {
  const bytes = cells.own(reference, keyValue.name, place);
  const record = keyValue.decode(bytes);
  if (record.signature !== 'vk') {
    throw malformed(hiveCode.HIVE_VALUE, keyValue.name, reference, 'the letters vk', shown(record.signature));
  }
  if (keyValue.size + record.nameLength > bytes.length) {
    const most = bytes.length - keyValue.size;
    throw malformed(
      hiveCode.HIVE_VALUE,
      keyValue.name,
      reference,
      `a name of at most ${most} bytes`,
      record.nameLength,
    );
  }
  const stored = bytes.subarray(keyValue.size, keyValue.size + record.nameLength);
  return { record, name: decodeName(stored, (record.flags & valueNameLatin1) !== 0) };
}

function readValue(cells: Cells, reference: number, place: number): HiveValue {
  const { record, name } = readRecord(cells, reference, place);
  return {
    name,
    type: record.type,
    typeName: typeName(record.type),
    get data() {
      return readData(cells, reference, record.dataSize, record.data);
    },
    asString() {
      return readString(this);
    },
    asMultiString() {
      return readMultiString(this);
    },
    asDword() {
      return readDword(this);
    },
    asQword() {
      return readQword(this);
    },
  };
}

/** The data of the record at reference `value`. */
export function readData(cells: Cells, value: number, sizeField: number, field: Uint8Array): Uint8Array {
  const stored = dataCells(cells, value, sizeField, field);
  if (sizeField >= inlineData) return field.subarray(0, sizeField - inlineData);
  const size = sizeField;
  if (stored.length === 1) return cells.at(stored[0] as number, 'value data').subarray(0, size);
  const data = new Uint8Array(stored.length === 0 ? 0 : size);
  stored.slice(2).forEach((segment, i) => {
    const length = Math.min(segmentSize, size - i * segmentSize);
    data.set(cells.at(segment, 'data segment').subarray(0, length), i * segmentSize);
  });
  return data;
}

/**
 * The cells that hold the data of the record at reference `value`: none (data in the record), one, or the `db` record, its
 * list and its segments. FormatError (`HIVE_VALUE`) unless they hold as much as the record says.
 */
export function dataCells(cells: Cells, value: number, sizeField: number, field: Uint8Array): readonly number[] {
  if (sizeField >= inlineData) {
    const size = sizeField - inlineData;
    if (size > 4) throw malformed(hiveCode.HIVE_VALUE, keyValue.name, value, 'at most 4 bytes in the record', size);
    return [];
  }
  if (sizeField === 0) return [];
  if (sizeField > cells.size) {
    throw malformed(hiveCode.HIVE_VALUE, keyValue.name, value, `at most ${cells.size} bytes of data`, sizeField);
  }
  const reference = viewOf(field).getUint32(0, true);
  const cell = cells.at(reference, 'value data');
  if (sizeField <= cell.length) return [reference];
  // Longer than its cell: segments (version 1.4 and later, more than 16344 bytes).
  if (sizeField > segmentSize && cell[0] === 0x64 && cell[1] === 0x62) {
    cells.own(reference, bigData.name, value);
    return segmentCells(cells, reference, cell, sizeField);
  }
  throw malformed(hiveCode.HIVE_VALUE, 'value data', reference, `${sizeField} bytes`, cell.length);
}

function segmentCells(cells: Cells, reference: number, cell: Uint8Array, size: number): readonly number[] {
  const { count, list } = bigData.decode(cell);
  const needed = Math.ceil(size / segmentSize);
  if (count !== needed) throw malformed(hiveCode.HIVE_VALUE, bigData.name, reference, `${needed} segments`, count);
  const listBytes = cells.own(list, 'segment list', reference);
  if (count * 4 > listBytes.length) {
    throw malformed(hiveCode.HIVE_VALUE, 'segment list', list, `${count} entries`, listBytes.length >> 2);
  }
  const view = viewOf(listBytes);
  const segments = Array.from({ length: count }, (_, i) => view.getUint32(i * 4, true));
  segments.forEach((segment, i) => {
    const bytes = cells.own(segment, 'data segment', list);
    const length = Math.min(segmentSize, size - i * segmentSize);
    if (bytes.length < length) {
      throw malformed(hiveCode.HIVE_VALUE, 'data segment', segment, `${length} bytes`, bytes.length);
    }
  });
  return [reference, list, ...segments];
}
