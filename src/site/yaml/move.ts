/** List items copied and moved as they stand in the file, with the comments inside them. */
import { isSeq } from 'yaml';
import type { NodePath } from '../../model/index.ts';
import { checkList, deleteIn, insertWith, inWords, itemEntry, meaning, open, refuse, rewriteAbove } from './edit.ts';
import { pathAfterRemoval, valueAt, withItemAt } from './plain-edit.ts';
import { findSlot, type Source } from './slots.ts';
import { type NewEntry, rawLines } from './splice.ts';
import { flowText } from './write.ts';

/**
 * Copies a list item to a place of the same or another list of the file, comments inside it included. Throws InputError
 * (`SITE_EDIT`).
 */
export function copyIn(text: string, from: NodePath, to: NodePath, index: number): string {
  const source = open(text);
  const taken = takeItem(source, from);
  return putItem(source, taken, to, index);
}

/**
 * Moves a list item. `to` and `index` are places of the file before the move: index 0 is before the first item, the number of
 * items behind the last. Throws InputError (`SITE_EDIT`), also for a place inside the item itself.
 */
export function moveIn(text: string, from: NodePath, to: NodePath, index: number): string {
  const source = open(text);
  if (from.every((part, depth) => to[depth] === part)) refuse(`${inWords(from)} cannot be moved into itself`);
  checkList(source, to, index);
  const taken = takeItem(source, from);
  const [...place] = pathAfterRemoval([...to, index], from);
  const before = place.pop();
  return putItem(open(deleteIn(text, from)), taken, place, typeof before === 'number' ? before : index);
}

interface Taken {
  readonly value: unknown;
  readonly raw: (column: number) => string[];
  /** A block item: between brackets its lines mean nothing. */
  readonly block: boolean;
  readonly flow: string;
}

function takeItem(source: Source & { value: unknown }, from: NodePath): Taken {
  const slot = findSlot(source, from);
  if (!slot || !isSeq(slot.container)) return refuse(`there is no list item at ${inWords(from)}`);
  const value = valueAt(source.value, from);
  const single = slot.flow && slot.valueStart !== undefined ? source.text.slice(slot.valueStart, slot.end) : undefined;
  return {
    value,
    raw: (column) => rawLines(source, slot, column),
    block: !slot.flow,
    flow: single ?? flowText(value),
  };
}

function putItem(source: Source & { value: unknown }, taken: Taken, to: NodePath, index: number): string {
  checkList(source, to, index);
  const expected = withItemAt(source.value, to, index, taken.value);
  const rendered = itemEntry(source, taken.value);
  const raw: NewEntry = { lines: taken.block ? taken.raw : rendered.lines, flow: taken.flow };
  const list = valueAt(source.value, to);
  const isEmpty = !Array.isArray(list) || list.length === 0;
  return meaning(expected, to, [
    // An empty list gets a first item that is then replaced by the lines of the item taken.
    () => (isEmpty ? insertRawFirst(source, to, raw) : insertWith(source, to, index, raw, taken.value)),
    () => insertWith(source, to, index, rendered, taken.value),
    () => rewriteAbove(source, [...to, index], expected),
  ]);
}

function insertRawFirst(source: Source & { value: unknown }, to: NodePath, entry: NewEntry): string {
  const withMark = open(insertWith(source, to, 0, itemEntry(source, ''), ''));
  const slot = findSlot(withMark, [...to, 0]);
  if (!slot || slot.flow) return withMark.text;
  return (
    withMark.text.slice(0, slot.start) +
    entry.lines(slot.column).join(withMark.style.eol).trimStart() +
    withMark.text.slice(slot.end)
  );
}
