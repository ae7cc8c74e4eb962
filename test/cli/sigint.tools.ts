/**
 * Ctrl+C (and SIGTERM) at 20 moments, spread at random over a run: exit code 130, nothing left behind, what was there before
 * untouched; a second one does not wait.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { readAll } from '../../images/bytes/index.ts';
import { peWim } from '../media/boot-image/winpe-image.ts';
import { sampleWim } from '../media/made-media.ts';
import { scratch, sha256File } from '../support/tools.ts';
import { commandFile, osdkit } from './command.ts';
import { seeded } from './random.ts';

const mebibyte = 1024 * 1024;
const moments = 20;

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly milliseconds: number;
  readonly stderr: string;
}

/** Starts the command and sends it signals, each at its time in milliseconds after the start. */
function interrupted(
  folder: string,
  args: readonly string[],
  signals: readonly (readonly [at: number, signal: NodeJS.Signals])[],
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(process.execPath, [commandFile, ...args], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
    const timers = signals.map(([at, signal]) => setTimeout(() => child.kill(signal), at));
    child.once('error', reject);
    child.once('close', (code, signal) => {
      for (const timer of timers) clearTimeout(timer);
      resolve({ code, signal, milliseconds: performance.now() - start, stderr });
    });
  });
}

/** All files and folders: their sizes, and what is in those at or below `target`. */
function contents(folder: string, target: string): Record<string, string | number> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const described = entries.map((entry) => {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile()) return [path, 'folder'] as const;
    return [path, path.startsWith(target) ? sha256File(path) : statSync(path).size] as const;
  });
  return Object.fromEntries(described.sort(([a], [b]) => (a < b ? -1 : 1)));
}

const folder = scratch();
/** From the start of the process until its handlers are set: a signal before that is the system's to handle. */
let startUp = 0;

beforeAll(async () => {
  await sampleWim(folder);
  const files = join(folder, 'files');
  mkdirSync(files);
  for (let i = 0; i < 30; i++) writeFileSync(join(files, `file-${i}`), Buffer.alloc(2 * mebibyte, `content ${i} `));
  // The WIM to extract holds many files, so that most moments fall between two of them.
  const many = Object.fromEntries(
    Array.from({ length: 1000 }, (_, i) => [`folder ${i % 50}/file ${i}`, `content ${i}`]),
  );
  writeFileSync(join(folder, 'many.wim'), await readAll((await peWim([{ only: many }])).source));
  const start = performance.now();
  await osdkit(folder, ['--version']);
  startUp = performance.now() - start;
});

/** The signals of one run: when the first comes, and all of them. */
type Signals = (at: number, run: number) => Parameters<typeof interrupted>[2];

/**
 * Makes what `args` would make, then interrupts it at moments spread at random over the time that this takes, until `wanted`
 * runs were stopped in the middle. What a run takes changes with what else the machine does: it is measured again and again.
 */
async function interruptOften(
  args: readonly string[],
  target: string,
  seed: number,
  existing: (target: string) => void,
  wanted: number,
  signals: Signals,
): Promise<void> {
  const random = seeded(seed);
  const start = performance.now();
  expect(await osdkit(folder, args)).toMatchObject({ code: 0 });
  let whole = performance.now() - start;
  const made = contents(folder, target);
  for (let canceled = 0, tries = 0; canceled < wanted; tries++) {
    expect(tries, `${canceled} of ${tries} runs were stopped in the middle`).toBeLessThan(5 * wanted);
    rmSync(target, { recursive: true, force: true });
    // Every second time something is there already, which must stay.
    if (canceled % 2 === 1) existing(target);
    const before = contents(folder, target);
    const at = Math.min(startUp, whole / 2) + random(Math.ceil(whole - Math.min(startUp, whole / 2)));
    const ended = await interrupted(folder, args, signals(at, canceled));
    const what = `${JSON.stringify(ended)} after a signal at ${at} of ${whole} ms`;
    if (ended.signal !== null) {
      // The system ended it, before it listened or when it had finished: then nothing or all is there.
      expect([before, { ...before, ...made }], what).toContainEqual(contents(folder, target));
      continue;
    }
    if (ended.code === 0) {
      whole = ended.milliseconds;
      continue;
    }
    whole = Math.max(whole, ended.milliseconds);
    expect(contents(folder, target), what).toEqual(before);
    expect(ended.code, what).toBe(130);
    if (signals(at, canceled).length === 1) expect(ended.stderr, what).toContain('CORE_CANCELED');
    canceled++;
  }
  rmSync(target, { recursive: true, force: true });
}

const oldFile = (target: string): void => writeFileSync(target, 'the old file');
const oldFolder = (target: string): void => {
  mkdirSync(join(target, 'folder 7'), { recursive: true });
  writeFileSync(join(target, 'folder 7', 'of somebody else'), 'old');
};

describe('a signal at any moment leaves nothing behind', () => {
  test.each([
    ['media create bootable', ['media', 'create', 'bootable', '--boot-image', 'sample.wim', '--force'], oldFile, 1],
    ['image create-iso', ['image', 'create-iso', 'files', '--force'], oldFile, 2],
    ['image extract', ['image', 'extract', 'many.wim'], oldFolder, 3],
  ])('%s', async (_, args, existing, seed) => {
    const signals: Signals = (at, run) => [[at, run % 4 === 3 ? 'SIGTERM' : 'SIGINT']];
    await interruptOften([...args, '--output', 'made'], join(folder, 'made'), seed, existing, moments, signals);
  });

  test('a second Ctrl+C does not wait, and leaves nothing either', async () => {
    const args = ['image', 'extract', 'many.wim', '--output', 'made'];
    const signals: Signals = (at, run) => [
      [at, 'SIGINT'],
      [at + run, 'SIGINT'],
    ];
    await interruptOften(args, join(folder, 'made'), 4, oldFolder, 8, signals);
  });
});
