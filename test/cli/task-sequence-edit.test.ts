/** Groups and steps edited from the command line, as a user does it: files before and after, and what is refused. */
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { stepTypes } from '../../src/steps/index.ts';
import { siteJsonSchemas } from '../../src/site/index.ts';
import { open } from '../../src/protocol/index.ts';
import { siteFolder, siteKeys, textOf } from '../src/app/site-folder.ts';
import { osdkitInProcess } from './in-process.ts';
import { done, refused, result } from './site-commands.ts';

const path = 'task-sequences/script.yaml';
const file = `# yaml-language-server: $schema=../schemas/task-sequences.schema.json
id: ABC00010
name: Script   # keep
steps:
  # the first
  - step: Run it
    type: run-command-line
    with: { CommandLine: cmd /c ver }
  - group: Install
    steps:
      - step: Partition Disk 0
        type: format-and-partition-disk
        with: { DiskIndex: 0, Partitions: [{ Type: Primary, Size: 100, SizeUnits: Percent }] }
      - group: Empty
        steps: []
`;

function newSequence(more: Readonly<Record<string, string>> = {}) {
  const site = siteFolder({ [path]: file, ...more });
  const edit = (...words: string[]) => ['task-sequence', 'edit', ...words, '--site', site];
  return { site, edit, text: () => textOf(site, path) };
}

