/** Variables of devices in `devices.csv`: the cell of one line changes; a new variable is a new column at the end. */
import { isDeepStrictEqual } from 'node:util';
import { InputError } from '../../core/index.ts';
import { type Device, variableKey } from '../../model/index.ts';
import { siteCode } from '../codes.ts';
import { parseDevicesCsv } from '../devices-csv.ts';
import { missing } from './variables.ts';

interface Cell {
  readonly start: number;
  readonly end: number;
}

/** The cells of the record that begins at an offset, by RFC 4180. */
function cellsAt(text: string, offset: number, separator: string): Cell[] {
  const cells: Cell[] = [];
  let start = offset;
  let quoted = false;
  for (let at = offset; ; at++) {
    const unit = text[at];
    if (unit === '"') quoted = !quoted;
    const ends = unit === undefined || (!quoted && (unit === '\n' || unit === '\r'));
    if (!ends && (quoted || unit !== separator)) continue;
    cells.push({ start, end: at });
    start = at + 1;
    if (ends) return cells;
  }
}

function offsetOfLine(text: string, line: number): number {
  let at = 0;
  for (let count = 1; count < line; count++) {
    const next = text.indexOf('\n', at);
    if (next < 0) return text.length;
    at = next + 1;
  }
  return text.startsWith('\uFEFF') && at === 0 ? 1 : at;
}

/**
 * The text of `devices.csv` with a variable of one device set, or removed for undefined. Throws InputError: `SITE_VARIABLE` for a
 * variable that is not there, `SITE_EDIT` for what a CSV file cannot hold.
 */
export function setCsvVariable(text: string, device: string, name: string, value: string | undefined): string {
  const before = parseDevicesCsv(text);
  const found = before.devices.find((each) => each.name.trim().toLowerCase() === device.trim().toLowerCase());
  if (found?.value === undefined) throw refused(`devices.csv has no device ${JSON.stringify(device)} without mistakes`);
  if (value === '') throw refused('an empty cell of devices.csv is no variable');
  const separator = /^[^\n,]*;/.test(text) ? ';' : ',';
  const top = offsetOfLine(text, 1);
  const heads = cellsAt(text, top, separator);
  const isColumn = ({ start, end }: Cell): boolean => {
    const head = /^"?\s*variables?[:.](.+?)\s*"?$/i.exec(text.slice(start, end).trim())?.[1];
    return head !== undefined && variableKey(head.trim()) === variableKey(name);
  };
  const known = heads.findIndex(isColumn);
  if (value === undefined && known < 0) throw missing(name);
  const column = known < 0 ? heads.length : known;
  const row = cellsAt(text, offsetOfLine(text, found.line), separator);
  const cell = row[column];
  const last = row.at(-1) ?? { start: 0, end: 0 };
  const put = value === undefined ? '' : quotedCell(value, separator);
  const [from, to, cellText] =
    cell === undefined
      ? [last.end, last.end, separator.repeat(column - row.length + 1) + put]
      : [cell.start, cell.end, put];
  const changed = text.slice(0, from) + cellText + text.slice(to);
  const headEnd = heads.at(-1)?.end ?? top;
  const head = `${separator}variable:${name}`;
  const after = known < 0 ? changed.slice(0, headEnd) + head + changed.slice(headEnd) : changed;
  return checked(after, before, found.value, name, value);
}

function quotedCell(text: string, separator: string): string {
  return text.includes(separator) || /["\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The text, when it means what it should: this variable of this device, and nothing else. */
function checked(
  text: string,
  before: ReturnType<typeof parseDevicesCsv>,
  device: Device,
  name: string,
  value: string | undefined,
): string {
  const after = parseDevicesCsv(text);
  const rest = Object.entries(device.variables ?? {}).filter(([key]) => variableKey(key) !== variableKey(name));
  const expected = before.devices.map((each) => {
    if (each.value !== device) return each.value;
    const { variables: _, ...others } = device;
    const all = value === undefined ? rest : [...rest, [name, value] as const];
    return all.length === 0 ? others : { ...others, variables: Object.fromEntries(all) };
  });
  const sorted = (devices: readonly (Device | undefined)[]) => devices.map((each) => lowered(each));
  if (
    isDeepStrictEqual(sorted(after.devices.map((each) => each.value)), sorted(expected)) &&
    after.problems.length === before.problems.length
  ) {
    return text;
  }
  throw refused(`the value of ${name} cannot be written into devices.csv`);
}

/** Names of variables without case: a column keeps its spelling. */
function lowered(device: Device | undefined): unknown {
  if (device?.variables === undefined) return device;
  return {
    ...device,
    variables: new Map(Object.entries(device.variables).map(([key, value]) => [variableKey(key), value])),
  };
}

function refused(message: string): InputError {
  return new InputError(siteCode.SITE_EDIT, message, {
    hint: 'Give the device a file of its own in devices/.',
  });
}
