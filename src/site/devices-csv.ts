/**
 * `devices.csv`, one device a line (SITE-07), and lists of members. The first line names the columns: `name`, `mac`,
 * `smbiosGuid`, `serial`, ...; any other column is a variable `variable:NAME`. Without such a line it is ConfigMgr's import form:
 * name, SMBIOS GUID, MAC address.
 */
import { nearestHint } from '../core/index.ts';
import { type Device, normalMac, OBJECT_SCHEMAS } from '../model/index.ts';
import { type CsvProblem, csvProblem, type Row, rowsOf, separatorOf } from './csv-rows.ts';
import { parseWith } from './zod-problems.ts';

export interface CsvDevice {
  readonly line: number;
  readonly name: string;
  /** Undefined for a line with a mistake; references to its name still resolve. */
  readonly value: Device | undefined;
}

export interface DevicesCsv {
  readonly devices: readonly CsvDevice[];
  readonly problems: readonly CsvProblem[];
}

/** Column names without case, blanks, `_` and `-`; the ones that ConfigMgr's wizard and people use. */
const COLUMNS: Readonly<Record<string, Column>> = {
  name: 'name',
  computername: 'name',
  computer: 'name',
  mac: 'mac',
  macaddress: 'mac',
  macaddresses: 'mac',
  smbiosguid: 'guid',
  guid: 'guid',
  uuid: 'guid',
  serial: 'serial',
  serialnumber: 'serial',
  assettag: 'assetTag',
  architecture: 'architecture',
  description: 'description',
  user: 'users',
  users: 'users',
  sourcecomputer: 'source',
  server: 'server',
  sitesystem: 'siteSystem',
};

export type Column =
  | 'name'
  | 'mac'
  | 'guid'
  | 'serial'
  | 'assetTag'
  | 'architecture'
  | 'description'
  | 'users'
  | 'server'
  | 'siteSystem'
  /** Of ConfigMgr's form; a computer association says it here. */
  | 'source';

export type Head = { readonly column: Column } | { readonly variable: string } | undefined;

export const importForm: readonly Head[] = [{ column: 'name' }, { column: 'guid' }, { column: 'mac' }];

function columnOf(cell: string): Column | undefined {
  const key = cell.toLowerCase().replaceAll(/[\s_-]/g, '');
  return Object.hasOwn(COLUMNS, key) ? COLUMNS[key] : undefined;
}

export function headsOf(first: Row, problems: CsvProblem[]): readonly Head[] | undefined {
  const cells = first.cells();
  if (!cells.some((cell) => columnOf(cell) !== undefined)) return undefined;
  return cells.map((cell, index): Head => {
    const column = columnOf(cell);
    if (column === 'source') {
      const message = `column ${index + 1}: the source computer is not read here`;
      const hint = 'Write a computer association for each.';
      problems.push({ ...csvProblem(first.line, message, hint), severity: 'warning' });
    }
    if (column !== undefined) return { column };
    const variable = /^variables?[:.](.+)$/i.exec(cell)?.[1]?.trim();
    if (variable !== undefined && variable !== '__proto__') return { variable };
    if (cell === '') return undefined;
    const hint = nearestHint(cell, [
      'name',
      'mac',
      'smbiosGuid',
      'serial',
      'assetTag',
      'architecture',
      'users',
      'variable:NAME',
    ]);
    problems.push(csvProblem(first.line, `column ${index + 1}: unknown column \`${cell.slice(0, 60)}\``, hint));
    return undefined;
  });
}

const list = (cell: string) => cell.split(/[;|\s]+/).filter((part) => part !== '');

/** A MAC of twelve digits with colons; anything else as it is, for the schema to refuse. */
const mac = (text: string) => (/^[0-9A-Fa-f]{12}$/.test(text.replaceAll(/[:.-]/g, '')) ? normalMac(text) : text);