describe('osdkit task-sequence edit add', () => {
  test('EDIT-01: one command is one write of one file, and every other line stays', async () => {
    const { site, edit, text } = newSequence();
    const words = edit('add', 'Script', 'run-command-line', '--into', 'Empty', '--set', 'CommandLine=cmd /c dir');
    const planned = await result<{ changes: { file: string; diff: string }[] }>([...words, '--plan']);
    expect(text()).toBe(file);
    const written = await result<{ changes: { file: string; diff: string }[] }>(words);
    expect(written.changes).toEqual(planned.changes);
    expect(text()).toBe(
      file.replace(
        '        steps: []\n',
        '        steps:\n          - step: Run Command Line\n            type: run-command-line\n            with:\n              CommandLine: cmd /c dir\n',
      ),
    );
    expect(written.changes.map((change) => change.file)).toEqual([path]);
    expect(readdirSync(join(site, 'task-sequences'))).toEqual(['script.yaml']);
  });

  test('EDIT-01: nothing is written when the edit would make a mistake; all of them are told with their places', async () => {
    const { edit, text } = newSequence();
    const { stderr } = await refused(
      edit('add', 'Script', 'run-command-line', '--set', 'CommandLin=x', '--set', 'RunAsUser=maybe'),
      'APP_SITE',
    );
    expect(stderr).toMatch(/script\.yaml:\d+:\d+: CommandLin: .*no such property/);
    expect(stderr).toContain('CommandLine');
    expect(stderr).toMatch(/script\.yaml:\d+:\d+: RunAsUser must be true or false/);
    expect(text()).toBe(file);
  });

  test('EDIT-02: help lists every step type once under its category, and so does the JSON Schema', async () => {
    const { stdout } = await osdkitInProcess(['task-sequence', 'edit', 'add', '--help']);
    const menu = stdout.slice(stdout.indexOf('Step types by category:'), stdout.indexOf('Examples:'));
    const listed: [string, string][] = [];
    let category = '';
    for (const line of menu.split('\n').slice(1)) {
      if (/^ {2}\S/.test(line)) category = line.trim();
      const [, name] = /^ {4}(\S+) {2}/.exec(line) ?? [];
      if (name !== undefined) listed.push([name, category]);
    }
    const expected = stepTypes.map(({ definition: { name, category: of } }): [string, string] => [name, of]);
    expect(new Map(listed)).toEqual(new Map(expected));
    expect(listed).toHaveLength(expected.length);
    expect(new Map(listed).get('run-command-line')).toBe('General');
    expect(
      listed.filter(([name, of]) => of === 'Images' && /capture|prepare/.test(name)).map(([name]) => name),
    ).toEqual([
      'prepare-configmgr-client-for-capture',
      'prepare-windows-for-capture',
      'capture-operating-system-image',
    ]);
    const schema = JSON.stringify(siteJsonSchemas()['task-sequences.schema.json']);
    for (const of of ['General', 'Software', 'Disks', 'User State', 'Images', 'Drivers', 'Settings']) {
      expect(menu).toContain(`  ${of}\n`);
      expect(schema).toContain(`Category: ${of}.`);
    }
  });

  test('EDIT-02: types by category, and what --set takes of one', async () => {
    const words = ['task-sequence', 'edit', 'types'];
    const all = await result<{ categories: { types: { type: string }[] }[]; type: null }>(words);
    expect(all.type).toBeNull();
    expect(all.categories.flatMap(({ types }) => types)).toHaveLength(stepTypes.length);
    const shown = await done(['task-sequence', 'edit', 'types', 'Join Workgroup']);
    expect(shown).toContain('join-domain-or-workgroup (Join Domain or Workgroup)\n');
    expect(shown).toMatch(/^ {2}Type +0 domain, 1 workgroup +0 to 1$/m);
    expect(shown).toMatch(/^ {2}DomainPassword +Password of that account +text; --secret or --secret-file$/m);
    const apply = await done(['task-sequence', 'edit', 'types', 'run-command-line']);
    expect(apply).toMatch(/^ {2}CommandLine +The command +text; required$/m);
    expect(apply).not.toContain('Dialect');
  });

  test('TPL-06: a type is taken by its name, its title and the name that the wizard gives', async () => {
    const { edit, text } = newSequence();
    const partitions = 'Partitions=[{ Type: Primary, Size: 100, SizeUnits: Percent }]';
    const add = (type: string) =>
      result<{ item: { name: string; type: string; title: string } }>(
        edit('add', 'Script', type, '--set', 'diskindex=1', '--set', partitions),
      );
    const title = 'Format and Partition Disk';
    const type = 'format-and-partition-disk';
    expect((await add(type)).item).toMatchObject({ name: title, type, title });
    expect((await add('Format and Partition Disk')).item).toMatchObject({ name: title, type, title });
    expect((await add('partition disk 0 - bios')).item).toMatchObject({ name: 'Partition Disk 0 - BIOS', type, title });
    expect(text().match(/type: format-and-partition-disk/g)).toHaveLength(4);
    const { stderr } = await refused(edit('add', 'Script', 'Partition Dsik'), 'STEP_TYPE_UNKNOWN');
    expect(stderr).toContain('Did you mean');
  });

  test('options, a condition in YAML, a property from a file', async () => {
    const { site, edit, text } = newSequence();
    writeFileSync(join(site, 'x.ps1'), 'Get-Date\nGet-Host\n');
    await done(
      edit(
        'add',
        'Script',
        'run-powershell-script',
        '--name',
        'S',
        '--after',
        '1',
        '--disabled',
        '--set-file',
        `SourceScript=${join(site, 'x.ps1')}`,
        '--description',
        'why',
        '--continue-on-error',
        '--condition',
        "{ variable: _SMSTSInWinPE, equals: 'false' }",
        '--timeout',
        '60',
        '--retry-count',
        '2',
        '--success-codes',
        '0,3010',
      ),
    );
    const added = text().slice(text().indexOf('  - step: S\n'), text().indexOf('  - group: Install'));
    expect(added).toBe(`  - step: S
    type: run-powershell-script
    description: why
    enabled: false
    continueOnError: true
    timeout: 60
    successCodes:
      - 0
      - 3010
    retryCount: 2
    condition:
      - variable: _SMSTSInWinPE
        equals: "false"
    with:
      SourceScript: |
        Get-Date
        Get-Host
`);
  });

  test('a secret is refused in argv, and sealed from a file', async () => {
    const { site, edit, text } = newSequence();
    const join0 = ['--set', 'Type=0', '--set', 'DomainName=corp.example', '--set', 'DomainUsername=join@corp.example'];
    const words = edit('add', 'Script', 'join-domain-or-workgroup', ...join0);
    const { stdout, stderr } = await refused([...words, '--set', 'DomainPassword=hunter2'], 'APP_SECRET_IN_ARGV');
    expect(stdout + stderr).not.toContain('hunter2');
    await refused([...words, '--secret', 'DomainPassword'], 'APP_PASSWORD_MISSING');
    writeFileSync(join(site, 'pw'), 'hunter2\n');
    const shown = await done([...words, '--secret-file', `domainpassword=${join(site, 'pw')}`]);
    expect(shown).not.toContain('hunter2');
    const sealed = /DomainPassword: !secret (\S+)/.exec(text())?.[1] ?? '';
    expect(open(sealed, siteKeys.sealing, 'test').reveal()).toBe('hunter2');
    expect(sealed).not.toContain('hunter2');
  });

  test('TPL-10: groups nest 64 deep, and not deeper', async () => {
    const nested = Array.from({ length: 63 }, (_, depth) => {
      const pad = ' '.repeat(2 + 4 * depth);
      return `${pad}- group: G${depth + 1}\n${pad}  steps:${depth === 62 ? ' []' : ''}\n`;
    });
    const deep = `id: ABC00011\nname: Deep\nsteps:\n${nested.join('')}`;
    const { edit } = newSequence({ 'task-sequences/deep.yaml': deep });
    await done(edit('add-group', 'Deep', 'G64', '--into', 'G63'));
    const { stderr } = await refused(edit('add-group', 'Deep', 'G65', '--into', 'G64', '--plan'), 'APP_SITE');
    expect(stderr).toContain('SEQUENCE_TOO_DEEP');
  });
});

