/**
 * The list of definitions against the table of configmgr-formats 4.6, typed here; and the README's table against
 * the list.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { propertiesOf, secretProperties, stepTypes } from '../../../src/steps/index.ts';

/** Type without its prefix, name in the console, environments. */
const configmgr = `
RunCommandLineAction | Run Command Line | WinPEandFullOS
RunPowerShellScriptAction | Run PowerShell Script | WinPEandFullOS
SetDynamicVariablesAction | Set Dynamic Variables | WinPEandFullOS
SetVariableAction | Set Task Sequence Variable | WinPEandFullOS
JoinDomainWorkgroupAction | Join Domain or Workgroup | FullOS
ConnectNetworkFolderAction | Connect To Network Folder | WinPEandFullOS
RebootAction | Restart Computer | WinPEandFullOS
PrestartCheckAction | Check Readiness | WinPEandFullOS
SubTasksequence | Run Task Sequence | WinPEandFullOS
InstallApplicationAction | Install Application | FullOS
InstallSoftwareAction | Install Package | FullOS
InstallUpdateAction | Install Software Updates | FullOS
DownloadPackageContentAction | Download Package Content | WinPEandFullOS
PartitionDiskAction | Format and Partition Disk | WinPE
ConvertDiskAction | Convert Disk to Dynamic | WinPEandFullOS
EnableBitLockerAction | Enable BitLocker | FullOS
DisableBitLockerAction | Disable BitLocker | FullOS
OfflineEnableBitLockerAction | Pre-provision BitLocker | WinPE
RequestStateStoreAction | Request State Store | WinPEandFullOS
CaptureUserStateAction | Capture User State | WinPEandFullOS
RestoreUserStateAction | Restore User State | FullOS
ReleaseStateStoreAction | Release State Store | WinPEandFullOS
ApplyOperatingSystemAction | Apply Operating System Image | WinPE
ApplyDataImageAction | Apply Data Image | WinPE
SetupWindowsAndSMSAction | Setup Windows and ConfigMgr | WinPEandFullOS
UpgradeOperatingSystemAction | Upgrade Operating System | FullOS
InstallDeployToolsAction | Install Deployment Tools | FullOS
PrepareSMSClientAction | Prepare ConfigMgr Client for Capture | FullOS
PrepareOSAction | Prepare Windows for Capture | FullOS
CaptureSystemImageAction | Capture Operating System Image | WinPE
AutoApplyAction | Auto Apply Drivers | WinPE
ApplyDriverPackageAction | Apply Driver Package | WinPE
CaptureNetworkSettingsAction | Capture Network Settings | FullOS
CaptureWindowsSettingsAction | Capture Windows Settings | WinPEandFullOS
ApplyNetworkSettingsAction | Apply Network Settings | WinPE
ApplyWindowsSettingsAction | Apply Windows Settings | WinPE
`;
const mdt = `
BDD_UsePackage | WinPEandFullOS
BDD_Gather | WinPEandFullOS
BDD_Validate | WinPEandFullOS
BDD_InstallOS | WinPE
BDD_InjectDrivers | WinPEandFullOS
BDD_InstallApplication | WinPEandFullOS
BDD_InstallLanguagePacksOffline | WinPE
BDD_InstallLanguagePacksOnline | FullOS
BDD_InstallUpdatesOffline | WinPEandFullOS
BDD_RunPowerShellAction | WinPEandFullOS
BDD_ExecuteRunbook | WinPEandFullOS
BDD_InstallRoles | WinPEandFullOS
BDD_UninstallRoles | WinPEandFullOS
BDD_ConfigureADDS | WinPEandFullOS
BDD_ConfigureDNS | WinPEandFullOS
BDD_ConfigureDHCP | WinPEandFullOS
(none) | WinPEandFullOS
`;

function rows(table: string): string[][] {
  return table
    .trim()
    .split('\n')
    .map((line) => line.split(' | '));
}

