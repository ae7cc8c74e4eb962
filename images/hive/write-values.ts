/** Writing values: records, data in the record, in a cell or in segments. */
import { viewOf } from '../bytes/index.ts';
import type { CellAllocator } from './cell-buffer.ts';
import { bigData, inlineData, keyValue, noCell, segmentSize, valueNameLatin1, type KeyValue } from './layout.ts';
import { encodeName } from './names.ts';
import type { NewValue } from './types.ts';

/** Adds values and their list; gives the list's reference, `noCell` without values. */
export function addValues(cells: CellAllocator, values: readonly NewValue[], minorVersion: number): number {
  if (values.length === 0) return noCell;
  return cells.add(references(values.map((value) => addValue(cells, value, minorVersion))));
}

/** Little-endian dwords in a row. */
export function references(list: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(list.length * 4);
  const view = viewOf(bytes);
  list.forEach((reference, i) => view.setUint32(i * 4, reference, true));
  return bytes;
}

/** Adds the record of a value and its data; gives the record's reference. */
export function addValue(cells: CellAllocator, value: NewValue, minorVersion: number): number {
  const { latin1, bytes: name } = encodeName(value.name);
  const stored = addValueData(cells, value.data, minorVersion);
  const record = cells.allocate(keyValue.size + name.length);
  cells.put(
    record,
    keyValue.encode({
      signature: 'vk',
      nameLength: name.length,
      ...stored,
      type: value.type,
      flags: latin1 ? valueNameLatin1 : 0,
      spare: 0,
    }),
  );
  cells.put(record, name, keyValue.size);
  return record;
}

/** Stores data, and gives the two fields of a record that say where they are. */
export function addValueData(
  cells: CellAllocator,
  content: Uint8Array,
  minorVersion: number,
): Pick<KeyValue, 'dataSize' | 'data'> {
  const data = new Uint8Array(4);
  if (content.length <= 4) {
    data.set(content);
    return { dataSize: inlineData + content.length, data };
  }
  viewOf(data).setUint32(0, addData(cells, content, minorVersion), true);
  return { dataSize: content.length, data };
}

/** Version 1.3 knows no segments: there, data of any length lies in one cell. */
function addData(cells: CellAllocator, data: Uint8Array, minorVersion: number): number {
  if (data.length <= segmentSize || minorVersion < 4) return cells.add(data);
  const segments: number[] = [];
  for (let from = 0; from < data.length; from += segmentSize) {
    const part = data.subarray(from, from + segmentSize);
    // A full segment has 4 spare bytes by its alignment; libhivex takes them for granted in the last one, too.
    const cell = cells.allocate(part.length + 4);
    cells.put(cell, part);
    segments.push(cell);
  }
  const list = cells.add(references(segments));
  return cells.add(bigData.encode({ signature: 'db', count: segments.length, list }));
}
