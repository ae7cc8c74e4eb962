/** Where lint thinks that a run is, and what it knows there. */
import { describe, expect, test } from 'vitest';
import { lintSequence } from '../../../src/lint/index.ts';
import { IMAGES, labOf, siteOf } from '../site/site-of.ts';
import { APPLY, DISK, PE, sequence, SETUP } from './cases.ts';

type Files = Readonly<Record<string, string>>;

const FILE = 'task-sequences/s.yaml';

/** `line CODE` of findings of lint, notes left out. */
function told(text: string, more: Files = {}): string[] {
  const { site, problems } = siteOf({ ...IMAGES, ...more, [FILE]: text });
  const found = site.find('taskSequence', 'S');
  if (!found) throw new Error(JSON.stringify(problems));
  return lintSequence(site, found, problems)
    .filter(({ code, severity }) => code.startsWith('LINT_') && severity !== 'note')
    .map(({ line, code }) => `${line} ${code}`);
}

const item = (name: string, type: string, values: string, more = '') =>
  `  - { step: ${name}, type: ${type}${more}, with: { ${values} } }\n`;
const command = (name: string, more = '', line = 'ver') =>
  item(name, 'run-command-line', `CommandLine: '${line}'`, more);
const set = (name: string, value: string, more = '') =>
  item(`Set ${name}`, 'set-task-sequence-variable', `VariableName: ${name}, VariableValue: "${value}"`, more);
const when = (variable: string, value: string) => `, condition: [{ variable: ${variable}, equals: "${value}" }]`;
const group = (name: string, steps: string, more = '') =>
  `  - group: ${name}\n${more}    steps:\n${steps.replaceAll(/^/gm, '    ').trimEnd()}\n`;
const full = (steps: string) => sequence(steps, 'description: x');

describe('environment', () => {
  test('a bare-metal sequence starts in Windows PE, one for clients in the full OS', () => {
    const text = sequence(DISK + APPLY + SETUP);
    const deployed = (to: string) =>
      told(text, {
        ...labOf(1),
        'deployments/d.yaml': `id: ABC00030\nname: D\ntaskSequence: S\ncollection: Lab\npurpose: required\navailableTo: ${to}\nschedule: { assignments: [{ at: "2026-12-01T08:00" }] }\n`,
      });
    expect(told(text)).toEqual([]);
    expect(deployed('mediaAndPxe')).toEqual([]);
    expect(deployed('clients')).toEqual(['5 LINT_MISSING_RESTART']);
    expect(deployed('clientsMediaAndPxe')).toEqual([]);
  });

  test('after set-up it is the full OS, after a restart what its target is', () => {
    expect(told(sequence(PE + DISK + APPLY + SETUP + DISK.replace('step: Disk', 'step: Again')))).toEqual(
      ['12 LINT_MISSING_RESTART', '12 LINT_APPLY_BEFORE_PARTITION'].sort(),
    );
    const back = item('Back', 'restart-computer', 'Target: WinPE');
    expect(
      told(
        sequence(
          PE + DISK + APPLY + SETUP + back + item('Data', 'apply-data-image', 'ImagePackageID: win11, ImageIndex: 1'),
        ),
      ),
    ).toEqual([]);
  });

  test('what is told once does not repeat for what follows', () => {
    const join = (name: string) => item(name, 'join-domain-or-workgroup', 'Type: 1, WorkgroupName: W');
    expect(told(sequence(PE + join('First') + join('Second')))).toEqual(['9 LINT_MISSING_RESTART']);
  });

  test('conditions on the environment are decided in each', () => {
    const both = group('In PE', DISK, '    condition: [{ variable: _SMSTSInWinPE, equals: "true" }]\n');
    expect(told(sequence(both + command('Last')))).toEqual([]);
    expect(told(sequence(PE + command('Never', when('_SMSTSInWinPE', 'false'))))).toEqual(['9 LINT_NEVER_TRUE']);
  });
});

describe('ways', () => {
  test('a step that cannot run where it is reached leaves the other way', () => {
    const asks = command('Ask', when('_SMSTSInWinPE', 'false'));
    expect(told(sequence(DISK + asks))).toEqual(['6 LINT_NEVER_TRUE']);
    expect(told(sequence(asks + DISK))).toEqual([]);
    const known = set('Mode', 'a', when('_SMSTSInWinPE', 'true'));
    expect(told(sequence(known + DISK + command('Ask', when('Mode', 'b'))))).toEqual(['7 LINT_NEVER_TRUE']);
    expect(told(sequence(known + command('Ask', when('Mode', 'b'))))).toEqual([]);
  });

  test('without a boot image a deployed sequence starts in the full OS; nobody knows where another one runs it', () => {
    const text = full(command('Ask', when('_SMSTSInWinPE', 'true')));
    const deployed = {
      ...labOf(1),
      'deployments/d.yaml':
        'id: ABC00030\nname: D\ntaskSequence: S\ncollection: Lab\npurpose: available\navailableTo: clientsMediaAndPxe\n',
    };
    expect(told(text)).toEqual([]);
    expect(told(text, deployed)).toEqual(['5 LINT_NEVER_TRUE']);
  });

  test('what only one of two ways has done is not done', () => {
    const maybe = APPLY.replace('type:', `${when('_SMSTSMake', 'x').slice(2)}, type:`);
    expect(told(sequence(PE + maybe + DISK + SETUP))).toEqual([]);
    const taken = APPLY.replace('type:', 'continueOnError: true, type:');
    expect(told(sequence(PE + taken + DISK + SETUP))).toEqual([]);
    expect(told(sequence(PE + APPLY + DISK + SETUP))).toEqual(['10 LINT_APPLY_BEFORE_PARTITION']);
  });
});

