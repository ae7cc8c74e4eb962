/** Plain values to YAML text: the smallest of writers. `undefined` is not written; keys stand in the order that they have. */
import { parseDocument } from 'yaml';
import { isSealed } from './sealed.ts';

export interface YamlStyle {
  /** Columns of a nested mapping. */
  readonly step: number;
  /** Columns of a list below its key: 0 or `step`. */
  readonly list: number;
  readonly eol: string;
}

export const defaultStyle: YamlStyle = { step: 2, list: 2, eol: '\n' };

/** Text that stands in the line, and the lines that follow below it, each without its end. */
export interface Rendered {
  readonly head: string;
  readonly below: readonly string[];
}

/** Whether a UTF-16 unit has to be escaped in double quotes: controls but tab and line feed, separators, byte order mark. */
function isControl(unit: number): boolean {
  if (unit < 0x20) return unit !== 0x09 && unit !== 0x0a;
  return (unit >= 0x7f && unit <= 0x9f) || unit === 0x2028 || unit === 0x2029 || unit === 0xfeff;
}

function holdsControl(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (isControl(text.charCodeAt(at))) return true;
  // Halves of surrogate pairs are no characters; JSON writes them as escapes.
  return JSON.stringify(text).includes('\\ud');
}

/** Whether text stands for itself without quotes, in a line and, with `flow`, between brackets. */
function isPlain(text: string, flow: boolean): boolean {
  if (!/^[\w./\\%(@+$~^=;<!*&-]/.test(text) && !(text.charCodeAt(0) >= 0x80)) return false;
  if (/^[!&*@%]|^[-?:](\s|$)|^---|^\.\.\.|\s$|:(\s|$)|\s#|[\t\n\r]/.test(text) || holdsControl(text)) return false;
  if (flow && /[,[\]{}]|:/.test(text)) return false;
  // Decimal and other numbers, true, null: whatever the schema reads as something else than this text.
  if (/^[-+.\d]|^(true|false|null|~)$/i.test(text)) return parseDocument(text).toJS() === text;
  return true;
}

/** In double quotes; JSON's escapes are YAML's, and what YAML may not hold as it is gets one, too. */
function quoted(text: string): string {
  return JSON.stringify(text).replaceAll(
    /[\x7F-\x9F\u2028\u2029\uFEFF]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** A scalar in one line. */
export function scalarText(value: unknown, flow: boolean): string {
  if (isSealed(value)) return `!secret ${isPlain(value.sealed, flow) ? value.sealed : quoted(value.sealed)}`;
  if (typeof value === 'string') return isPlain(value, flow) ? value : quoted(value);
  if (typeof value === 'number' && !Number.isFinite(value))
    return Number.isNaN(value) ? '.nan' : value > 0 ? '.inf' : '-.inf';
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value);
  if (typeof value === 'boolean') return String(value);
  return 'null';
}

/** Whether text can be a literal block: lines that need no escapes, none of blanks alone, not starting with a blank. */
function isBlockText(text: string): boolean {
  return /\n/.test(text) && !/[\r\t]|^[ \n]|\n\n$|^\s*$| (\n|$)/.test(text) && !holdsControl(text);
}

export function isPlainMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isSealed(value);
}

export function definedEntries(value: Readonly<Record<string, unknown>>): [string, unknown][] {
  return Object.entries(value).filter(([, item]) => item !== undefined);
}

/** The value between brackets, in one line. */
export function flowText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flowText).join(', ')}]`;
  if (!isPlainMapping(value)) return scalarText(value, true);
  const entries = definedEntries(value).map(([key, item]) => `${scalarText(key, true)}: ${flowText(item)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

/**
 * What stands behind `key:` (with `afterKey`) or `-`. `indent` is the column of that key or dash; lists and mappings behind a dash
 * start in its line.
 */
export function renderValue(value: unknown, indent: number, afterKey: boolean, style: YamlStyle): Rendered {
  if (typeof value === 'string' && isBlockText(value)) {
    const lines = value.replace(/\n$/, '').split('\n');
    const pad = ' '.repeat(indent + style.step);
    return {
      head: value.endsWith('\n') ? '|' : '|-',
      below: lines.map((line) => (line === '' ? '' : pad + line)),
    };
  }
  const isList = Array.isArray(value);
  if (!isList && !isPlainMapping(value)) return { head: scalarText(value, false), below: [] };
  if (isList ? value.length === 0 : definedEntries(value).length === 0)
    return { head: isList ? '[]' : '{}', below: [] };
  const column = afterKey ? indent + (isList ? style.list : style.step) : indent + 2;
  const lines = isList ? value.flatMap((item) => itemLines(item, column, style)) : mappingLines(value, column, style);
  return afterKey ? { head: '', below: lines } : { head: (lines[0] ?? '').trimStart(), below: lines.slice(1) };
}

/** Lines of one list item, its dash in the column. */
export function itemLines(value: unknown, column: number, style: YamlStyle): string[] {
  const { head, below } = renderValue(value, column, false, style);
  return [`${' '.repeat(column)}- ${head}`, ...below];
}

/** Lines of one entry of a mapping. */
export function entryLines(key: string, value: unknown, column: number, style: YamlStyle): string[] {
  const { head, below } = renderValue(value, column, true, style);
  return [`${' '.repeat(column)}${scalarText(key, false)}:${head === '' ? '' : ` ${head}`}`, ...below];
}

function mappingLines(value: Readonly<Record<string, unknown>>, column: number, style: YamlStyle): string[] {
  return definedEntries(value).flatMap(([key, item]) => entryLines(key, item, column, style));
}

/** A whole file; `schema` names the JSON Schema for editors, as a path from the file. */
export function yamlText(value: Readonly<Record<string, unknown>>, schema?: string): string {
  const first = schema === undefined ? [] : [`# yaml-language-server: $schema=${schema}`];
  const lines = definedEntries(value).length === 0 ? ['{}'] : mappingLines(value, 0, defaultStyle);
  return [...first, ...lines, ''].join('\n');
}
