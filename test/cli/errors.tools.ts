/**
 * Errors read well: every mistake of `error-cases.ts` ends with its exit code, its text (golden, to be read by people), the
 * same as JSON, and without a secret; and no mistake changes a file.
 */
import { readdirSync, readFileSync, truncateSync, copyFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { requireTool, scratch, sha256File, type RunResult } from '../support/tools.ts';
import { osdkit, twoAtATime } from './command.ts';
import { errorCases, type ErrorCase } from './error-cases.ts';
import { makeFixtures, secretMark } from './error-fixtures.ts';
import { expectGolden } from './golden-file.ts';
import { osdkitInProcess } from './in-process.ts';

interface Outcome {
  readonly chapter: string;
  readonly one: ErrorCase;
  readonly text: RunResult;
  readonly json: RunResult;
}

const tools = requireTool('wimlib-imagex');
const folder = scratch();
const home = process.cwd();
let before: Record<string, string> = {};
let outcomes: Outcome[] = [];

/** Names and digests of all fixtures. */
function contents(): Record<string, string> {
  const names = readdirSync(folder, { recursive: true }).map(String).sort();
  const digest = (name: string): string => {
    const path = join(folder, name);
    return statSync(path, { throwIfNoEntry: false })?.isFile() === true ? sha256File(path) : 'no file';
  };
  return Object.fromEntries(names.map((name) => [name, digest(name)]));
}

async function must(...args: string[]): Promise<void> {
  const { code, stderr } = await osdkit(folder, args);
  expect(stderr).toBe('');
  expect(code).toBe(0);
}

beforeAll(async () => {
  if (!tools.available) return;
  await makeFixtures(folder, tools.path('wimlib-imagex'));
  const sealed = ['--variables-file', 'secret.yaml', '--password-file', 'password.txt'];
  await must('media', 'create', 'bootable', '--boot-image', 'winpe.wim', '--output', 'sealed.iso', ...sealed);
  await must('image', 'create-iso', 'media', '--output', 'plain.iso');
  copyFileSync(join(folder, 'sealed.iso'), join(folder, 'half.iso'));
  truncateSync(join(folder, 'half.iso'), statSync(join(folder, 'half.iso')).size / 2);
  before = contents();
  process.chdir(folder);
  outcomes = await twoAtATime(allCases, async ({ chapter, one }) => ({
    chapter,
    one,
    text: await osdkit(folder, one.args),
    json: await osdkitInProcess([...one.args, '--json']),
  }));
}, 170_000);
afterAll(() => process.chdir(home));

const allCases = Object.entries(errorCases).flatMap(([chapter, cases]) => cases.map((one) => ({ chapter, one })));

function outcomeOf(title: string): Outcome {
  const outcome = outcomes.find(({ one }) => one.title === title);
  if (!outcome) throw new Error(`${title}: it was not run`);
  return outcome;
}

describe('a mistake ends with its exit code, tells what is wrong, as JSON too, and shows no secret', () => {
  test.each(allCases.map(({ one }) => [one.title, one] as const))('%s', (title, one) => {
    const { text, json } = outcomeOf(title);
    expect({ code: text.code, stdout: text.stdout }, text.stderr).toEqual({ code: one.exitCode, stdout: '' });
    const error = JSON.parse(json.stdout) as Record<string, unknown>;
    expect(json.code).toBe(one.exitCode);
    expect(error).toMatchObject({ exitCode: one.exitCode, code: expect.stringMatching(/^[A-Z0-9_]+$/) as string });
    expect(text.stderr).toContain(String(error['message']));
    expect(text.stderr).toContain(`[${String(error['code'])}]`);
    for (const output of [text.stderr, json.stdout, json.stderr]) expect(output).not.toMatch(secretMark);
  });
});

describe('all mistakes', () => {
  test('are told in the words of the golden', () => {
    let golden = '';
    let last = '';
    for (const { chapter, one, text } of outcomes) {
      if (chapter !== last) golden += `# ${chapter}\n\n`;
      last = chapter;
      golden += `## ${one.title}\n$ osdkit ${one.args.join(' ')}\n${text.stderr.trimEnd()}\nexit code ${text.code}\n\n`;
    }
    expectGolden('errors.txt', golden);
  });

  test('change no file and leave none behind', () => {
    expect(outcomes).toHaveLength(allCases.length);
    expect(contents()).toEqual(before);
    expect(readFileSync('/dev/null').length).toBe(0);
  });
});

describe('a sealed medium', () => {
  test('holds no secret in the clear, and shows none with the right password (VAR-04)', async () => {
    expect(readFileSync(join(folder, 'sealed.iso')).includes('hunter2')).toBe(false);
    for (const more of [[], ['--json']]) {
      const inspect = ['media', 'inspect', 'sealed.iso', '--password-file', 'password.txt', ...more];
      const { code, stdout, stderr } = await osdkit(folder, inspect);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toContain('OSDJoinPassword');
      expect(stdout).toContain('ABC20001');
      expect(stdout).not.toMatch(secretMark);
    }
    const without = await osdkit(folder, ['media', 'inspect', 'sealed.iso']);
    expect(without.code).toBe(0);
    expect(without.stdout).not.toContain('OSDJoinPassword');
  });
});
