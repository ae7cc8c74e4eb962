/** Steps of both forms, typed by hand from configmgr-formats 4.5 and 4.6: nothing is left over, and they come out as they went in. */
import { expect, test } from 'vitest';
import { readSequence, writeSequence } from '../../../src/exchange/index.ts';
import type { SequenceItem } from '../../../src/model/index.ts';
import { canonical } from './canonical.ts';

type Variable = readonly [name: string, property: string, value: string, hidden?: 'h'];

function step(type: string, runIn: string, action: string, variables: readonly Variable[], retry = 0): string {
  const list = variables.map(
    ([name, property, value, hidden]) =>
      `<variable name="${name}" property="${property}"${hidden ? ' hidden="true"' : ''}>${value}</variable>`,
  );
  return (
    `<step type="SMS_TaskSequence_${type}" name="Step" description="" runIn="${runIn}" successCodeList="0" ` +
    `retryCount="${retry}" runFromNet="false"><action>${action}</action><defaultVarList>${list.join('')}</defaultVarList></step>`
  );
}

const partitions = (
  [
    ['EFI', 'FAT32', 'false', 'System', '500', 'MB'],
    ['MSR', '', 'false', '', '128', 'MB'],
    ['Primary', 'NTFS', 'false', 'Windows', '100', 'PERCENT'],
  ] as const
).flatMap(([type, system, bootable, name, size, units], i): Variable[] =>
  (
    [
      ['Bootable', bootable],
      ['FileSystem', system],
      ['QuickFormat', 'true'],
      ['Size', size],
      ['SizeUnits', units],
      ['Type', type],
      ['VolumeLetterVariable', ''],
      ['VolumeName', name],
    ] as const
  ).map(([field, value]): Variable => [`OSDPartitions${i}${field}`, `Partitions${i}${field}`, value]),
);

/** In the order of the table. */
const cases: Readonly<Record<string, string>> = {
  'Set Task Sequence Variable': step(
    'SetVariableAction',
    'WinPEandFullOS',
    'tsenv.exe "Ring=Fast &amp; early" /hiddenflag:False',
    [
      ['DoNotShowVariableValue', 'DoNotShowVariableValue', 'false', 'h'],
      ['VariableName', 'VariableName', 'Ring', 'h'],
      ['VariableValue', 'VariableValue', 'Fast &amp; early', 'h'],
    ],
  ),
  'Run PowerShell Script': step('RunPowerShellScriptAction', 'WinPEandFullOS', 'OSDRunPowerShellScript.exe', [
    ['OSDRunPowerShellScriptExecutionPolicy', 'ExecutionPolicy', 'Bypass'],
    [
      'OSDRunPowerShellScriptSourceScript',
      'SourceScript',
      Buffer.from('\uFEFFWrite-Host "ä"', 'utf16le').toString('base64'),
    ],
  ]),
  'Restart Computer': step('RebootAction', 'WinPEandFullOS', 'smsboot.exe /target:WinPE', [
    ['SMSRebootMessage', 'Message', 'Restarting'],
    ['SMSRebootTarget', 'Target', 'WinPE', 'h'],
    ['SMSRebootTimeout', 'MessageTimeout', '60'],
  ]),
  'Format and Partition Disk': step('PartitionDiskAction', 'WinPE', 'osddiskpart.exe', [
    ['OSDDiskIndex', 'DiskIndex', '0'],
    ['OSDGPTBootDisk', 'GPTBootDisk', 'true'],
    ['OSDPartitionStyle', 'PartitionStyle', 'GPT'],
    ['OSDPartitions', 'Partitions', '3', 'h'],
    ...partitions,
  ]),
  'Install Software Updates': step(
    'InstallUpdateAction',
    'FullOS',
    'TSInstallSWUpdate.exe /target:%SMSInstallUpdateTarget%',
    [
      ['RetryCount', 'RetryCount', '2', 'h'],
      ['SMSInstallUpdateTarget', 'Target', 'All'],
    ],
    2,
  ),
  'Capture Windows Settings': step(
    'CaptureWindowsSettingsAction',
    'WinPEandFullOS',
    'osdwinsettings.exe /capture /name:%OSDMigrateComputerName% /reginfo:%OSDMigrateRegistrationInfo% /timezone:%OSDMigrateTimeZone%',
    [
      ['OSDMigrateComputerName', 'MigrateComputerName', 'true'],
      ['OSDMigrateRegistrationInfo', 'MigrateRegistrationInfo', 'true'],
      ['OSDMigrateTimeZone', 'MigrateTimeZone', 'false'],
    ],
  ),
  'Release State Store': step('ReleaseStateStoreAction', 'WinPEandFullOS', 'osdsmpclient.exe /release', []),
};

function readOf(text: string): readonly SequenceItem[] {
  const content = readSequence(text, 'typed');
  const written = writeSequence({ id: '', name: '', folder: '', steps: content.steps, extra: content.extra });
  expect(canonical(written)).toEqual(canonical(text));
  return content.steps;
}

test.each(Object.entries(cases))('IO-18: %s', (_, text) => {
  const [found] = readOf(`<sequence version="3.10">${text}</sequence>`);
  expect(found).not.toHaveProperty('extra');
  expect(found).not.toHaveProperty('runIn');
});

test('IO-18: all of them in one, disabled, with time limits and codes of their own', () => {
  const all = Object.values(cases).map((text) =>
    text
      .replace(' runIn=', ' disable="true" continueOnError="true" timeout="900" runIn=')
      .replace('List="0"', 'List="0 1 3247440400"'),
  );
  for (const item of readOf(`<sequence version="3.10">${all.join('')}</sequence>`)) {
    expect(item).toMatchObject({ enabled: false, continueOnError: true, timeout: 900 });
    expect(item).toMatchObject({ successCodes: [0, 1, 3247440400] });
    expect(item).not.toHaveProperty('extra');
  }
});

test('globals follow from the steps: the network settings count outside their step, too', () => {
  const text =
    '<sequence version="3.10"><globalVarList><variable name="OSDEnableTCPIPFiltering" property="EnableTCPIPFiltering">false' +
    '</variable><variable name="OSDAdapterCount" property="NumAdapters">0</variable></globalVarList>' +
    step('ApplyNetworkSettingsAction', 'WinPE', 'osdnetsettings.exe configure', [
      ['OSDEnableTCPIPFiltering', 'EnableTCPIPFiltering', 'false', 'h'],
      ['OSDNetworkJoinType', 'NetworkJoinType', '1'],
      ['OSDAdapterCount', 'NumAdapters', '0', 'h'],
      ['OSDWorkgroupName', 'WorkgroupName', 'WORKGROUP'],
    ]) +
    '</sequence>';
  const content = readSequence(text, 'typed');
  expect(content.extra).toEqual({});
  expect(content.steps[0]).not.toHaveProperty('extra');
  readOf(text);
});

test('a script is plain text in the model', () => {
  const [found] = readOf(`<sequence version="3.10">${cases['Run PowerShell Script']}</sequence>`);
  expect(found).toMatchObject({ type: 'run-powershell-script', with: { SourceScript: 'Write-Host "ä"' } });
});

test('the partitions are a list', () => {
  const [found] = readOf(`<sequence version="3.10">${cases['Format and Partition Disk']}</sequence>`);
  const list = (found?.kind === 'step' && found.with['Partitions']) as readonly Record<string, unknown>[];
  expect(list).toHaveLength(3);
  expect(list[2]).toMatchObject({ Type: 'Primary', Size: 100, SizeUnits: 'PERCENT', VolumeName: 'Windows' });
});
