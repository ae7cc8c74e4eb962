/**
 * `devices.csv`, one device a line (SITE-07), and lists of members. The first line names the columns: `name`, `mac`,
 * `smbiosGuid`, `serial`, ...; any other column is a variable `variable:NAME`. Without such a line it is ConfigMgr's import form:
 * name, SMBIOS GUID, MAC address.
 */
import { CsvError, parse } from 'csv-parse/sync';
import { type Device, normalMac, OBJECT_SCHEMAS } from '../model/index.ts';
import { nearestHint } from '../sequence/index.ts';
import { siteCode } from './codes.ts';
import { parseWith } from './zod-problems.ts';

export interface CsvProblem {
  readonly code: string;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly hint?: string;
  readonly line: number;
  readonly column: number;
}

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
export const COLUMNS: Readonly<Record<string, Column>> = {
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
export const key = (text: string) => text.toLowerCase().replaceAll(/[\s_-]/g, '');

interface Row {
  readonly record: readonly string[];
  readonly line: number;
}

/** The records with the line of each; a file that is no CSV gives one problem. */
export function rowsOf(text: string): { rows: Row[]; problems: CsvProblem[] } {
  try {
    const separator = /^[^\n,]*;/.test(text) ? ';' : ',';
    const parsed = parse(text, {
      bom: true,
      delimiter: separator,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    // The package counts the lines up to the end of a record; a record begins after those that its quotes hold.
    return {
      rows: parsed.map(({ record, info }) => ({
        record,
        line: info.lines - record.reduce((sum, cell) => sum + (cell.match(/\n/g)?.length ?? 0), 0),
      })),
      problems: [],
    };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = (error as unknown as { lines?: number }).lines ?? 1;
    return { rows: [], problems: [csvProblem(line, `not CSV: ${error.message.split('\n')[0] ?? ''}`)] };
  }
}

function csvProblem(line: number, message: string, hint?: string): CsvProblem {
  return {
    code: siteCode.SITE_CSV,
    severity: 'error',
    message,
    line,
    column: 1,
    ...(hint === undefined ? {} : { hint }),
  };
}

export function headsOf(first: Row, problems: CsvProblem[]): readonly Head[] | undefined {
  if (!first.record.some((cell) => COLUMNS[key(cell)] !== undefined)) return undefined;
  return first.record.map((cell, index): Head => {
    const column = COLUMNS[key(cell)];
    if (column !== undefined) return { column };
    const variable = /^variables?[:.](.+)$/i.exec(cell)?.[1]?.trim();
    if (variable !== undefined) return { variable };
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

function deviceOf(row: Row, heads: readonly Head[], problems: CsvProblem[]): Record<string, unknown> {
  const device: Record<string, unknown> = {};
  const variables: Record<string, string> = {};
  if (row.record.length > heads.length) {
    problems.push(csvProblem(row.line, `this line has ${row.record.length} columns, expected ${heads.length}`));
  }
  heads.forEach((head, index) => {
    const cell = row.record[index] ?? '';
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

/** Devices and every mistake, each on its line. Never throws for what the text holds. */
export function parseDevicesCsv(text: string): DevicesCsv {
  const { rows, problems } = rowsOf(text);
  const [first] = rows;
  if (!first) return { devices: [], problems };
  const named = headsOf(first, problems);
  const heads = named ?? importForm;
  if (named && !named.some((head) => head !== undefined && 'column' in head && head.column === 'name')) {
    problems.push(csvProblem(first.line, 'no column `name`', 'The first line names the columns: name,mac,smbiosGuid'));
    return { devices: [], problems };
  }
  const devices: CsvDevice[] = [];
  for (const row of named ? rows.slice(1) : rows) {
    const data = deviceOf(row, heads, problems);
    const { value, problems: found } = parseWith(OBJECT_SCHEMAS.device, data);
    for (const { message, hint } of found) problems.push(csvProblem(row.line, message, hint));
    const { name } = data;
    if (typeof name === 'string') devices.push({ line: row.line, name, value });
  }
  return { devices, problems };
}

/** The names, MAC addresses or GUIDs of a member list: what the first known column of each line holds. */
export function parseMembersCsv(text: string): {
  readonly members: readonly { text: string; line: number }[];
  readonly problems: readonly CsvProblem[];
} {
  const { rows, problems } = rowsOf(text);
  const [first] = rows;
  const named =
    first && first.record.some((cell) => COLUMNS[key(cell)] !== undefined) ? headsOf(first, problems) : undefined;
  const at = named ? named.findIndex((head) => head !== undefined && 'column' in head) : 0;
  const members = (named ? rows.slice(1) : rows).flatMap(({ record, line }) => {
    const text = record.slice(at).find((cell) => cell !== '');
    return text === undefined ? [] : [{ text, line }];
  });
  return { members, problems };
}
