/** Setting and deleting values of a key. Gives back what changes in the key's record; null when nothing does. */
import { cellsOfValue } from './edit-audit.ts';
import type { EditCells } from './edit-cells.ts';
import { valueCountOf } from './key.ts';
import { inlineData, keyValue, noCell, type KeyNode, type KeyValue } from './layout.ts';
import { sameName } from './names.ts';
import type { NewValue } from './types.ts';
import { readData, readRecord, readValueList } from './value.ts';
import { addValue, addValueData, references } from './write-values.ts';

type Change = Partial<KeyNode> | null;

/** Where a value stands in the list of its key. */
interface Found {
  readonly reference: number;
  readonly position: number;
  readonly record: KeyValue;
  readonly name: string;
}

/** Sets a value; one of the same name keeps its place, its record and the case of its name. */
export function putValue(cells: EditCells, key: number, node: KeyNode, value: NewValue, minorVersion: number): Change {
  const list = readValueList(cells, key, node.valueList, valueCountOf(node));
  const found = findValue(cells, list, value.name);
  if (found === undefined) {
    const added = addValue(cells, value, minorVersion);
    const valueList = appendReference(cells, node.valueList, list, added);
    return {
      valueList,
      valueCount: list.length + 1,
      maxValueName: Math.max(node.maxValueName, 2 * value.name.length),
      maxValueData: Math.max(node.maxValueData, value.data.length),
    };
  }
  const { record, reference } = found;
  const old = readData(cells, reference, record.dataSize, record.data);
  if (record.type === value.type && equal(old, value.data)) return null;
  const stored = replaceData(cells, found, value.data, minorVersion);
  cells.put(reference, keyValue.encode({ ...record, ...stored, type: value.type }));
  const maxValueData =
    old.length === node.maxValueData && value.data.length < old.length
      ? longest(cells, list).data
      : Math.max(node.maxValueData, value.data.length);
  return { maxValueData };
}

/** Deletes a value and everything it holds; null when the key has none of that name. */
export function dropValue(cells: EditCells, key: number, node: KeyNode, name: string): Change {
  const list = readValueList(cells, key, node.valueList, valueCountOf(node));
  const found = findValue(cells, list, name);
  if (found === undefined) return null;
  for (const cell of cellsOfValue(cells, found.reference)) cells.free(cell);
  const rest = list.filter((_, i) => i !== found.position);
  if (rest.length === 0) {
    cells.free(node.valueList);
    return { valueList: noCell, valueCount: 0, maxValueName: 0, maxValueData: 0 };
  }
  cells.put(node.valueList, references([...rest, 0]));
  const most = longest(cells, rest);
  return {
    valueCount: rest.length,
    maxValueName: Math.min(node.maxValueName, most.name),
    maxValueData: Math.min(node.maxValueData, most.data),
  };
}

function findValue(cells: EditCells, list: readonly number[], wanted: string): Found | undefined {
  for (const [position, reference] of list.entries()) {
    const { record, name } = readRecord(cells, reference, reference);
    if (sameName(name, wanted)) return { reference, position, record, name };
  }
  return undefined;
}

/** New data for a record: in the old cell when it has just the right size, else somewhere else. */
function replaceData(
  cells: EditCells,
  found: Found,
  data: Uint8Array,
  minorVersion: number,
): Pick<KeyValue, 'dataSize' | 'data'> {
  const [, ...old] = cellsOfValue(cells, found.reference);
  const only = old.length === 1 ? (old[0] as number) : undefined;
  if (only !== undefined && data.length > 4) {
    const room = cells.at(only, 'value data').length;
    // Cells are 8 bytes apart: less room to spare than that means that no smaller cell would do.
    if (data.length <= room && room - data.length < 8) {
      cells.at(only, 'value data').fill(0, data.length);
      cells.put(only, data);
      return { dataSize: data.length, data: found.record.data };
    }
  }
  const content = new Uint8Array(data); // it may lie in a cell that is freed
  for (const cell of old) cells.free(cell);
  return addValueData(cells, content, minorVersion);
}

/** Adds a reference to a list of values, in its cell when there is room. */
function appendReference(cells: EditCells, list: number, entries: readonly number[], added: number): number {
  if (entries.length === 0) return cells.add(references([added]));
  if ((entries.length + 1) * 4 <= cells.at(list, 'value list').length) {
    cells.put(list, references([added]), entries.length * 4);
    return list;
  }
  cells.free(list);
  return cells.add(references([...entries, added]));
}

/** Bytes of the longest name, as UTF-16, and of the longest data. */
function longest(cells: EditCells, list: readonly number[]): { readonly name: number; readonly data: number } {
  let name = 0;
  let data = 0;
  for (const reference of list) {
    const value = readRecord(cells, reference, reference);
    const { dataSize } = value.record;
    name = Math.max(name, 2 * value.name.length);
    data = Math.max(data, dataSize >= inlineData ? dataSize - inlineData : dataSize);
  }
  return { name, data };
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
