/** `osdkit task-sequence plan` as a user runs it. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { scratch } from '../support/scratch.ts';
import { OFFICE, SETTINGS } from '../src/plan/office.ts';
import { osdkitInProcess } from './in-process.ts';
import { done, refused } from './site-commands.ts';

const facts = (name: string): string => fileURLToPath(new URL(`../fixtures/facts/${name}.json`, import.meta.url));
const LAPTOP = facts('uefi-laptop');

const SCRIPT = `id: ABC00030
name: Script
bootImage: pe-x64
steps:
  - step: Say it
    type: run-command-line
    with: { CommandLine: 'echo %Word% %Hush%' }
  - step: Version
    type: run-command-line
    condition: [{ wmi: "SELECT * FROM Win32_OperatingSystem WHERE BuildNumber = '22631'" }]
    with: { CommandLine: cmd /c ver }
`;

const TAKES = `id: ABC00031
name: Takes
steps:
  - step: Get the client
    type: download-package-content
    with: { DownloadPackages: [Client], DestinationVariable: X }
`;

function siteFolder(): string {
  const folder = scratch();
  const files = {
    'site.yaml': SETTINGS,
    ...OFFICE,
    'task-sequences/script.yaml': SCRIPT,
    'task-sequences/takes.yaml': TAKES,
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

const site = siteFolder();
const plan = (...args: string[]): string[] => ['task-sequence', 'plan', ...args, '--site', site];

/** What a plan says, whatever would happen. */
async function said(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await osdkitInProcess(plan(...args));
  expect({ code: code === 0 || code === 5, stderr }).toEqual({ code: true, stderr: '' });
  return stdout;
}

describe('task-sequence plan', () => {
  test('text: each step with its decision, conditions with their values, variables with their givers', async () => {
    const text = await done(plan('script', '--device', LAPTOP, '--set', 'Word=hello'));
    expect(text).toContain('Plan of "Script" (ABC00030) on LT-0417');
    expect(text).toMatch(/runs {5}1 "Say it" \(Run Command Line\): full OS/);
    expect(text).toContain('uses Word = "hello", from given for this run');
    expect(text).toContain('uses Hush = set (hidden), from collection "Laptops" (ABC00020, priority 5)');
    expect(text).toContain('holds, Win32_OperatingSystem: BuildNumber is "22631"');
    expect(text).not.toContain('secret text');
  });

  test('JSON is the plan; --medium and --variable change the start', async () => {
    const start = ['--device', LAPTOP, '--medium', 'stand-alone', '--variable', 'Word=medium', '--json'];
    const { plan: made } = JSON.parse(await said('ABC00030', ...start)) as {
      plan: {
        start: object;
        variables: { name: string; from: string }[];
        items: { place: string; decision: string }[];
      };
    };
    expect(made.start).toMatchObject({ medium: 'stand-alone', environment: 'WinPE', bootImage: 'pe-x64' });
    expect(made.variables.find(({ name }) => name === 'Word')?.from).toBe('medium "stand-alone media"');
    expect(made.items.map(({ place, decision }) => `${place} ${decision}`)).toEqual(['1 runs', '2 skipped']);
  });

  test('a device of the site stands for its facts; what its record does not say is unknown', async () => {
    const text = await said('Script', '--device', 'SPARE-1', '--medium', 'client');
    expect(text).toContain('device "SPARE-1", by MAC address');
    expect(text).toMatch(/may run {2}2 "Version"/);
  });

  test('EDIT-17: content that is not in the library fails the plan: exit code 5', async () => {
    const { code, stdout } = await osdkitInProcess(plan('Takes', '--device', LAPTOP));
    expect(code).toBe(5);
    expect(stdout).toMatch(
      /error {3}1 "Get the client": the content library does not hold "Client" \(ABC00007\) as it is now/,
    );
    expect(stdout).toContain('[PLAN_CONTENT_MISSING]');
  });

  test('--html writes one file, which is not replaced without --force', async () => {
    const file = join(scratch(), 'plan.html');
    expect(await done(plan('Script', '--device', LAPTOP, '--set', 'Word=<b>', '--html', file))).toContain(
      `written: ${file}`,
    );
    const html = readFileSync(file, 'utf8');
    expect(html).toMatch(/^<!DOCTYPE html>/);
    expect(html).toContain('&lt;b&gt;');
    expect((await refused(plan('Script', '--device', LAPTOP, '--html', file), 'BYTES_OUTPUT_EXISTS')).stderr).toContain(
      '--force',
    );
    await done(plan('Script', '--device', LAPTOP, '--html', file, '--force'));
    expect(readFileSync(file, 'utf8')).not.toContain('&lt;b&gt;');
  });

  test.each([
    ['a sequence that is not there', ['Skript', '--device', LAPTOP], 'APP_OBJECT', 'Script'],
    [
      'facts that are not there',
      ['Script', '--device', join(site, 'nothing.json')],
      'CORE_FILE_NOT_FOUND',
      'nothing.json',
    ],
    ['facts that are no facts', ['Script', '--device', join(site, 'bad.json')], 'SEQUENCE_FACTS', 'firmware'],
    ['a medium that there is not', ['Script', '--device', LAPTOP, '--medium', 'floppy'], 'APP_OPTION', 'stand-alone'],
    ['a variable without value', ['Script', '--device', LAPTOP, '--set', 'Word'], 'APP_OPTION', '--set: NAME=VALUE'],
    [
      'a password on the command line',
      ['Script', '--device', LAPTOP, '--set', 'OSDJoinPassword=hunter2'],
      'APP_VARIABLE_SECRET_IN_ARGV',
      '--set OSDJoinPassword',
    ],
  ])('%s is refused with a name', async (_what, args, code, says) => {
    writeFileSync(join(site, 'bad.json'), '{ "firmware": "coreboot" }');
    const { stderr } = await refused(plan(...args), code);
    expect(stderr).toContain(says);
    expect(stderr).not.toContain('hunter2');
  });
});
