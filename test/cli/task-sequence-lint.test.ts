/** `osdkit task-sequence lint` as a user runs it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { scratch } from '../support/scratch.ts';
import { CASES, DISK, PE, sequence } from '../src/lint/cases.ts';
import { IMAGES, SETTINGS } from '../src/site/site-of.ts';
import { osdkitInProcess } from './in-process.ts';
import { done, refused } from './site-commands.ts';

function siteWith(files: Readonly<Record<string, string>>): string {
  const folder = scratch();
  for (const [path, text] of Object.entries({ 'site.yaml': SETTINGS, ...files })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

const FILE = 'task-sequences/s.yaml';
const bad = CASES['LINT_NO_BOOT_IMAGE']?.bad ?? {};
const warned = CASES['LINT_NO_SETUP']?.bad ?? {};

describe('task-sequence lint', () => {
  test('errors: exit code 2, file, line and column of the step, remedy and reason', async () => {
    const { code, stdout } = await osdkitInProcess(['task-sequence', 'lint', 'S', '--site', siteWith(bad)]);
    expect(code).toBe(2);
    expect(stdout).toMatch(
      /^ {2}task-sequences\/s\.yaml:5:\d+: error: the step "Disk" needs Windows PE.* \[LINT_NO_BOOT_IMAGE\]\n {6}\S/m,
    );
    expect(stdout).toMatch(/^Why:\n {2}LINT_NO_BOOT_IMAGE: \S/m);
    expect(stdout).toMatch(/^1 task sequence: 1 error, 0 warnings, 0 notes$/m);
  });

  test('warnings fail with --strict alone; JSON has the places', async () => {
    const site = siteWith(warned);
    const result = JSON.parse(await done(['task-sequence', 'lint', 'ABC00010', '--site', site, '--json'])) as object;
    expect(result).toMatchObject({
      errors: 0,
      warnings: 1,
      failed: false,
      sequences: [{ id: 'ABC00010', problems: [{ file: FILE, line: 10, code: 'LINT_NO_SETUP', severity: 'warning' }] }],
      rules: [{ code: 'LINT_NO_SETUP' }],
    });
    expect((await osdkitInProcess(['task-sequence', 'lint', 'S', '--site', site, '--strict'])).code).toBe(2);
  });

  test('--all: every sequence; what is found in a child is told once; mistakes of the site stand with the sequence', async () => {
    const child = sequence(PE + DISK.replace('DiskIndex: 0', 'DiskIndex: x'), 'description: x').replace(
      'name: S',
      'name: Child',
    );
    const parent = (id: string) =>
      `id: ${id}\nname: ${id}\nbootImage: pe-x64\nsteps:\n  - { step: Run child, type: run-task-sequence, with: { TsPackageID: Child } }\n`;
    const site = siteWith({
      ...IMAGES,
      [FILE]: child,
      'task-sequences/a.yaml': parent('ABC00011'),
      'task-sequences/b.yaml': parent('ABC00012'),
    });
    const { code, stdout } = await osdkitInProcess(['task-sequence', 'lint', '--all', '--site', site]);
    expect(code).toBe(2);
    expect(stdout.match(/STEP_PROPERTY_VALUE/g)).toHaveLength(1);
    expect(stdout).toMatch(/^3 task sequences: 1 error,/m);
  });

  test('no sequence, both, or an unknown one is refused', async () => {
    const site = siteWith(bad);
    for (const words of [[], ['S', '--all']]) {
      expect((await osdkitInProcess(['task-sequence', 'lint', ...words, '--site', site])).code).toBe(2);
    }
    await refused(['task-sequence', 'lint', 'T', '--site', site], 'APP_OBJECT');
  });
});
