/** Rows of the tables as the records of the port, and the queries for clients. */
import type { Database } from './state-libsql.ts';
import type {
  BootApproval,
  BootDelivery,
  BootOffer,
  BootRecord,
  BootStart,
  BootTry,
  ClientRecord,
} from './state-types.ts';

export type Row = Readonly<Record<string, string | number | null>>;

const text = (row: Row, column: string): string => String(row[column]);
const optional = (row: Row, column: string): string | null => {
  const value = row[column];
  return value === null || value === undefined ? null : String(value);
};
const number = (row: Row, column: string): number => Number(row[column]);
const who = (row: Row) => ({
  subject: text(row, 'subject'),
  mac: optional(row, 'mac'),
  guid: optional(row, 'guid'),
});

const delivery = (row: Row): BootDelivery => ({
  subject: text(row, 'subject'),
  deployment: text(row, 'deployment'),
  version: text(row, 'version'),
  at: number(row, 'at'),
});
const oneTry = (row: Row): BootTry => ({ deployment: text(row, 'deployment'), at: number(row, 'at') });
const start = (row: Row): BootStart => ({
  ...who(row),
  deployment: optional(row, 'deployment'),
  by: text(row, 'by'),
  at: number(row, 'at'),
  expires: number(row, 'expires'),
});
const approval = (row: Row): BootApproval => ({ ...who(row), by: text(row, 'by'), at: number(row, 'at') });
const offer = (row: Row): BootOffer => ({
  ...who(row),
  client: text(row, 'client'),
  deployment: text(row, 'deployment'),
  bootImage: text(row, 'bootImage'),
  version: text(row, 'version'),
  required: number(row, 'required') === 1,
  at: number(row, 'at'),
});
const client = (row: Row): ClientRecord => ({
  client: text(row, 'client'),
  mac: optional(row, 'mac'),
  guid: optional(row, 'guid'),
  architecture: text(row, 'architecture'),
  firmware: text(row, 'firmware'),
  identity: text(row, 'identity'),
  code: text(row, 'code'),
  text: text(row, 'text'),
  deployment: optional(row, 'deployment'),
  at: number(row, 'at'),
  firstSeen: number(row, 'firstSeen'),
  address: optional(row, 'address'),
  delivered: row['delivered'] === null || row['delivered'] === undefined ? null : number(row, 'delivered'),
});

interface RecordRows {
  readonly delivered: readonly unknown[];
  readonly tries: readonly unknown[];
  readonly start: unknown;
  readonly approval: unknown;
}

function record(rows: RecordRows): BootRecord {
  return {
    delivered: rows.delivered.map((row) => delivery(row as Row)),
    tries: rows.tries.map((row) => oneTry(row as Row)),
    start: rows.start === undefined ? null : start(rows.start as Row),
    approval: rows.approval === undefined ? null : approval(rows.approval as Row),
  };
}
/** A row as what the port calls it. */
export const rowsAs = { record, offer, delivery, approval } as const;

const CLIENT = 'SELECT clients.*, offers.delivered FROM clients LEFT JOIN offers ON offers.client = clients.client';

/** The queries for clients that were seen. */
export function clientQueries(database: Database) {
  const byKey = database.prepare(
    `${CLIENT} WHERE clients.client = ? OR clients.mac = ? OR clients.guid = ? ORDER BY clients.at DESC`,
  );
  const newest = database.prepare(`${CLIENT} ORDER BY clients.at DESC LIMIT ?`);
  return {
    one(key: string): ClientRecord | null {
      const row = byKey.get(key, key, key);
      return row === undefined ? null : client(row as Row);
    },
    newest: (most: number): ClientRecord[] => newest.all(most).map((row) => client(row as Row)),
  };
}