describe('constants', () => {
  test('two ways with two values leave none', () => {
    const asks = (value: string) => command('Ask', when('Mode', value));
    const text = set('Mode', 'c') + set('Mode', 'b', when('_SMSTSMake', 'x')).replace('Set Mode', 'Other mode');
    expect(told(full(text + asks('b')))).toEqual([]);
    expect(told(full(text + asks('c')))).toEqual([]);
  });

  test('a value that every way has set decides a condition', () => {
    const asks = command('Ask', when('Mode', 'b'));
    expect(told(full(set('Mode', 'a') + asks))).toEqual(['6 LINT_NEVER_TRUE']);
    expect(told(full(set('Mode', 'b') + asks))).toEqual([]);
    expect(told(full(set('Mode', 'a', when('Other', 'x')) + asks))).not.toContain('6 LINT_NEVER_TRUE');
    expect(told(full(set('Mode', '%Other%') + asks))).not.toContain('6 LINT_NEVER_TRUE');
  });

  test('a script in between may have changed it', () => {
    expect(told(full(set('Mode', 'a') + command('Script') + command('Ask', when('Mode', 'b'))))).toEqual([]);
  });

  test('values that a built-in variable never has; parts that exclude each other', () => {
    const conditioned = (text: string) => told(full(command('Ask', `, condition: ${text}`)));
    expect(conditioned('[{ variable: _SMSTSBootUEFI, equals: maybe }]')).toEqual(['5 LINT_NEVER_TRUE']);
    expect(conditioned('[{ variable: _SMSTSBootUEFI, equals: TRUE }]')).toEqual([]);
    expect(conditioned('[{ variable: _SMSTSBootUEFI, notEquals: maybe }]')).toEqual([]);
    expect(
      conditioned('[{ all: [{ variable: _SMSTSMake, exists: true }, { variable: _smstsmake, notExists: true }] }]'),
    ).toEqual(['5 LINT_NEVER_TRUE']);
    expect(
      conditioned('[{ none: [{ variable: _SMSTSMake, equals: a }, { variable: _SMSTSMake, equals: b }] }]'),
    ).toEqual([]);
    const both = '{ all: [{ variable: _SMSTSMake, equals: a }, { variable: _SMSTSMake, equals: b }] }';
    expect(conditioned(`[{ any: [${both}, { variable: _SMSTSInWinPE, equals: x }] }]`)).toEqual(['5 LINT_NEVER_TRUE']);
    expect(conditioned(`[{ none: [${both}] }]`)).toEqual([]);
    expect(conditioned('[{ any: [] }]')).toEqual(['5 LINT_NEVER_TRUE']);
  });
});

describe('ends', () => {
  test('what always fails ends the run, unless that is taken', () => {
    const fail = (more = '', line = 'cmd.exe /c exit /b 1') => command('Fail', more, line);
    expect(told(full(fail() + command('Late') + command('Later')))).toEqual(['6 LINT_UNREACHABLE']);
    expect(told(full(fail(', continueOnError: true') + command('Late')))).toEqual([]);
    expect(told(full(fail(', successCodes: [1]') + command('Late')))).toEqual([]);
    expect(told(full(fail(when('_SMSTSMake', 'x')) + command('Late')))).toEqual([]);
    expect(told(full(fail('', 'cmd /c exit %_SMSTSLastActionRetCode%') + command('Late')))).toEqual([]);
    expect(told(full(fail('', 'exit 3010') + command('Late')))).toEqual([]);
    const taken = group('G', fail() + command('Inside'), '    continueOnError: true\n');
    expect(told(full(taken + command('Late')))).toEqual(['9 LINT_UNREACHABLE']);
  });

  test('a computer that is shut down runs nothing more', () => {
    const prepare = item('Prepare', 'prepare-windows-for-capture', 'ShutdownPreparedOs: true');
    expect(told(sequence(prepare + command('Late')))).toEqual(['6 LINT_UNREACHABLE']);
  });

  test('disabled items are not judged', () => {
    expect(told(full(command('Fail', '', 'exit 1') + command('Late', ', enabled: false')))).toEqual([]);
  });
});

