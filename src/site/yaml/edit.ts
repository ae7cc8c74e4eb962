/**
 * Edits of a file by path. Only the lines of the node edited change: all others stay byte for byte, with their comments, line
 * ends and indentation, and whether the last one ends. Every result is read again and must mean what the edit says.
 */
import { isDeepStrictEqual } from 'node:util';
import { isMap, isSeq, type Node } from 'yaml';
import { InputError } from '../../core/index.ts';
import type { NodePath } from '../../model/index.ts';
import { siteCode } from '../codes.ts';
import { composeYaml } from './compose.ts';
import { valueAt, withItemAt, withValueAt, written } from './plain-edit.ts';
import { lineStarts } from './position.ts';
import { keyText, readComposed, readYaml } from './read.ts';
import { findSlot, type Slot, type Source, styleOf } from './slots.ts';
import { textForm } from './text-form.ts';
import { addEntry, type NewEntry, removeSlot, replaceInSlot, replaceTop } from './splice.ts';
import { entryLines, flowText, isPlainMapping, itemLines, scalarText } from './write.ts';

export interface SetOptions {
  /** Order of the keys of the mapping: a new one is put behind the last of those before it. Default: at the end. */
  readonly order?: readonly string[];
}

export function refuse(message: string, hint?: string): never {
  throw new InputError(siteCode.SITE_EDIT, message, hint === undefined ? {} : { hint });
}

export const inWords = (path: NodePath) => (path.length === 0 ? 'the top of the file' : path.join('.'));

export function open(text: string): Source & { readonly value: unknown } {
  const document = composeYaml(text, true);
  const file = readComposed(text, document);
  const [problem] = file.problems;
  if (problem) refuse(`line ${problem.line}: ${problem.message}`, 'Only a file without mistakes is edited.');
  if ('limit' in document) refuse(document.limit);
  const starts = lineStarts(text);
  return { text, starts, document, style: styleOf(text, starts, document), value: textForm(file) };
}

/** Numbers as `textForm` has them: -0 and those that are none are written in another way than JavaScript has. */
function oddAsText(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(oddAsText);
  if (isPlainMapping(value))
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, oddAsText(item)]));
  if (typeof value !== 'number') return value;
  const text = scalarText(value, false);
  return text === String(value) ? value : text;
}

/** The first of some texts that means what is expected. */
export function meaning(expected: unknown, path: NodePath, texts: readonly (() => string)[]): string {
  const wanted = oddAsText(expected);
  for (const make of texts) {
    const text = make();
    const file = readYaml(text);
    if (file.problems.length === 0 && isDeepStrictEqual(textForm(file), wanted)) return text;
  }
  return refuse(`the value at ${inWords(path)} cannot be edited as the file is written`, 'Edit this place by hand.');
}

/**
 * Sets the value at a path; mappings on the way are made. `undefined` removes it. Throws InputError (`SITE_EDIT`) for a file
 * with mistakes or a path through something that is neither list nor mapping.
 */
export function setIn(text: string, path: NodePath, value: unknown, options: SetOptions = {}): string {
  if (value === undefined) return deleteIn(text, path);
  const source = open(text);
  const put = written(value);
  if (isDeepStrictEqual(valueAt(source.value, path), put)) return text;
  const expected = withValueAt(source.value, path, put);
  return meaning(expected, path, [
    () => setSource(source, path, put, options),
    () => rewriteAbove(source, path, expected),
  ]);
}

function setSource(source: Source & { value: unknown }, path: NodePath, value: unknown, options: SetOptions): string {
  if (path.length === 0) return replaceTop(source, topLines(source, value));
  const slot = findSlot(source, path);
  if (slot) return replaceInSlot(source, slot, value);
  const parent = path.slice(0, -1);
  const key = path.at(-1);
  const above = parent.length === 0 ? undefined : findSlot(source, parent);
  if (parent.length > 0 && !above) return setSource(source, parent, madeOf(key, value), options);
  const node = parent.length === 0 ? (source.document.contents as Node | null) : above?.node;
  if (typeof key === 'number') return addToList(source, node, above, key, itemEntry(source, value), value);
  if (key === undefined) refuse('no key to set');
  if (isMap(node) && node.items.length > 0) {
    return addEntry(source, node, placeFor(node.items.map(keyText), key, options.order), {
      lines: (column) => entryLines(key, value, column, source.style),
      flow: `${scalarText(key, true)}: ${flowText(value)}`,
    });
  }
  const isEmpty = node === null || node === undefined || isMap(node) || valueAt(source.value, parent) === null;
  if (!isEmpty) refuse(`${inWords(parent)} is not a mapping, so it has no ${key}`);
  return above
    ? replaceInSlot(source, above, { [key]: value })
    : replaceTop(source, topLines(source, { [key]: value }));
}

