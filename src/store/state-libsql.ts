/**
 * The state of network boot in SQLite (libsql), one file: WAL, so that readers never wait and a killed process leaves a file that
 * opens by itself. Calls are synchronous inside: README.md has what they take; what is not durable is written without waiting
 * for the disk.
 */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { arch, platform } from 'node:process';
import { stateDatabase } from './state-database.ts';
import { driverError, foreignState, newerState, stateError } from './state-errors.ts';
import { APPLICATION_ID, MIGRATIONS } from './state-schema.ts';
import { rollBack } from './state-statements.ts';
import { BOOT_STATE_LIMITS, type BootStateLimits, type BootStateStore } from './state-types.ts';

/** What is used of libsql's database. */
export interface Database {
  exec(sql: string): unknown;
  prepare(sql: string): Statement;
  close(): unknown;
}
export interface Statement {
  run(...values: readonly Value[]): { readonly changes: number };
  get(...values: readonly Value[]): unknown;
  all(...values: readonly Value[]): readonly unknown[];
}
export type Value = string | number | null;

/** Milliseconds that a write waits for another process. */
const BUSY = 5000;

/**
 * Opens the state in a file and makes it where there is none. Throws EnvironmentError (`STORE_STATE_DRIVER`, `STORE_STATE_WRITE`,
 * `STORE_STATE_BUSY`), IntegrityError (`STORE_STATE_DAMAGED`), InputError (`STORE_STATE_FOREIGN`, `STORE_STATE_NEWER`).
 */
export async function openBootState(path: string, limits: Partial<BootStateLimits> = {}): Promise<BootStateStore> {
  const Constructor = await loadDriver();
  let database: Database | undefined;
  try {
    mkdirSync(dirname(path), { recursive: true });
    database = new Constructor(path);
    prepareFile(database, path);
    return stateDatabase(database, path, { ...BOOT_STATE_LIMITS, ...limits });
  } catch (error) {
    database?.close();
    throw stateError(error, path, 'opening it');
  }
}

async function loadDriver(): Promise<new (path: string) => Database> {
  try {
    const { default: Constructor } = await import('libsql');
    return Constructor as unknown as new (
      path: string,
    ) => Database;
  } catch (error) {
    throw driverError(error, `${platform} ${arch}`);
  }
}

function prepareFile(database: Database, path: string): void {
  database.exec(`PRAGMA busy_timeout = ${BUSY}`);
  const application = pragma(database, 'application_id');
  const empty = database.prepare('SELECT count(*) AS tables FROM sqlite_schema').get() as { readonly tables: number };
  if (application !== APPLICATION_ID && (application !== 0 || empty.tables > 0)) throw foreignState(path);
  const checked = database.prepare('PRAGMA quick_check(1)').get() as { readonly quick_check?: unknown };
  if (checked.quick_check !== 'ok') {
    throw Object.assign(new Error(String(checked.quick_check)), { code: 'SQLITE_CORRUPT' });
  }
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA fullfsync = 1');
  migrate(database, path);
}

/** In one transaction: two processes that start together make the tables once. */
function migrate(database: Database, path: string): void {
  if (pragma(database, 'user_version') === MIGRATIONS.length) return;
  database.exec('BEGIN IMMEDIATE');
  try {
    const version = pragma(database, 'user_version');
    if (version > MIGRATIONS.length) throw newerState(path, version, MIGRATIONS.length);
    for (const sql of MIGRATIONS.slice(version)) database.exec(sql);
    database.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${MIGRATIONS.length}`);
    database.exec('COMMIT');
  } catch (error) {
    rollBack(database);
    throw error;
  }
}

function pragma(database: Database, name: string): number {
  const row = database.prepare(`PRAGMA ${name}`).get() as Readonly<Record<string, unknown>>;
  return Number(row[name]);
}
