/** The state survives `kill -9` at any moment: it opens by itself, and what was confirmed is there once. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import Libsql from 'libsql';
import { beforeAll, describe, expect, test } from 'vitest';
import { openBootState } from '../../../src/store/index.ts';
import { WITH_PARENT } from '../../support/child.ts';
import { scratch } from '../../support/scratch.ts';
import { bundleWriter, DRIVER } from './bundle-writer.ts';

const KILLS = 200;
/** Writers at one time: one is killed, the other writes on. */
const AT_ONCE = 2;

interface Writer {
  readonly lines: () => readonly string[];
  readonly child: ChildProcess;
  /** It has opened the file, or ended. */
  readonly opened: Promise<void>;
  readonly ended: Promise<void>;
}

function startWriter(program: string, path: string, name: string): Writer {
  const [command, ...args] = [...WITH_PARENT, process.execPath, program, path, name];
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const open = new Promise<void>((resolve) => {
    child.stdout.on('data', () => {
      if (text.startsWith('open\n')) resolve();
    });
  });
  // A line without its end was cut by the kill: nobody was told.
  return { child, ended, opened: Promise.race([open, ended]), lines: () => text.split('\n').slice(0, -1) };
}

/** Numbers from 0 to 1, the same in each run (Lehmer). */
function lehmer(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

describe('kill -9 under load', () => {
  let program = '';
  beforeAll(async () => {
    program = await bundleWriter(DRIVER);
  });

  test(`PXE-04: ${KILLS} times at random moments: it opens by itself, nothing confirmed is lost, nothing is doubled`, async () => {
    const path = join(scratch(), 'state', 'osdkit.db');
    const random = lehmer(6);
    const said: string[] = [];
    let killed = 0;
    const one = async (): Promise<void> => {
      while (killed < KILLS) {
        const writer = startWriter(program, path, `w${killed++}`);
        // One in four while it starts or opens the file, the others after up to some dozens of deliveries.
        if (random() > 0.25) await writer.opened;
        await new Promise((resolve) => setTimeout(resolve, random() * 120));
        writer.child.kill('SIGKILL');
        await writer.ended;
        said.push(...writer.lines());
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, one));
    const of = (what: string) =>
      said.filter((line) => line.startsWith(`${what} `)).map((line) => line.slice(what.length + 1));

    expect(of('failed')).toEqual([]);
    expect(of('doubled')).toEqual([]);
    expect(of('delivered').length, 'deliveries confirmed').toBeGreaterThan(KILLS);
    const store = await openBootState(path);
    await store.close();
    const database = new Libsql(path);
    expect(
      database
        .prepare('PRAGMA integrity_check')
        .all()
        .map((row) => (row as { integrity_check: string }).integrity_check),
    ).toEqual(['ok']);
    const column = (sql: string) =>
      database
        .prepare(sql)
        .all()
        .map((row) => (row as { subject: string }).subject);
    const kept = column('SELECT subject FROM delivered');
    expect(new Set(kept).size).toBe(kept.length);
    const cleared = new Set(of('cleared'));
    const confirmed = of('delivered');
    const present = new Set(kept);
    // The last one of a writer may have been cleared without a word: every third is.
    const third = (subject: string) => Number(subject.split('-').at(-1)) % 3 === 0;
    expect(confirmed.filter((subject) => !present.has(subject) && !cleared.has(subject) && !third(subject))).toEqual(
      [],
    );
    expect([...cleared].filter((subject) => present.has(subject))).toEqual([]);
    // Beyond what was confirmed there is at most the one that each writer was at.
    const unsaid = kept.filter((subject) => !confirmed.includes(subject)).map((subject) => subject.split('-')[0]);
    expect(new Set(unsaid).size).toBe(unsaid.length);
    const approved = new Set(column('SELECT subject FROM approvals'));
    expect(of('approved').filter((subject) => !approved.has(subject))).toEqual([]);
    database.close();
  }, 240_000);
});

test('a system without a package of the database: named, with those that have one', async () => {
  const writer = startWriter(await bundleWriter(), join(scratch(), 'osdkit.db'), 'w');
  await writer.ended;
  expect(writer.lines()).toEqual([expect.stringMatching(/failed .*STORE_STATE_DRIVER.*Linux x64 and arm64/)]);
});
