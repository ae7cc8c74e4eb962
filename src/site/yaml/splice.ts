/** One entry replaced, removed or added by cutting the text; every other line stays as it is. */
import { isMap } from 'yaml';
import { contentEnd, lineEnd, lineOf, lineStart, type Slot, slotAt, type Source } from './slots.ts';
import { flowText, renderValue } from './write.ts';

function cut(text: string, from: number, to: number, put: string): string {
  return text.slice(0, from) + put + text.slice(to);
}

const below = (source: Source, lines: readonly string[]) => lines.map((line) => source.style.eol + line).join('');

/** A comment behind a value with one blank before it, or nothing. */
const comment = (text: string) => (text.trim() === '' ? '' : ` ${text.trim()}`);

/** The text with another value in a slot. */
export function replaceInSlot(source: Source, slot: Slot, value: unknown): string {
  const { text } = source;
  if (slot.flow) {
    const put = flowText(value);
    if (slot.valueStart !== undefined) return cut(text, slot.valueStart, slot.end, put);
    if (slot.separator !== undefined) return cut(text, slot.separator, slot.separator, ` ${put}`);
    return cut(text, slot.end, slot.end, `: ${put}`);
  }
  const separator = slot.separator ?? slot.end;
  const rendered = renderValue(value, slot.column, isMap(slot.container), source.style);
  const line = lineOf(source, separator);
  const head = rendered.head === '' ? '' : ` ${rendered.head}`;
  const more = below(source, rendered.below);
  if (slot.valueStart === undefined) {
    return cut(text, separator, lineEnd(source, line), head + text.slice(separator, lineEnd(source, line)) + more);
  }
  const valueLine = lineOf(source, slot.valueStart);
  const lastLine = lineOf(source, slot.end);
  const last = lineEnd(source, lastLine);
  const tail = text.slice(slot.end, last);
  if (valueLine === line) {
    // A mapping or list that starts behind a dash needs its first entry two columns from it.
    const blanks = rendered.below.length > 0 ? ' ' : text.slice(separator, slot.valueStart);
    const kept = rendered.head === '' || valueLine !== lastLine ? comment(tail) : tail;
    return cut(text, separator, last, (rendered.head === '' ? '' : blanks + rendered.head) + kept + more);
  }
  // The value begins below: comments between stay where they are.
  const first = lineStart(source, valueLine);
  if (rendered.head === '') return cut(text, first, last, rendered.below.join(source.style.eol));
  const end = lineEnd(source, line);
  const between = text.slice(end, lineEnd(source, valueLine - 1));
  return cut(text, separator, last, head + text.slice(separator, end) + more + between);
}

/** The text without an entry that is not the only one of its collection. */
export function removeSlot(source: Source, slot: Slot): string {
  const { text } = source;
  const next =
    slot.index + 1 < slot.container.items.length ? slotAt(source, slot.container, slot.index + 1) : undefined;
  if (slot.flow) return removeFromFlow(source, slot, next);
  const firstLine = lineOf(source, slot.start);
  const lastLine = lineOf(source, slot.end);
  const from = lineStart(source, firstLine);
  if (text.slice(from, slot.start).trim() === '') {
    const following = source.starts[lastLine + 1];
    if (following !== undefined) return cut(text, from, following, '');
    return text.slice(0, firstLine === 0 ? from : lineEnd(source, firstLine - 1));
  }
  // First entry behind a dash: the next one moves up to it, unless a comment stands between.
  const rest = next === undefined ? '' : text.slice(lineEnd(source, lastLine), next.start);
  if (next !== undefined && rest.trim() === '') return cut(text, slot.start, next.start, '');
  const dash = from + text.slice(from, slot.start).trimEnd().length;
  return cut(text, dash, lineEnd(source, lastLine), '');
}

function removeFromFlow(source: Source, slot: Slot, next: Slot | undefined): string {
  const { text } = source;
  if (next !== undefined) {
    const gap = text.slice(slot.end, next.start);
    if (!gap.includes('#')) return cut(text, slot.start, next.start, '');
    return cut(text, slot.start, slot.end + gap.indexOf(',') + 1, '');
  }
  const before = slotAt(source, slot.container, slot.index - 1);
  const gap = text.slice(before.end, slot.start);
  return gap.includes('#') ? cut(text, slot.start, slot.end, '') : cut(text, before.end, slot.end, '');
}

/** What a new entry is: finished lines for a block at a column, and the text between brackets. */
export interface NewEntry {
  readonly lines: (column: number) => readonly string[];
  readonly flow: string;
}

/** The text with a new entry before the one at `index` of a collection that is not empty. */
export function addEntry(source: Source, container: Slot['container'], index: number, entry: NewEntry): string {
  const { text } = source;
  const count = container.items.length;
  if (container.flow === true) {
    if (index >= count) {
      const { end } = slotAt(source, container, count - 1);
      return cut(text, end, end, `, ${entry.flow}`);
    }
    const { start } = slotAt(source, container, index);
    return cut(text, start, start, `${entry.flow}, `);
  }
  const first = slotAt(source, container, 0);
  const lines = entry.lines(first.column);
  if (index > 0) {
    const before = slotAt(source, container, Math.min(index, count) - 1);
    const at = lineEnd(source, lineOf(source, before.end));
    return cut(text, at, at, below(source, lines));
  }
  const put = lines.join(source.style.eol).trimStart() + source.style.eol + ' '.repeat(first.column);
  return cut(text, first.start, first.start, put);
}

/** The lines of an entry as they stand in the file, for another column; comments in it and behind it come along. */
export function rawLines(source: Source, slot: Slot, column: number): string[] {
  const last = lineEnd(source, lineOf(source, slot.end));
  const [head = '', ...rest] = source.text.slice(slot.start, last).split(/\r?\n/);
  const shift = column - slot.column;
  return [
    ' '.repeat(column) + head,
    ...rest.map((line) => {
      const blanks = line.length - line.replace(/^ +/, '').length;
      return line === '' ? line : ' '.repeat(Math.max(0, blanks + shift)) + line.slice(blanks);
    }),
  ];
}

/** The whole content of a file replaced; comments before and after it stay. */
export function replaceTop(source: Source, lines: readonly string[]): string {
  const { text, style } = source;
  const top = source.document.contents;
  const put = lines.join(style.eol);
  const isEmpty = top?.range === undefined || top.range === null || top.range[0] === top.range[1];
  if (!isEmpty) return cut(text, top.range[0], contentEnd(source, top), put);
  const gap = text === '' || text.endsWith('\n') ? '' : style.eol;
  return `${text}${gap}${put}${style.eol}`;
}
