/** A journal that is written anew while lines are added survives `kill -9` at any moment: nothing that was confirmed is lost. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openJournal } from '../../../src/store/index.ts';
import { WITH_PARENT } from '../../support/child.ts';
import { scratch } from '../../support/scratch.ts';
import { bundleWriter } from './bundle-writer.ts';

const KILLS = 60;
const KEYS = 8;

/** Runs the writer until it was killed `after` so many milliseconds of adding; the numbers that it said were confirmed. */
async function killed(program: string, path: string, from: number, after: number): Promise<readonly number[]> {
  const [command, ...args] = [...WITH_PARENT, process.execPath, program, path, String(from)];
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    if (text === '') setTimeout(() => child.kill('SIGKILL'), after);
    text += chunk;
  });
  const [code, signal] = await new Promise<[number | null, string | null]>((resolve) => {
    child.once('close', (...ended) => resolve(ended));
  });
  expect([code, signal]).toEqual([null, 'SIGKILL']);
  // A line without its end was cut by the kill: nobody was told.
  return text.split('\n').slice(1, -1).map(Number);
}

test(`${KILLS} times, also while the new file is written`, async () => {
  const program = await bundleWriter(undefined, 'journal-compact-writer.ts');
  const path = join(scratch(), 'lines');
  let from = 0;
  /** The last one that any of them said; what comes next may begin higher, behind lines that nobody was told of. */
  let confirmed = -1;
  let halfway = 0;
  let added = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const told = await killed(program, path, from, (kill * 7) % 40);
    confirmed = told.at(-1) ?? confirmed;
    added += told.length;
    const fresh = existsSync(`${path}.new`);
    if (fresh) halfway++;
    expect(readFileSync(path, 'utf8').length, 'it was kept small').toBeLessThan(10_000);
    const journal = await openJournal(path, (lines) => lines);
    await journal.close();
    expect(existsSync(`${path}.new`)).toBe(false);
    const newest = new Map<string, number>();
    for (const line of journal.lines) {
      const [, key = '', number = ''] = /^(k\d) (\d+) x{100}$/.exec(line) ?? [];
      expect(key, line).not.toBe('');
      newest.set(key, Number(number));
    }
    if (confirmed >= 0) expect(newest.size).toBe(KEYS);
    for (const [key, number] of newest) expect(number, key).toBeGreaterThanOrEqual(confirmed);
    from = Math.max(confirmed, ...newest.values()) + 1;
  }
  expect(added).toBeGreaterThan(KILLS);
  expect(halfway, 'kills with a new file half written').toBeGreaterThan(0);
}, 120_000);
