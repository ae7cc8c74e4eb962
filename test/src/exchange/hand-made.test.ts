/** Shapes of sequences that the samples do not have: read as typed, written as typed. */
import { expect, test } from 'vitest';
import { importPackage, readSequence, writeSequence, type SequenceContent } from '../../../src/exchange/index.ts';
import type { Group, Step, TaskSequence } from '../../../src/model/index.ts';
import { canonical } from './canonical.ts';
import * as made from './hand-made.ts';

function asSequence(content: SequenceContent): TaskSequence {
  return { id: 'ABC00001', name: 'S', folder: '', steps: content.steps, extra: content.extra };
}

function readBack(text: string): SequenceContent {
  const content = readSequence(text, 'hand-made');
  const written = writeSequence(asSequence(content));
  expect(canonical(written)).toEqual(canonical(text));
  expect(readSequence(written, 'written')).toEqual(content);
  return content;
}

test('IO-18: a flat sequence', () => {
  const { steps } = readBack(made.flat);
  expect(steps).toEqual([
    {
      kind: 'step',
      name: 'One',
      type: 'run-command-line',
      with: { CommandLine: 'a.exe', DisableWow64Redirection: false, RunAsUser: false, SuccessCodes: '0 3010' },
    },
    expect.objectContaining({ name: 'Two', with: expect.objectContaining({ CommandLine: 'b.exe /x && c' }) }),
  ]);
});

test.each([8, 64])('IO-18: groups %i deep', (depth) => {
  let { steps } = readBack(made.nested(depth));
  for (let level = 1; level <= depth; level++) {
    const group = steps[0] as Group;
    expect([group.kind, group.name]).toEqual(['group', `Level ${level}`]);
    steps = group.steps;
  }
  expect(steps[0]?.name).toBe('Innermost');
});

test('IO-18: a child sequence', () => {
  const { steps } = readBack(made.child);
  const [group] = steps as readonly Group[];
  expect(group?.steps[0]).toMatchObject({ type: 'run-task-sequence', with: { TsPackageID: 'ABC00042' } });
});

test('IO-18: steps of MDT inside a ConfigMgr sequence', () => {
  const { steps } = readBack(made.mdtInConfigMgr);
  expect(steps[0]).toEqual({
    kind: 'step',
    name: 'Gather',
    type: expect.any(String),
    with: { GatherLocalOnly: false, PackageID: 'ABC00010', RulesFile: 'CustomSettings.ini' },
    ...((steps[0] as Step).successCodes ? { successCodes: [0, 3010] } : {}),
  });
});

test('IO-18: every kind of condition', () => {
  const { steps } = readBack(made.conditions);
  expect(steps[0]?.condition).toEqual([
    {
      kind: 'any',
      of: [
        {
          kind: 'all',
          of: [
            { kind: 'variable', variable: 'Count', operator: 'greaterEqual', value: '4' },
            { kind: 'none', of: [{ kind: 'wmi', query: "SELECT * FROM Win32_Battery WHERE Name LIKE '%a%'" }] },
          ],
        },
        { kind: 'folder', path: 'C:\\Temp', dateTime: { operator: 'less', value: '20260101000000.000000+000' } },
        { kind: 'file', path: 'C:\\Windows\\notepad.exe', version: { operator: 'greaterEqual', value: '10.0.1' } },
        {
          kind: 'registry',
          keyPath: 'HKEY_LOCAL_MACHINE\\SOFTWARE\\Contoso',
          operator: 'equals',
          value: 'Ring',
          type: 'REG_DWORD',
          data: '5',
        },
        {
          kind: 'software',
          operator: 'ThisVersion',
          productCode: '{00000000-0000-0000-0000-000000000001}',
          productName: 'Contoso',
          upgradeCode: '{00000000-0000-0000-0000-000000000002}',
          version: '1.2',
        },
      ],
    },
    {
      kind: 'operatingSystem',
      platforms: [
        {
          name: 'All Windows 11 (64-bit)',
          keys: {
            PlatformArchKey: 'x64',
            PlatformMaxVerKey: '10.00.99999.9999',
            PlatformMinVerKey: '10.00.22000.0',
            PlatformTypeKey: 'Win NT Client',
          },
          queries: [{ query: 'SELECT OsLanguage FROM Win32_OperatingSystem' }],
        },
      ],
    },
  ]);
});

