/** `task-sequence new` as a user types it: the file that it writes, and what it refuses. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { scratch } from '../support/tools.ts';
import { osdkitInProcess } from './in-process.ts';
import { ANSWERS, OPTIONS, opened, siteFolder } from './new-sequences.ts';

const folder = scratch();
const site = join(folder, 'site');
const sequences = join(site, 'task-sequences');
const secret = join(folder, 'secret.txt');

const make = (kind: string, ...words: string[]) =>
  osdkitInProcess(['task-sequence', 'new', kind, '--site', site, ...words]);
const image = ['--boot-image', 'pe-x64', '--image', 'Windows 11'];

beforeAll(async () => {
  await siteFolder(site);
  writeFileSync(secret, 'hunter2-secret\n');
});

describe('task-sequence new', () => {
  test('TPL-01: the group lists the kinds of the wizard', async () => {
    const { stdout } = await osdkitInProcess(['task-sequence', 'new', '--help']);
    const kinds = stdout.split('\n').flatMap((line) => / {2}([a-z-]+) \[options\]/.exec(line)?.[1] ?? []);
    expect(kinds).toEqual([
      'install',
      'build-and-capture',
      'capture',
      'upgrade',
      'user-state',
      'virtual-hard-disk',
      'custom',
      'non-os',
    ]);
  });

  test('a plan shows the file and writes nothing; the same without it writes that file, with a new id and its schema', async () => {
    const words = ['--name', 'Planned 1', ...image, '--no-partition', '--folder', 'clients/pilot'];
    const plan = await make('install', ...words, '--plan', '--json');
    expect(plan).toMatchObject({ code: 0, stderr: '' });
    const planned = JSON.parse(plan.stdout) as { file: string; text: string; planned: boolean; id: string };
    expect(planned).toMatchObject({
      planned: true,
      id: 'ABC00007',
      file: 'task-sequences/clients/pilot/planned-1.yaml',
    });
    expect(existsSync(join(site, planned.file))).toBe(false);
    const made = await make('install', ...words);
    expect(made).toMatchObject({ code: 0, stderr: '' });
    expect(readFileSync(join(site, planned.file), 'utf8')).toBe(planned.text);
    expect(planned.text).toMatch(
      /^# yaml-language-server: \$schema=\.\.\/\.\.\/\.\.\/schemas\/task-sequences\.schema\.json\nid: ABC00007\nname: Planned 1\n/,
    );
    expect(await opened(site, 'Planned 1')).toMatchObject({ folder: 'clients/pilot' });
  });

  test('TPL-90: the file of a capture begins with what must be known before', async () => {
    const words = ['--capture-path', '\\\\files\\wim\\ref.wim', '--capture-account', 'CONTOSO\\cap'];
    const made = await make(
      'capture',
      '--name',
      'Ref',
      '--boot-image',
      'pe-x64',
      ...words,
      '--capture-password-file',
      secret,
    );
    expect(made).toMatchObject({ code: 0, stderr: '' });
    const text = readFileSync(join(sequences, 'ref.yaml'), 'utf8');
    expect(text.split('\n')[1]).toContain('# Never capture the same reference computer a second time');
    expect(text).toContain('CapturePassword: !secret v1.');
    expect(text).not.toContain('hunter2');
    const [, , step] = (await opened(site, 'Ref')).steps;
    expect(step).toMatchObject({ with: { CapturePassword: { opened: 'hunter2-secret' } } });
  });

  test.each([
    [
      'build-and-capture',
      [...image, '--capture-path', '\\\\f\\w\\r.wim', '--capture-account', 'C\\c', '--capture-password-file', secret],
    ],
    ['upgrade', ['--upgrade-package', 'Setup', '--assessment', '--checks', '--reflect-drivers', 'C:\\D']],
    ['user-state', ['--usmt-package', 'USMT']],
    ['virtual-hard-disk', image],
    ['custom', []],
    ['non-os', []],
  ])('TPL-02: %s leaves the site without problems', async (kind, words) => {
    expect(await make(kind, '--name', `Kind ${kind}`, ...words)).toMatchObject({ code: 0, stderr: '' });
    const check = await osdkitInProcess(['site', 'check', '--site', site]);
    expect(check.code, check.stdout).toBe(0);
    expect(check.stdout).toContain('0 errors, 0 warnings');
  });

  test('a name that is there is refused, whatever its case', async () => {
    expect(await make('custom', '--name', 'Twice')).toMatchObject({ code: 0 });
    const before = readdirSync(sequences, { recursive: true });
    const again = await make('custom', '--name', 'twice');
    expect(again.code).toBe(2);
    expect(again.stderr).toContain('APP_NAME_TAKEN');
    expect(readdirSync(sequences, { recursive: true })).toEqual(before);
    // Another name whose file would be the same gets a file of its own.
    expect((await make('custom', '--name', 'Twice!')).stdout).toContain('task-sequences/twice-2.yaml');
  });

  test('everything wrong is told at once, by option and by line of the answers file; no secret is shown', async () => {
    const answers = join(folder, 'wrong.yaml');
    writeFileSync(answers, 'name: X\nadminPassword: hunter2\nimage: Windows 12\ndisk: 1.5\nproductKy: a\n');
    const { code, stderr, stdout } = await make('install', '--answers', answers, '--server-connections', '7', '--json');
    expect(code).toBe(2);
    const lines = stderr.split('\n').filter((line) => line.startsWith('  '));
    expect(lines.slice(0, -2).map((line) => line.replaceAll(folder, '').trim())).toEqual([
      '/wrong.yaml:2:1: adminPassword is a password and was given as plain text [TEMPLATE_SECRET_PLAIN]',
      '/wrong.yaml:4:1: disk must be a whole number of 0 to 99; found 1.5 [TEMPLATE_ANSWER_VALUE]',
      '/wrong.yaml:5:1: productKy is no question of the kind install [TEMPLATE_ANSWER_UNKNOWN]. Did you mean productKey?',
      '--boot-image is missing: Boot image [TEMPLATE_ANSWER_MISSING]',
      '--server-connections is given without per-server licensing (TPL-23) [TEMPLATE_ANSWERS_DISAGREE]',
      '/wrong.yaml:3:1: image names "Windows 12", which the site does not have [TEMPLATE_REFERENCE]. Did you mean Windows 11?',
    ]);
    expect(stderr + stdout).not.toContain('hunter2');
    expect(JSON.parse(stdout)).toMatchObject({ code: 'TEMPLATE_SECRET_PLAIN', exitCode: 2 });
  });

  test('what is typed holds over the answers file', async () => {
    const answers = join(folder, 'some.json');
    writeFileSync(answers, JSON.stringify({ name: 'From file', bootImage: 'pe-x64', description: '1.10' }));
    const made = await make('custom', '--answers', answers, '--name', 'Typed');
    expect(made).toMatchObject({ code: 0, stderr: '' });
    expect(await opened(site, 'Typed')).toMatchObject({ description: '1.10', bootImage: 'pe-x64' });
  });

  test('no is said by --no-...; where it is not, the answers file holds', async () => {
    const answers = join(folder, 'no.yaml');
    writeFileSync(answers, 'partition: false\ncaptureUserState: true\nusmtPackage: USMT\n');
    const words = ['--name', 'No', ...image, '--answers', answers, '--plan'];
    const { stdout } = await make('install', ...words, '--no-capture-network-settings');
    expect(stdout).toContain('type: capture-user-state');
    expect(stdout).not.toMatch(/type: (format-and-partition-disk|capture-network-settings)/);
    const other = join(folder, 'other.yaml');
    writeFileSync(other, 'captureUserState: true\n');
    const refused = await make(
      'install',
      '--name',
      'No',
      ...image,
      '--answers',
      other,
      '--no-capture-user-state',
      '--plan',
    );
    expect(refused.stdout).not.toContain('type: capture-user-state');
  });

  test('--ask without a terminal is refused', async () => {
    expect(await make('custom', '--name', 'Asked', '--ask')).toMatchObject({ code: 2, stdout: '' });
  });

  test.each([
    ['no YAML', 'name: [', /nothing\.yaml:\d+:\d+: /],
    ['a list', '- name', /questions and their answers are expected/],
    ['an alias', 'name: &a x\ndescription: *a', /nothing\.yaml:1:\d+: &a is an anchor/],
  ])('an answers file that is %s is refused', async (_what, text, told) => {
    const answers = join(folder, 'nothing.yaml');
    writeFileSync(answers, text);
    const { code, stderr } = await make('custom', '--answers', answers);
    expect(code).toBe(2);
    expect(stderr).toContain('APP_ANSWERS_FILE');
    expect(stderr).toMatch(told);
  });

  test('a folder outside of task-sequences is refused', async () => {
    for (const outside of ['../x', 'a//b', '.git', 'con']) {
      const { code, stderr } = await make('custom', '--name', 'Outside', '--folder', outside);
      expect({ code, isTold: stderr.includes('APP_OPTION') }, outside).toEqual({ code: 2, isTold: true });
    }
  });

  test('without a terminal and without answers all that is required is told', async () => {
    const { code, stderr } = await make('install');
    expect(code).toBe(2);
    for (const option of ['--name', '--boot-image', '--image']) expect(stderr).toContain(`${option} is missing`);
  });
});

describe('TPL-140: user state into an existing sequence', () => {
  const file = join(sequences, 'company.yaml');
  const text = `# Ours
id: ABC0A000
name: Company
bootImage: pe-x64
steps:
    # indented by four
    - group: Install
      steps:
          - step: Restart in Windows PE
            type: restart-computer
            with: { Target: WinPE } # flow
          - { step: Disk, type: format-and-partition-disk, with: { DiskIndex: 0 } }
          - step: Apply
            type: apply-operating-system-image
            with: { ImagePackageID: Windows 11, ImageIndex: 1 }
    - group: Set up
      steps:
          - step: Windows
            type: setup-windows-and-configmgr
          - step: Programs   # last
            type: install-application
            with: { ApplicationName: [Office] }
`;
  const names = async () =>
    (await opened(site, 'Company')).steps.map((item) => [
      item.name,
      ...(item.kind === 'group' ? item.steps.map(({ name }) => name) : []),
    ]);
  const userFiles = ['Request User State Storage', 'Capture User Files and Settings', 'Release User State Storage'];

  test('both parts go where they belong; every other line stays byte for byte', async () => {
    writeFileSync(file, text);
    const made = await make('user-state', '--into', 'company', '--usmt-package', 'USMT');
    expect(made).toMatchObject({ code: 0, stderr: '' });
    expect(await names()).toEqual([
      ['Capture User Files and Settings', ...userFiles],
      ['Install', 'Restart in Windows PE', 'Disk', 'Apply'],
      ['Set up', 'Windows', 'Programs', 'Restore User Files and Settings'],
    ]);
    const after = readFileSync(file, 'utf8').split('\n');
    let at = 0;
    for (const line of text.split('\n')) {
      const found = after.indexOf(line, at);
      expect(found, line).toBeGreaterThanOrEqual(0);
      at = found + 1;
    }
  });

  test('one part at a named place; a plan shows the difference and writes nothing', async () => {
    writeFileSync(file, text);
    const words = ['--into', 'ABC0A000', '--usmt-package', 'USMT', '--part'];
    const plan = await make('user-state', ...words, 'restore', '--before', 'Programs', '--plan');
    expect(plan.stdout).toMatch(/^\+ +- group: Restore User Files and Settings$/m);
    expect(plan.stdout).not.toMatch(/^-[^-]/m);
    expect(readFileSync(file, 'utf8')).toBe(text);
    expect((await make('user-state', ...words, 'restore', '--before', '2.2')).code).toBe(0);
    expect((await make('user-state', ...words, 'capture', '--after', 'Restart in Windows PE')).code).toBe(0);
    expect(await names()).toEqual([
      ['Install', 'Restart in Windows PE', 'Capture User Files and Settings', 'Disk', 'Apply'],
      ['Set up', 'Windows', 'Restore User Files and Settings', 'Programs'],
    ]);
  });

  test('refused: places on the wrong side, a name or folder beside --into, places without it', async () => {
    writeFileSync(file, text);
    const into = ['--into', 'Company', '--usmt-package', 'USMT'];
    const refusals: readonly (readonly [string[], string])[] = [
      [[...into, '--before', 'Apply'], 'TEMPLATE_PLACE'],
      [[...into, '--part', 'restore', '--after', 'Disk'], 'TEMPLATE_PLACE'],
      [[...into, '--part', 'none'], 'APP_OPTION'],
      [[...into, '--part', 'capture', '--before', 'Disk', '--after', 'Disk'], 'APP_OPTION'],
      [[...into, '--name', 'Other'], 'APP_OPTION'],
      [[...into, '--folder', 'x'], 'APP_OPTION'],
      [['--into', 'Compny', '--usmt-package', 'USMT'], 'APP_OBJECT'],
      [['--name', 'State', '--usmt-package', 'USMT', '--before', 'Disk'], 'APP_OPTION'],
      [['--into', 'Company'], 'TEMPLATE_ANSWER_MISSING'],
    ];
    for (const [words, expected] of refusals) {
      const { code, stderr } = await make('user-state', ...words);
      expect({ code, isTold: stderr.includes(expected) }, `${words.join(' ')}: ${stderr}`).toEqual({
        code: 2,
        isTold: true,
      });
    }
    expect(readFileSync(file, 'utf8')).toBe(text);
  });
});

test('options and an answers file give the same model', async () => {
  writeFileSync(join(folder, 'local.txt'), 'local secret\n');
  writeFileSync(join(folder, 'join.txt'), 'join secret\n');
  const words = OPTIONS.map((word) => (/^(local|join)\.txt$/.test(word) ? join(folder, word) : word));
  expect(await make('install', ...words)).toMatchObject({ code: 0, stderr: '' });
  const typed = await opened(site, 'Windows 11');
  const answers = join(folder, 'answers.json');
  writeFileSync(answers, JSON.stringify({ ...ANSWERS, name: 'Again' }));
  expect(await make('install', '--answers', answers)).toMatchObject({ code: 0, stderr: '' });
  const { id, ...again } = await opened(site, 'Again');
  expect(id).not.toBe(typed.id);
  expect({ ...again, name: typed.name, id: typed.id }).toEqual(typed);
});
