/** A journal that is written anew while lines are added survives `kill -9` at any moment: nothing that was confirmed is lost. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { openJournal } from '../../../src/store/index.ts';
import { WITH_PARENT } from '../../support/child.ts';
import { scratch } from '../../support/scratch.ts';

const KILLS = 60;
const KEYS = 8;

async function bundled(): Promise<string> {
  const outfile = join(scratch(), 'writer.mjs');
  await build({
    entryPoints: [fileURLToPath(new URL('journal-compact-writer.ts', import.meta.url))],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    external: ['libsql'],
    logLevel: 'error',
  });
  return outfile;
}

/** Runs the writer until it was killed `after` so many milliseconds of adding; the last number that it said was confirmed. */
async function killed(program: string, path: string, from: number, after: number): Promise<number> {
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
  const numbers = text.split('\n').slice(1, -1).map(Number);
  return numbers.at(-1) ?? from - 1;
}

test(`${KILLS} times, also while the new file is written`, async () => {
  const program = await bundled();
  const path = join(scratch(), 'lines');
  let from = 0;
  let halfway = 0;
  let added = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const confirmed = await killed(program, path, from, (kill * 7) % 40);
    added += confirmed + 1 - from;
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