describe('osdkit task-sequence edit', () => {
  test('EDIT-05: remove tells how many steps go with a group', async () => {
    const { edit, text } = newSequence();
    expect(await done(edit('remove', 'Script', 'Install', '--plan'))).toContain(
      'Would remove group 2 "Install" with 1 step and 1 group in Script (ABC00010)',
    );
    await done(edit('remove', 'Script', 'Install'));
    expect(text()).toBe(file.slice(0, file.indexOf('  - group: Install')));
  });

  test('EDIT-06: what was edited is told with its own name and the title of its type', async () => {
    const { edit } = newSequence();
    expect(await done(edit('disable', 'Script', '2.1'))).toContain(
      'Disabled step 2.1 "Partition Disk 0" (Format and Partition Disk) in Script',
    );
  });

  test('enable takes back what disable wrote; a second time there is nothing to change', async () => {
    const { edit, text } = newSequence();
    await done(edit('disable', 'Script', 'Install'));
    expect(text()).toBe(file.replace('group: Install\n', 'group: Install\n    enabled: false\n'));
    await done(edit('enable', 'Script', 'install'));
    expect(text()).toBe(file);
    expect(await done(edit('enable', 'Script', 'install'))).toContain('Nothing to change');
  });

  test('EDIT-04: move by one, into a group, to the top; one direction at a time', async () => {
    const { edit, text } = newSequence();
    await done(edit('move', 'Script', 'Run it', '--down'));
    await done(edit('move', 'Script', 'Run it', '--into', 'Empty'));
    expect(text()).toContain('          - step: Run it\n            type: run-command-line\n');
    await done(edit('move', 'Script', 'Run it', '--top', '--first'));
    expect(text()).toBe(file);
    await refused(edit('move', 'Script', 'Run it', '--up', '--down'), 'APP_OPTION');
    await refused(edit('move', 'Script', 'Run it'), 'APP_OPTION');
    await refused(edit('move', 'Script', 'Run it', '--up'), 'SITE_ITEM');
  });

  test('copy stands behind the item, or where it is told', async () => {
    const { edit, text } = newSequence();
    await done(edit('copy', 'Script', 'Run it', '--name', 'Run it again'));
    await done(edit('copy', 'Script', 'Run it', '--into', 'Empty'));
    expect(text().match(/step: Run it.*/g)).toEqual(['step: Run it', 'step: Run it again', 'step: Run it']);
  });

  test('EDIT-07: set changes name, options and properties, and takes them away', async () => {
    const { edit, text } = newSequence();
    await done(
      edit('set', 'Script', '1', '--name', 'X', '--set', 'CommandLine=dir', '--timeout', '5', '--description', 'd'),
    );
    expect(text()).toContain(
      '  - step: X\n    type: run-command-line\n    description: d\n    timeout: 5\n    with: { CommandLine: dir }\n',
    );
    const clear = [
      '--clear',
      'timeout',
      '--clear',
      'description',
      '--set',
      'CommandLine=cmd /c ver',
      '--name',
      'Run it',
    ];
    await done(edit('set', 'Script', 'X', ...clear));
    expect(text()).toBe(file);
    await refused(edit('set', 'Script', 'X'), 'SITE_ITEM');
    await refused(edit('set', 'Script', 'Run it'), 'APP_OPTION');
    await refused(edit('set', 'Script', 'Run it', '--condition', '[{ variable'), 'SITE_EDIT');
    await refused(edit('set', 'Script', 'Run it', '--clear', 'name'), 'APP_OPTION');
  });

  test('a file whose name ends in .yml is edited, too', async () => {
    const { site, edit } = newSequence({
      'task-sequences/other.yml': file.replace('ABC00010', 'ABC00012').replace('Script', 'Other'),
    });
    await done(edit('disable', 'Other', 'Run it'));
    expect(textOf(site, 'task-sequences/other.yml')).toContain('enabled: false');
  });

  test('a site with mistakes elsewhere can be edited, a sequence that cannot be read not', async () => {
    const bad = 'packages/bad.yaml';
    const { edit, text } = newSequence({ [bad]: 'id: ABC00009\nname: Bad\nfoo: 1\n' });
    await done(edit('disable', 'Script', '1'));
    expect(text()).not.toBe(file);
    const broken = newSequence({ 'task-sequences/broken.yaml': 'id: ABC00011\nname: Broken\nsteps: 5\n' });
    const { stderr } = await refused(broken.edit('remove', 'Broken', '1'), 'APP_SITE');
    expect(stderr).toContain('task-sequences/broken.yaml:3');
  });
});