test('IO-17: what no definition knows is kept as data, reported with its place, and written again', async () => {
  const { steps } = readBack(made.unknown);
  const [group] = steps as readonly Group[];
  expect(group?.extra).toEqual({
    attributes: { contoso: '1' },
    elements: [
      {
        name: 'contosoData',
        attributes: { kind: 'x' },
        text: '',
        children: [{ name: 'inner', attributes: {}, text: 'text', children: [] }],
      },
    ],
  });
  expect(group?.steps[0]).toEqual({
    kind: 'step',
    name: 'Thing',
    type: 'unknown',
    runIn: 'WinPEandFullOS',
    successCodes: [0, 3010],
    retryCount: 0,
    runFromNet: false,
    with: {},
    extra: {
      type: 'Contoso_Action',
      action: 'contoso.exe /x',
      attributes: { contosoMode: 'fast' },
      variables: [
        { name: 'A', property: 'A', value: '1' },
        { name: 'B', hidden: true, value: '' },
      ],
    },
  });
  expect(group?.steps[1]).toMatchObject({
    type: 'restart-computer',
    successCodes: [0, 0xffffffff],
    condition: [
      { kind: 'unreadable', type: 'Contoso_Expression', variables: [['X', '1']] },
      {
        kind: 'unreadable',
        type: '<novelty>',
        variables: [
          ['@a', '1'],
          ['<b', ''],
          ['#', '2'],
          ['>', ''],
        ],
      },
    ],
    extra: {
      action: 'smsboot.exe /target:HD /odd',
      attributes: { successCodeList: '0 -1' },
      variables: [{ name: 'ContosoExtra', property: 'ContosoExtra', value: '1' }],
    },
  });
  const { sequences, problems } = await importPackage(await made.packageOf({ ABC00001: made.unknown }));
  expect(sequences[0]?.unsupported.map(({ step }) => step)).toEqual([
    ['G', 'Thing'],
    ['G', 'Restart'],
    ['G', 'Restart'],
  ]);
  const codes = problems.map(({ code, message }) => [code, message.split(':', 2).join(':')]);
  expect(codes).toContainEqual(['EXCHANGE_STEP_UNKNOWN', 'Sequence ABC00001: G > Thing']);
  expect(codes).toContainEqual(['EXCHANGE_CONDITION_UNREADABLE', 'Sequence ABC00001: G > Restart']);
  expect(codes).toContainEqual(['EXCHANGE_ACTION', 'Sequence ABC00001: G > Restart']);
  expect(codes).toContainEqual(['EXCHANGE_LEFTOVER', 'Sequence ABC00001: G']);
});

test('a step that lacks what its form always has gets it back neither in XML nor as a default', () => {
  const bare = made.sequenceOf('<step type="SMS_TaskSequence_ReleaseStateStoreAction" name="Bare" />');
  const { steps } = readBack(bare);
  expect((steps[0] as Step).extra?.attributes).toEqual({
    '-description': '',
    '-runIn': '',
    '-successCodeList': '',
    '-retryCount': '',
    '-runFromNet': '',
    '-action': '',
    '-defaultVarList': '',
  });
});

test('changing one property changes that variable and the command line, and nothing else', () => {
  const content = readSequence(made.flat, 'hand-made');
  const [first, second] = content.steps as readonly [Step, Step];
  const changed = { ...first, with: { ...first.with, CommandLine: 'other.exe' } };
  const before = canonical(made.flat);
  const after = canonical(writeSequence({ ...asSequence(content), steps: [changed, second] }));
  const differing = after.filter((line, i) => line !== before[i]).map((line) => line.trim());
  expect(after).toHaveLength(before.length);
  expect(differing).toEqual([
    'action  "smsswd.exe /run: other.exe"',
    'variable hidden="true" name="CommandLine" property="CommandLine" "other.exe"',
  ]);
});

test('IO-11, IO-12: blank secrets are listed with step and property, whether the variable is empty or not there', async () => {
  readBack(made.secrets);
  const { sequences } = await importPackage(await made.packageOf({ ABC00001: made.secrets }));
  expect(sequences[0]?.blankSecrets).toEqual([
    { step: ['Join'], property: 'DomainPassword', kind: 'password', needed: true },
    { step: ['Connect'], property: 'Password', kind: 'password', needed: true },
    { step: ['Rules'], property: 'Rules, rule 1, Token', kind: 'password', needed: true },
  ]);
});