describe('child sequences', () => {
  const child = (steps: string) => ({
    'task-sequences/c.yaml': `id: ABC00011\nname: Child\nsteps:\n${steps}`,
  });
  const runChild = item('Run child', 'run-task-sequence', 'TsPackageID: Child');

  test('run where their parent is, and leave it where they end', () => {
    const app = item('App', 'install-package', 'PackageID: p, ProgramName: x');
    const p = { 'packages/p.yaml': 'id: ABC00005\nname: p\n' };
    expect(told(sequence(PE + runChild), { ...child(app), ...p })).toEqual(['4 LINT_MISSING_RESTART']);
    expect(told(sequence(PE + runChild + app), { ...child(SETUP), ...p })).toEqual([]);
  });

  test('linted alone a child may start in either, and knows what its parents set', () => {
    const inside = item('Connect', 'connect-to-network-folder', `Path: '\\\\%Server%\\share'`);
    const files = { ...child(runChild.replace('Child', 'S')), [FILE]: '' };
    const alone = sequence(inside + DISK, 'description: x');
    expect(told(alone, files)).toEqual(['5 LINT_VARIABLE_NEVER_SET']);
    expect(told(alone, child(set('Server', 'srv') + runChild.replace('TsPackageID: Child', 'TsPackageID: S')))).toEqual(
      [],
    );
  });

  test('one that runs itself ends', () => {
    expect(told(sequence(runChild), child(runChild.replace('Child', 'S')))).toEqual([]);
  });
});

describe('variables', () => {
  const use = (name: string) => item('Use', 'connect-to-network-folder', `Path: '\\\\%${name}%\\share'`);

  test('site, collections, devices, steps, engine and Windows give values', () => {
    const warned = (steps: string, more: Files = {}) =>
      told(full(steps), more).some((text) => text.includes('NEVER_SET'));
    expect(warned(use('Server'))).toBe(true);
    expect(warned(use('_SMSTSMP') + use('SystemDrive'))).toBe(false);
    expect(warned(set('SERVER', 'x') + use('Server'))).toBe(false);
    const device = { 'devices/a.yaml': 'name: A\nmacAddresses: ["00:15:5D:00:00:01"]\nvariables: { server: x }\n' };
    expect(warned(use('Server'), device)).toBe(false);
    const rules = item(
      'Rules',
      'set-dynamic-variables',
      'Rules: { rules: [{ variables: [{ name: Server, value: x }] }] }',
    );
    expect(warned(rules + use('Server'))).toBe(false);
    const letter = DISK.replace(
      'DiskIndex: 0',
      'DiskIndex: 0, Partitions: [{ Type: Primary, Size: 1, SizeUnits: GB, VolumeLetterVariable: Server }]',
    );
    expect(told(sequence(letter + use('Server'))).filter((text) => text.includes('NEVER_SET'))).toEqual([]);
  });

  test('properties that name a variable: the drive to apply to, the first of a list', () => {
    const drive = APPLY.replace('ImageIndex: 1', 'ImageIndex: 1, DestinationVariable: OSDrive');
    const made = DISK.replace(
      'DiskIndex: 0',
      'DiskIndex: 0, Partitions: [{ Type: Primary, Size: 1, SizeUnits: GB, VolumeLetterVariable: OSDrive }]',
    );
    expect(told(sequence(DISK + drive + SETUP))).toEqual(['6 LINT_VARIABLE_NEVER_SET']);
    expect(told(sequence(made + drive + SETUP))).toEqual([]);
    const list = item('Apps', 'install-application', 'BaseVariableName: APP');
    const device = { 'devices/a.yaml': 'name: A\nmacAddresses: ["00:15:5D:00:00:01"]\nvariables: { APP01: x }\n' };
    expect(told(full(list))).toEqual(['5 LINT_VARIABLE_NEVER_SET']);
    expect(told(full(list), device)).toEqual([]);
  });

  test('wildcards of LIKE are no variables', () => {
    const query = `, condition: [{ wmi: "select * from Win32_ComputerSystem where Model like '%Surface%'" }]`;
    expect(told(full(command('Ask', query)))).toEqual([]);
  });
});

test('passwords in commands and scripts, not variables and other words', () => {
  const found = (line: string) => {
    const text = full(`  - step: Run\n    type: run-command-line\n    with:\n      CommandLine: |-\n        ${line}\n`);
    return told(text).filter((each) => each.includes('SECRET_IN_TEXT')).length;
  };
  for (const line of [
    'net use z: \\\\srv\\share /user:contoso\\joe Hunter2',
    'netdom join x --password=Hunter2',
    'powershell -c "ConvertTo-SecureString \'Hunter2\' -AsPlainText -Force"',
    'msiexec /i a.msi PASSWORD=Hunter2',
    'x.exe -pwd "Hunter2"',
  ]) {
    expect(found(line), line).toBe(1);
  }
  for (const line of [
    'net use z: \\\\srv\\share /user:contoso\\joe %Password%',
    'net use z: \\\\srv\\share',
    'manage-bde -protectors -add c: -recoverypassword',
    'x.ps1 -Password $secret -Pass:%P%',
    'x.exe -PassThru -p 8080',
    'net use z: \\\\srv\\share * /user:contoso\\joe /persistent:no',
  ]) {
    expect(found(line), line).toBe(0);
  }
});
