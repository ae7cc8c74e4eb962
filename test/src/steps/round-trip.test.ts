/** Variables -> properties -> variables is the identity, for what is known and for what is not. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Step } from '../../../src/model/index.ts';
import { propertiesFrom, stepType, stepTypes, variablesOf, type StepVariable } from '../../../src/steps/index.ts';
import { exportedVariables, inOrder } from './values.ts';

function stepOf(type: string, { with: values, extra }: Pick<Step, 'with' | 'extra'>): Step {
  return { kind: 'step', name: 'S', type, with: values, ...(extra === undefined ? {} : { extra }) };
}

/** What is written for a step: its variables and what was left over. */
function written(step: Step, form: 'configmgr' | 'mdt'): StepVariable[] {
  return [...variablesOf(step, { form }), ...(step.extra?.variables ?? [])];
}

describe.each(
  stepTypes
    .filter(({ definition }) => definition.type !== undefined)
    .map((type) => [type.definition.name, type.definition] as const),
)('%s', (name, definition) => {
  test('variables of ConfigMgr give the same variables, with nothing left over', () => {
    fc.assert(
      fc.property(exportedVariables(definition), (variables) => {
        const read = propertiesFrom(definition, variables, 'configmgr');
        expect(read.extra).toBeUndefined();
        expect(inOrder(variablesOf(stepOf(name, read)))).toEqual(inOrder(variables));
      }),
      { numRuns: 60, seed: 5 },
    );
  });

  test('whatever stands there is written again, changed or foreign variables, too', () => {
    const change = fc.constantFrom('none', 'none', 'none', 'hidden', 'no property', 'renamed', 'twice');
    fc.assert(
      fc.property(
        exportedVariables(definition),
        fc.infiniteStream(change),
        fc.constantFrom('configmgr' as const, 'mdt' as const),
        (variables, changes, form) => {
          const mixed = variables.flatMap((variable) => changed(variable, changes.next().value ?? 'none'));
          const read = propertiesFrom(definition, mixed, form);
          expect(inOrder(written(stepOf(name, read), form))).toEqual(inOrder(mixed));
        },
      ),
      { numRuns: 60, seed: 6 },
    );
  });
});

function changed(variable: StepVariable, change: string): StepVariable[] {
  const { name, property, hidden, value } = variable;
  switch (change) {
    case 'hidden':
      return [
        { name, ...(property === undefined ? {} : { property }), ...(hidden === true ? {} : { hidden: true }), value },
      ];
    case 'no property':
      return [{ name, ...(hidden === true ? { hidden: true } : {}), value }];
    case 'renamed':
      return [{ ...variable, name: `${name}X` }];
    case 'twice':
      return [variable, { ...variable, value: `${typeof value === 'string' ? value : ''}2` }];
    default:
      return [variable];
  }
}

const command = stepType('run-command-line').definition;

test('ConfigMgr writes variables in the order of their properties, items of a list by number', () => {
  const items = Array.from({ length: 11 }, () => ({ Type: 'Primary' }));
  const values = { PartitionStyle: 'GPT', DiskIndex: 0, Partitions: items };
  const names = variablesOf(stepOf('format-and-partition-disk', { with: values })).map(({ property }) => property);
  expect(names.slice(0, 3)).toEqual(['DiskIndex', 'Partitions', 'Partitions0Type']);
  expect(names.slice(-3)).toEqual(['Partitions9Type', 'Partitions10Type', 'PartitionStyle']);
});

test('secrets are blank, sealed or plain; a text of variables stays; asked for, they are given', () => {
  const values = (secret: Step['with'][string]): Step =>
    stepOf('run-command-line', { with: { CommandLine: 'x', UserPassword: secret } });
  const shown = (step: Step, options = {}): unknown =>
    variablesOf(step, options).find(({ property }) => property === 'UserPassword')?.value;
  expect(shown(values({ sealed: 'AAAA' }))).toBe('');
  expect(shown(values('Hunter2'))).toBe('');
  expect(shown(values('a%b%c'))).toBe('');
  expect(shown(values('%PASSWORD%'))).toBe('%PASSWORD%');
  expect(shown(values({ sealed: 'AAAA' }), { unseal: () => 'Hunter2' })).toBe('');
  expect(shown(values({ sealed: 'AAAA' }), { secrets: true, unseal: () => 'Hunter2' })).toBe('Hunter2');
});

test('references are written as the ids that the caller knows', () => {
  const step = stepOf('download-package-content', { with: { DownloadPackages: ['Drivers', '%X%', 'ABC00002'] } });
  const [variable] = variablesOf(step, { referenceId: (name) => (name === 'Drivers' ? 'ABC00001' : name) });
  expect(variable?.value).toBe('ABC00001,%X%,ABC00002');
});

test('a script is plain text here and base64 of UTF-16 with mark there; other encodings are left over', () => {
  const variable = (value: string): StepVariable[] => [
    { name: 'OSDRunPowerShellScriptSourceScript', property: 'SourceScript', value },
  ];
  const { definition } = stepType('run-powershell-script');
  // printf 'Hi ä' | iconv -t UTF-16LE, behind ff fe, in base64
  expect(propertiesFrom(definition, variable('//5IAGkAIADkAA==')).with).toEqual({ SourceScript: 'Hi ä' });
  for (const odd of ['SABpAA==', '//5IAGk', 'not base64!', '//4=', '//4A2A==']) {
    const read = propertiesFrom(definition, variable(odd));
    expect(read.with, odd).toEqual({});
    expect(read.extra?.variables?.map(({ value }) => value)).toEqual([odd]);
  }
});