function deviceOf(row: Row, heads: readonly Head[], tell: (message: string) => void): Record<string, unknown> {
  const device: Record<string, unknown> = {};
  const variables: Record<string, string> = {};
  const cells = row.cells();
  if (cells.length > heads.length) tell(`this line has ${cells.length} columns, expected ${heads.length}`);
  heads.forEach((head, index) => {
    const cell = cells[index] ?? '';
    if (head === undefined || cell === '') return;
    if ('variable' in head) variables[head.variable] = cell;
    else if (head.column === 'mac') device['macAddresses'] = list(cell).map(mac);
    else if (head.column === 'guid') device['smbiosGuid'] = cell;
    else if (head.column === 'serial') device['serialNumber'] = cell;
    else if (head.column === 'users') device['users'] = cell.split(/[;|]/).map((user) => user.trim());
    else if (head.column === 'server' || head.column === 'siteSystem') device[head.column] = booleanOf(cell);
    else if (head.column !== 'source') device[head.column] = cell;
  });
  if (Object.keys(variables).length > 0) device['variables'] = variables;
  return device;
}

function booleanOf(cell: string): boolean | string {
  if (/^(true|yes|1)$/i.test(cell)) return true;
  return /^(false|no|0)$/i.test(cell) ? false : cell;
}

/** What a line gave, whatever its number. */
interface ReadLine {
  readonly name: string | undefined;
  readonly value: Device | undefined;
  readonly problems: readonly { readonly message: string; readonly hint?: string | undefined }[];
}

function readLine(row: Row, heads: readonly Head[]): ReadLine {
  const told: { message: string; hint?: string | undefined }[] = [];
  const data = deviceOf(row, heads, (message) => told.push({ message }));
  const { value, problems } = parseWith(OBJECT_SCHEMAS.device, data);
  const { name } = data;
  return { name: typeof name === 'string' ? name : undefined, value, problems: [...told, ...problems] };
}

/** Lines that were read, by their text; under the columns of one first line. */
interface ReadLines {
  readonly head: string;
  readonly lines: ReadonlyMap<string, ReadLine>;
}

/** Reads a `devices.csv` that changes: lines that the call before had are not judged again. Never throws for what the text holds. */
export function devicesCsvReader(): (text: string) => DevicesCsv {
  let before: ReadLines = { head: '', lines: new Map() };
  return (text) => {
    const { rows, problems } = rowsOf(text);
    const [first] = rows;
    if (!first) return { devices: [], problems };
    const named = headsOf(first, problems);
    const heads = named ?? importForm;
    if (named && !named.some((head) => head !== undefined && 'column' in head && head.column === 'name')) {
      problems.push(
        csvProblem(first.line, 'no column `name`', 'The first line names the columns: name,mac,smbiosGuid'),
      );
      return { devices: [], problems };
    }
    const head = `${separatorOf(text)}${named ? first.key : ''}`;
    const known = before.head === head ? before.lines : new Map<string, ReadLine>();
    const lines = new Map<string, ReadLine>();
    const devices: CsvDevice[] = [];
    for (const row of named ? rows.slice(1) : rows) {
      // A line that stands twice gives two devices of their own.
      const read = (lines.has(row.key) ? undefined : known.get(row.key)) ?? readLine(row, heads);
      lines.set(row.key, read);
      for (const { message, hint } of read.problems) problems.push(csvProblem(row.line, message, hint));
      if (read.name !== undefined) devices.push({ line: row.line, name: read.name, value: read.value });
    }
    before = { head, lines };
    return { devices, problems };
  };
}

/** Devices and every mistake, each on its line. Never throws for what the text holds. */
export function parseDevicesCsv(text: string): DevicesCsv {
  return devicesCsvReader()(text);
}

/** The names, MAC addresses or GUIDs of a member list: what the first known column of each line holds. */
export function parseMembersCsv(text: string): {
  readonly members: readonly { text: string; line: number }[];
  readonly problems: readonly CsvProblem[];
} {
  const { rows, problems } = rowsOf(text);
  const [first] = rows;
  const named = first && headsOf(first, problems);
  const at = named ? named.findIndex((head) => head !== undefined && 'column' in head) : 0;
  const members = (named ? rows.slice(1) : rows).flatMap(({ cells, line }) => {
    const text = cells()
      .slice(at)
      .find((cell) => cell !== '');
    return text === undefined ? [] : [{ text, line }];
  });
  return { members, problems };
}
