/** The statements of the state, prepared once. */
import type { Database, Statement } from './state-libsql.ts';
import { OF_SUBJECT } from './state-schema.ts';

/** Who makes up addresses is no device of the site: offers and tries of devices are as many as there are devices, and stay. */
const STRANGER = "subject NOT LIKE 'device/%'";

export function prepareStatements(database: Database) {
  const sql = (text: string): Statement => database.prepare(text);
  return {
    delivered: sql(`SELECT subject, deployment, version, at FROM delivered WHERE ${OF_SUBJECT} ORDER BY id`),
    tries: sql(`SELECT deployment, at FROM tries WHERE ${OF_SUBJECT} AND at > ? ORDER BY at`),
    start: sql(`SELECT * FROM starts WHERE ${OF_SUBJECT} AND expires > ? ORDER BY at DESC`),
    approval: sql(`SELECT * FROM approvals WHERE ${OF_SUBJECT} ORDER BY at DESC`),
    approvals: sql('SELECT * FROM approvals ORDER BY id'),
    offer: sql('INSERT OR REPLACE INTO offers VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)'),
    addTry: sql('INSERT INTO tries (subject, mac, guid, deployment, at) VALUES (?, ?, ?, ?, ?)'),
    open: sql('SELECT * FROM offers WHERE client = ? AND version = ? AND delivered IS NULL'),
    done: sql('UPDATE offers SET delivered = ? WHERE client = ?'),
    use: sql('INSERT OR IGNORE INTO delivered (subject, mac, guid, deployment, version, at) VALUES (?, ?, ?, ?, ?, ?)'),
    started: sql(`DELETE FROM starts WHERE ${OF_SUBJECT} AND (deployment IS NULL OR deployment = ?)`),
    setStart: sql(
      'INSERT OR REPLACE INTO starts (subject, mac, guid, deployment, by, at, expires) VALUES (?, ?, ?, ?, ?, ?, ?)',
    ),
    noTries: sql(`DELETE FROM tries WHERE ${OF_SUBJECT}`),
    approve: sql('INSERT OR REPLACE INTO approvals (subject, mac, guid, by, at) VALUES (?, ?, ?, ?, ?)'),
    version: sql('PRAGMA data_version'),
    seen: sql(`INSERT INTO clients VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL) ON CONFLICT (client) DO UPDATE SET
      mac = excluded.mac, guid = excluded.guid, architecture = excluded.architecture, firmware = excluded.firmware,
      identity = excluded.identity, code = excluded.code, text = excluded.text, deployment = excluded.deployment,
      at = excluded.at`),
    locate: sql('UPDATE clients SET address = ? WHERE client = ?'),
    oldTries: sql('DELETE FROM tries WHERE at <= ?'),
    mostTries: sql(
      `DELETE FROM tries WHERE id IN (SELECT id FROM tries WHERE ${STRANGER} ORDER BY id DESC LIMIT -1 OFFSET ?)`,
    ),
    mostClients: sql(
      'DELETE FROM clients WHERE client IN (SELECT client FROM clients ORDER BY at DESC LIMIT -1 OFFSET ?)',
    ),
    mostOffers: sql(
      `DELETE FROM offers WHERE client IN (SELECT client FROM offers WHERE ${STRANGER} ORDER BY at DESC LIMIT -1 OFFSET ?)`,
    ),
  };
}

/** Ends a transaction that failed. SQLite has done it by itself after some errors: what this throws then would hide why. */
export function rollBack(database: Database): void {
  try {
    database.exec('ROLLBACK');
  } catch {}
}