test.each([
  ['mdt', 'Message', 'Target', true, undefined],
  ['mdt-prefixed', 'SMSRebootMessage', 'SMSRebootTarget', true, 'mdt-prefixed'],
  ['mdt-bare', 'Message', 'Target', false, 'mdt-bare'],
  ['mdt-prefixed-bare', 'SMSRebootMessage', 'SMSRebootTarget', false, 'mdt-prefixed-bare'],
])("MDT's spelling %s is read and written again", (_, message, target, named, dialect) => {
  const { definition } = stepType('restart-computer');
  const variables: StepVariable[] = [
    { name: message, ...(named ? { property: 'Message' } : {}), value: '' },
    { name: target, ...(named ? { property: 'Target' } : {}), value: '' },
  ];
  const read = propertiesFrom(definition, variables, 'mdt', 'smsboot.exe /target:WinPE');
  expect(read).toEqual({ with: { Message: '', Target: '', ...(dialect === undefined ? {} : { Dialect: dialect }) } });
  expect(variablesOf(stepOf('restart-computer', read), { form: 'mdt' })).toEqual(variables);
});

test('hidden marks that are not the usual ones are kept beside the values', () => {
  const variables: StepVariable[] = [
    { name: 'OSDPartitions', property: 'Partitions', value: '1' },
    { name: 'OSDPartitions0Type', property: 'Partitions0Type', hidden: true, value: 'EFI' },
  ];
  const read = propertiesFrom(stepType('format-and-partition-disk').definition, variables, 'configmgr');
  expect(read.extra).toBeUndefined();
  expect(read.with['Partitions']).toEqual([{ Type: 'EFI' }]);
  expect(variablesOf(stepOf('format-and-partition-disk', read))).toEqual(variables);
  const usual = variables.map(({ name, property = '', hidden, value }) => ({
    name,
    property,
    ...(hidden ? {} : { hidden: true }),
    value,
  }));
  expect(propertiesFrom(stepType('format-and-partition-disk').definition, usual, 'configmgr').with).toEqual({
    Partitions: [{ Type: 'EFI' }],
  });
});

test('the command line decides between spellings that both explain the variables', () => {
  const { definition } = stepType('format-and-partition-disk');
  const variables: StepVariable[] = [{ name: 'OSDPartitions', property: 'Partitions', value: '0' }];
  const read = (line: string): unknown => propertiesFrom(definition, variables, 'configmgr', line);
  expect(read('osddiskpart.exe')).toEqual({ with: { Partitions: [], OddlyHidden: 'OSDPartitions' } });
  expect(read('cscript.exe "%SCRIPTROOT%\\ZTIDiskpart.wsf"')).toEqual({ with: { Partitions: [], Dialect: 'mdt' } });
});

test('a list without its count keeps its items and stays without', () => {
  const variables: StepVariable[] = [
    { name: 'OSDPartitions0Type', property: 'Partitions0Type', value: 'Primary' },
    { name: 'OSDPartitions1Type', property: 'Partitions1Type', value: 'EFI' },
  ];
  const read = propertiesFrom(stepType('format-and-partition-disk').definition, variables, 'configmgr');
  expect(read).toEqual({ with: { Uncounted: true, Partitions: [{ Type: 'Primary' }, { Type: 'EFI' }] } });
  expect(variablesOf(stepOf('format-and-partition-disk', read))).toEqual(variables);
});

test('TPL-68: an imported capture replaces what is there, as ConfigMgr does; a new one only when it says so', () => {
  const type = stepType('capture-operating-system-image');
  const variables: StepVariable[] = [{ name: 'OSDCaptureDestination', property: 'CaptureDestination', value: 'x.wim' }];
  const read = propertiesFrom(type.definition, variables, 'configmgr', 'osdcapturesystemimage.exe');
  expect(read).toEqual({ with: { CaptureDestination: 'x.wim', Overwrite: true } });
  expect(variablesOf(stepOf('capture-operating-system-image', read))).toEqual(variables);
  expect(type.definition.properties['Overwrite']?.default).toBe(false);
});

test('a huge count makes no huge list', () => {
  const variables = [{ name: 'OSDPartitions', property: 'Partitions', hidden: true, value: '4000000000' }];
  const read = propertiesFrom(stepType('format-and-partition-disk').definition, variables, 'configmgr');
  expect(read).toEqual({ with: {}, extra: { variables } });
});

test('a command line that nothing explains is left over in ConfigMgr and a property in MDT', () => {
  const variables: StepVariable[] = [{ name: 'CommandLine', property: 'CommandLine', hidden: true, value: 'x.exe' }];
  expect(propertiesFrom(command, variables, 'configmgr', 'smsswd.exe /run: x.exe').extra).toBeUndefined();
  expect(propertiesFrom(command, variables, 'configmgr', 'y.exe').extra).toEqual({ action: 'y.exe' });
  expect(propertiesFrom(command, [], 'mdt', 'y.exe')).toEqual({ with: { CommandLine: 'y.exe' } });
  const gather = stepType('gather').definition;
  expect(propertiesFrom(gather, [], 'mdt', 'powershell.exe -file x.ps1').with).toEqual({
    CommandLine: 'powershell.exe -file x.ps1',
  });
});
