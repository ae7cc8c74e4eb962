/** Devices added to `devices.csv`: every line that is there stays byte for byte, but the first one where columns are added. */
import type { Device } from '../model/index.ts';
import { rowsOf, separatorOf } from './csv-rows.ts';
import { type Column, type Head, headsOf, importForm } from './devices-csv.ts';

/** Names of columns as a new file has them, in their order; variables follow. */
const NAMES: readonly (readonly [Column, string])[] = [
  ['name', 'name'],
  ['guid', 'smbiosGuid'],
  ['mac', 'mac'],
  ['serial', 'serial'],
  ['assetTag', 'assetTag'],
  ['architecture', 'architecture'],
  ['users', 'users'],
  ['description', 'description'],
  ['server', 'server'],
  ['siteSystem', 'siteSystem'],
];

/** The cells of a device by the names of their columns. A sealed or hidden variable has no form in CSV: its plain text is asked for. */
function cellsOf(device: Device): Map<string, string> {
  const cells = new Map<string, string>();
  const put = (name: string, value: string | boolean | undefined): void => {
    if (value !== undefined && value !== '') cells.set(name, String(value));
  };
  put('name', device.name);
  put('smbiosGuid', device.smbiosGuid);
  put('mac', device.macAddresses?.join(' '));
  put('serial', device.serialNumber);
  put('assetTag', device.assetTag);
  put('architecture', device.architecture);
  put('users', device.users?.join('|'));
  put('description', device.description);
  put('server', device.server);
  put('siteSystem', device.siteSystem);
  for (const [name, value] of Object.entries(device.variables ?? {})) {
    if (typeof value !== 'string') throw new RangeError(`variable ${name} of ${device.name} is no plain text`);
    put(`variable:${name}`, value);
  }
  return cells;
}

function headName(head: Head): string {
  if (head === undefined) return '';
  if ('variable' in head) return `variable:${head.variable}`;
  return NAMES.find(([column]) => column === head.column)?.[1] ?? '';
}

/** The text of `devices.csv` with these devices at its end; `text` is undefined where there is no such file. */
export function addToDevicesCsv(text: string | undefined, devices: readonly Device[]): string {
  if (devices.length === 0) return text ?? '';
  const added = devices.map(cellsOf);
  const known = text ?? '';
  const [first] = rowsOf(known).rows;
  const named = first ? headsOf(first, []) : [];
  const heads = (named ?? importForm).map(headName);
  const order = [
    ...NAMES.map(([, name]) => name),
    ...new Set(added.flatMap((cells) => [...cells.keys()].filter((name) => name.startsWith('variable:')))),
  ];
  const have = new Set(heads.map((name) => name.toLowerCase()));
  const lacking = order.filter((name) => !have.has(name.toLowerCase()) && added.some((cells) => cells.has(name)));
  const separator = separatorOf(known);
  const eol = /\r\n/.test(known) ? '\r\n' : '\n';
  const line = (cells: readonly string[]): string => cells.map((cell) => quoted(cell, separator)).join(separator) + eol;
  const columns = [...heads, ...lacking];
  const rows = added.map((cells) => {
    const byName = new Map([...cells].map(([name, value]) => [name.toLowerCase(), value]));
    return line(columns.map((name) => byName.get(name.toLowerCase()) ?? ''));
  });
  return withHead(known, { isNamed: named !== undefined, lacking, columns, line, separator, eol }) + rows.join('');
}

interface NewHead {
  readonly isNamed: boolean;
  readonly lacking: readonly string[];
  readonly columns: readonly string[];
  readonly line: (cells: readonly string[]) => string;
  readonly separator: string;
  readonly eol: string;
}

/** The text that is there, ended by a line end, with the columns that it needs. */
function withHead(text: string, { isNamed, lacking, columns, line, separator, eol }: NewHead): string {
  const ended = text === '' || text.endsWith('\n') ? text : text + eol;
  const body = ended.replace(/^\uFEFF/, '');
  if (body.trim() === '') return line(columns);
  if (lacking.length === 0) return ended;
  if (!isNamed) return line(columns) + ended;
  const more = lacking.map((name) => separator + quoted(name, separator)).join('');
  return ended.replace(/^((?:\uFEFF)?\s*[^\r\n]*)/, (head) => head + more);
}

/** In quotes where the cell would be read otherwise. */
function quoted(cell: string, separator: string): string {
  if (!cell.includes(separator) && !/["\r\n,;]|^\s|\s$/.test(cell)) return cell;
  return `"${cell.replaceAll('"', '""')}"`;
}