describe('the list of step types', () => {
  const definitions = stepTypes.map(({ definition }) => definition);

  test('ConfigMgr: 36 types with their names and environments, in the order of the table', () => {
    const wanted = rows(configmgr).map(([type = '', title, runIn]) => [`SMS_TaskSequence_${type}`, title, runIn]);
    expect(wanted).toHaveLength(36);
    const found = definitions.filter(({ origin }) => origin === 'configmgr');
    expect(found.map(({ type, title, runIn }) => [type, title, runIn])).toEqual(wanted);
  });

  test('MDT: 16 types and the step without one', () => {
    const wanted = rows(mdt);
    expect(wanted).toHaveLength(17);
    const found = definitions.filter(({ origin }) => origin === 'mdt');
    expect(found.map(({ type, runIn }) => [type ?? '(none)', runIn])).toEqual(wanted);
  });

  test('EDIT-02: the categories are those of the editor; the documented examples are in theirs', () => {
    const of = (title: string): string | undefined =>
      definitions.find((definition) => definition.title === title)?.category;
    expect(new Set(definitions.map(({ category }) => category))).toEqual(
      new Set(['General', 'Software', 'Disks', 'User State', 'Images', 'Drivers', 'Settings', 'MDT']),
    );
    expect(of('Run Command Line')).toBe('General');
    for (const title of [
      'Prepare ConfigMgr Client for Capture',
      'Prepare Windows for Capture',
      'Capture Operating System Image',
    ]) {
      expect(of(title)).toBe('Images');
    }
  });

  test('success codes and retries are those of exports', () => {
    const retried = definitions
      .filter(({ retryCount }) => retryCount !== 0)
      .map(({ title, retryCount }) => [title, retryCount]);
    expect(retried).toEqual([
      ['Install Application', 2],
      ['Install Software Updates', 2],
    ]);
    const restarting = definitions.filter(
      ({ origin, successCodes }) => origin === 'configmgr' && successCodes.includes(3010),
    );
    expect(restarting.map(({ title }) => title)).toEqual(['Run Command Line', 'Run PowerShell Script']);
  });

  test('the secrets are those of configmgr-formats 5.3, the passwords of MDT, the hidden value of a variable', () => {
    const variables = definitions.flatMap((definition) =>
      secretProperties(definition).map((name) => definition.properties[name]?.variable ?? ''),
    );
    expect([...new Set(variables)].sort()).toEqual([
      'ADDSPassword',
      'OSDBitLockerPIN',
      'OSDCaptureAccountPassword',
      'OSDJoinPassword',
      'OSDLocalAdminPassword',
      'OSDMigrateLocalAccountPassword',
      'OSDProductKey',
      'OSDUpgradeOsProductKey',
      'SMSConnectNetworkFolderPassword',
      'SMSTSRunCommandLineUserPassword',
      'SMSTSRunPowerShellUserPassword',
      'SafeModeAdminPassword',
      'SetVariableActionHiddenVariableValue',
    ]);
  });

  test('what stand-alone media of ConfigMgr cannot do says so (1.6)', () => {
    const refused = definitions.filter(({ notOnStandAloneMedia }) => notOnStandAloneMedia !== undefined);
    expect(refused.map(({ title }) => title).sort()).toEqual([
      'Auto Apply Drivers',
      'Download Package Content',
      'Install Software Updates',
    ]);
  });

  test('no variable stands twice in one type, and defaults are legal', () => {
    for (const definition of definitions) {
      const variables = Object.values(definition.properties).flatMap(({ variable }) => variable ?? []);
      expect(new Set(variables).size, definition.name).toBe(variables.length);
      for (const [name, spec] of Object.entries(propertiesOf(definition))) {
        if (spec.default !== undefined && spec.value.kind === 'boolean') {
          expect(typeof spec.default, `${definition.name} ${name}`).toBe('boolean');
        }
      }
    }
  });
});

test('the table in src/steps/README.md is that of the list; UPDATE_GOLDEN=1 rewrites it', () => {
  const path = fileURLToPath(new URL('../../../src/steps/README.md', import.meta.url));
  const text = readFileSync(path, 'utf8');
  const heading = '## Step types';
  const start = text.indexOf(heading);
  const next = text.indexOf('\n## ', start);
  const lines = stepTypes.map(
    ({ definition: { name, type, title, wizardNames, category, runIn } }) =>
      `| \`${name}\` | ${[title, ...wizardNames].join('; ')} | ${category} | ${runIn} | ${type ?? '(none)'} |`,
  );
  const wanted = [
    heading,
    '',
    '| name | in the console; in wizards | category | runs in | XML type |',
    '|---|---|---|---|---|',
    ...lines,
    '',
  ];
  if (process.env['UPDATE_GOLDEN'] === '1') {
    const before = text.slice(0, start < 0 ? text.indexOf('\n## ') + 1 : start);
    const after = start < 0 ? text.slice(text.indexOf('\n## ') + 1) : text.slice(next + 1);
    writeFileSync(path, `${before}${wanted.join('\n')}\n${after}`);
  } else {
    expect(text.slice(start, next + 1)).toBe(`${wanted.join('\n')}\n`);
  }
});