test('values of expressions that are empty and values that are not there are two things', () => {
  const registry = (...values: readonly (readonly [string, string])[]): string =>
    `<expression type="SMS_TaskSequence_RegistryConditionExpression">${values
      .map(([name, value]) => `<variable name="${name}">${value}</variable>`)
      .join('')}</expression>`;
  const key = [
    ['KeyPath', 'HKEY_LOCAL_MACHINE\\SOFTWARE'],
    ['Operator', 'exists'],
  ] as const;
  const inner =
    registry(...key) +
    registry(['Data', ''], ...key, ['Type', 'REG_SZ'], ['Value', '']) +
    registry(['Data', ''], ['KeyPath', 'HKEY_USERS'], ['Operator', 'equals']);
  const { steps } = readBack(made.sequenceOf(`<group name="G" description=""><condition>${inner}</condition></group>`));
  expect(steps[0]?.condition).toMatchObject([{}, { data: '', type: 'REG_SZ', value: '' }, { data: '' }]);
});

test('several sequences in one zip, stored or deflated, with what the objects say', async () => {
  for (const compress of [false, true]) {
    const files = {
      'SMS_TaskSequencePackage/ABC00001/object.xml': made.objectXml('ABC00001', made.flat, {
        BootImageID: 'ABC00003',
        Category: 'Clients',
        CustomHighImpactHeadline: 'Head',
        CustomHighImpactSet: '1',
        CustomHighImpactWarning: 'bold',
        CustomHighImpactWarningInstall: 'last',
        CustomHighImpactWarningTop: 'main',
        CustomProgressMsg: 'Wait',
        DependentProgram: 'ABC00004;;Run it',
        Description: 'About',
        Duration: '90',
        EstimatedDownloadSizeMB: '4000',
        EstimatedRunTimeMinutes: '60',
        HighImpactTaskSequence: '1',
        Manufacturer: 'Contoso',
        PreDownloadRule: 'a rule',
        ProgramFlags: String(152084496 | 0x1002 | 0x400),
        RestartRequired: '1',
        TsEnabled: 'FALSE',
        Type: '2',
      }),
      'SMS_TaskSequencePackage/ABC00002/object.xml': made.objectXml('ABC00002', made.nested(8)),
      'SMS_TaskSequencePackage/USERSTATE_MIGRATION_PACKAGE.xml': '\uFEFF<string>ABC00009</string>',
    };
    const { sequences, usmtPackage } = await importPackage(await made.zipOf(files, compress));
    expect(usmtPackage).toBe('ABC00009');
    expect(sequences.map(({ sourceId, steps, groups }) => [sourceId, steps, groups])).toEqual([
      ['ABC00001', 2, 0],
      ['ABC00002', 1, 8],
    ]);
    expect({ ...sequences[0]?.sequence, steps: [] }).toEqual({
      steps: [],
      id: 'ABC00001',
      name: 'Sequence ABC00001',
      folder: '',
      description: 'About',
      category: 'Clients',
      bootImage: 'ABC00003',
      enabled: false,
      highImpact: { marked: true, customText: true, headline: 'Head', message: ['main', 'bold', 'last'] },
      softwareCenter: { restartRequired: true, downloadSize: 4000, runTime: 60 },
      maximumRunTime: 90,
      runFirst: { package: 'ABC00004', program: 'Run it' },
      progressMessage: 'Wait',
      extra: { Manufacturer: 'Contoso', PreDownloadRule: 'a rule', ProgramFlags: String(152084496 | 0x400) },
    });
    expect(sequences[0]?.features).toEqual([
      { feature: 'high-impact notice', release: '1702' },
      { feature: 'pre-cache', release: '1702' },
    ]);
  }
});

test('SITE-21: child sequences and the groups of the upgrade template say which release they need', async () => {
  const upgrade = made.sequenceOf('<group name="Battery checks" description="" />');
  const { sequences } = await importPackage(await made.packageOf({ ABC00001: made.child, ABC00002: upgrade }));
  expect(sequences.map(({ features }) => features.map(({ release }) => release))).toEqual([['1710'], ['1802']]);
});