const madeOf = (key: string | number | undefined, value: unknown) =>
  typeof key === 'number' ? [value] : { [String(key)]: value };

export const itemEntry = (source: Source, value: unknown): NewEntry => ({
  lines: (column) => itemLines(value, column, source.style),
  flow: flowText(value),
});

function topLines(source: Source, value: unknown): string[] {
  if (Array.isArray(value))
    return value.length === 0 ? ['[]'] : value.flatMap((item) => itemLines(item, 0, source.style));
  if (!isPlainMapping(value)) return [scalarText(value, false)];
  const entries = Object.entries(value);
  return entries.length === 0 ? ['{}'] : entries.flatMap(([key, item]) => entryLines(key, item, 0, source.style));
}

/** Index at which a new key stands, by the order of the keys. */
function placeFor(keys: readonly (string | undefined)[], key: string, order: readonly string[] | undefined): number {
  const rank = order?.indexOf(key) ?? -1;
  if (rank < 0 || order === undefined) return keys.length;
  let place = 0;
  keys.forEach((other, index) => {
    const at = other === undefined ? -1 : order.indexOf(other);
    if (at >= 0 && at < rank) place = index + 1;
  });
  return place === 0 ? keys.length : place;
}

/** Last resort, for forms that no splice covers: the collection around the node is written anew. */
export function rewriteAbove(source: Source, path: NodePath, expected: unknown): string {
  const above = path.slice(0, -1);
  const slot = above.length === 0 ? undefined : findSlot(source, above);
  if (!slot) return source.text;
  return replaceInSlot(source, slot, valueAt(expected, above));
}

/** Removes the entry at a path; the last one leaves `[]` or `{}`. Throws InputError (`SITE_EDIT`) where there is none. */
export function deleteIn(text: string, path: NodePath): string {
  const source = open(text);
  const slot = findSlot(source, path);
  if (!slot) return refuse(`there is no ${inWords(path)}`);
  const expected = withValueAt(source.value, path, undefined);
  return meaning(expected, path, [() => removeFrom(source, path, slot), () => rewriteAbove(source, path, expected)]);
}

function removeFrom(source: Source, path: NodePath, slot: Slot): string {
  if (slot.container.items.length > 1) return removeSlot(source, slot);
  const empty = isSeq(slot.container) ? [] : {};
  const above = findSlot(source, path.slice(0, -1));
  return above ? replaceInSlot(source, above, empty) : replaceTop(source, topLines(source, empty));
}

function addToList(
  source: Source,
  node: Node | null | undefined,
  above: Slot | undefined,
  index: number,
  entry: NewEntry,
  value: unknown,
): string {
  if (isSeq(node) && node.items.length > 0) return addEntry(source, node, index, entry);
  return above ? replaceInSlot(source, above, [value]) : replaceTop(source, topLines(source, [value]));
}

export function checkList(source: { value: unknown }, path: NodePath, index: number): void {
  const list = valueAt(source.value, path);
  const count = Array.isArray(list) ? list.length : list === undefined || list === null ? 0 : undefined;
  if (count === undefined) refuse(`${inWords(path)} is not a list`);
  if (!Number.isInteger(index) || index < 0 || index > count) {
    refuse(`${inWords(path)} has ${count} items, so nothing can be put at place ${index + 1}`);
  }
}

/** Puts an item into the list at a path, before the one that is at `index`. A missing list is made. Throws InputError (`SITE_EDIT`). */
export function insertIn(text: string, path: NodePath, index: number, value: unknown): string {
  const source = open(text);
  checkList(source, path, index);
  const put = written(value);
  const expected = withItemAt(source.value, path, index, put);
  return meaning(expected, path, [
    () => insertWith(source, path, index, itemEntry(source, put), put),
    () => rewriteAbove(source, [...path, index], expected),
  ]);
}

export function insertWith(
  source: Source & { value: unknown },
  path: NodePath,
  index: number,
  entry: NewEntry,
  value: unknown,
) {
  const slot = path.length === 0 ? undefined : findSlot(source, path);
  if (path.length > 0 && !slot) return setSource(source, path, [value], {});
  const node = path.length === 0 ? (source.document.contents as Node | null) : slot?.node;
  return addToList(source, node, slot, index, entry, value);
}