describe('osdkit task-sequence copy, move, enable, disable', () => {
  const deployment = {
    'collections/lab.yaml': 'id: ABC00020\nname: Lab\ntype: device\n',
    'deployments/lab.yaml':
      'id: ABC00030\nname: Script to Lab\ntaskSequence: ABC00010\ncollection: Lab\npurpose: available\n',
  };

  test('EDIT-09: a copy has its own id and stays in the folder; the rest of its file is that of the original', async () => {
    const { site } = newSequence({
      'task-sequences/clients/inner.yaml': file.replaceAll('00010', '00040').replace('Script', 'Inner'),
    });
    const { copy } = await result<{ copy: { id: string; name: string; file: string } }>([
      'task-sequence',
      'copy',
      'Inner',
      '--name',
      'Pilot',
      '--site',
      site,
    ]);
    expect(copy).toEqual({ id: 'ABC00041', name: 'Pilot', file: 'task-sequences/clients/pilot.yaml' });
    const original = textOf(site, 'task-sequences/clients/inner.yaml');
    expect(textOf(site, copy.file)).toBe(
      original.replace('ABC00040', 'ABC00041').replace('name: Inner', 'name: Pilot'),
    );
    const again = await result<{ copy: { name: string } }>(['task-sequence', 'copy', 'Pilot', '--site', site]);
    expect(again.copy.name).toBe('Pilot - copy');
    await refused(['task-sequence', 'copy', 'Pilot', '--name', 'inner', '--site', site], 'APP_NAME_TAKEN');
  });

  test('EDIT-10: a moved sequence keeps its id and its deployments', async () => {
    const { site } = newSequence(deployment);
    const words = ['task-sequence', 'move', 'Script', 'clients/new', '--site', site];
    expect(await done([...words, '--plan'])).toContain('--- a/task-sequences/script.yaml');
    expect(existsSync(join(site, path))).toBe(true);
    await done(words);
    const moved = 'task-sequences/clients/new/script.yaml';
    expect(existsSync(join(site, path))).toBe(false);
    expect(textOf(site, moved)).toBe(file.replace('$schema=../', '$schema=../../../'));
    expect(textOf(site, 'deployments/lab.yaml')).toBe(deployment['deployments/lab.yaml']);
    const check = await result(['site', 'check', '--site', site]);
    expect(check['errors']).toBe(0);
    await done(['task-sequence', 'move', 'ABC00010', '/', '--site', site]);
    expect(textOf(site, path)).toBe(file);
  });

  test.each(['../x', 'a/../../x', 'a:b', 'con', '.hidden'])('no folder: %s', async (folder) => {
    const { site } = newSequence();
    await refused(['task-sequence', 'move', 'Script', folder, '--site', site, '--plan'], 'APP_OPTION');
  });

  test('EDIT-11 EDIT-12: disabling and enabling touch the sequence alone; its deployment stays as it is', async () => {
    const { site, text } = newSequence(deployment);
    await done(['task-sequence', 'disable', 'Script', '--site', site]);
    expect(text()).toBe(file.replace('# keep\n', '# keep\nenabled: false\n'));
    const shown = await result<{ parts: { state: string; why: string }[] }>([
      'site',
      'show',
      'ABC00030',
      '--site',
      site,
    ]);
    expect(
      shown.parts
        .filter(({ state }) => state === 'missing')
        .map(({ why }) => why)
        .join('\n'),
    ).toMatch(/Script.*disabled/);
    await done(['task-sequence', 'enable', 'Script', '--site', site]);
    expect(text()).toBe(file);
    expect(textOf(site, 'deployments/lab.yaml')).toBe(deployment['deployments/lab.yaml']);
  });
});

test('what is not a task sequence is not edited', async () => {
  const { edit } = newSequence({ 'packages/tools.yaml': 'id: ABC00050\nname: Tools\n' });
  await refused(edit('remove', 'Tools', '1'), 'APP_OBJECT');
});
