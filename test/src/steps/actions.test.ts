/** Command lines of every type, typed from configmgr-formats 4.6 and 4.7. */
import { describe, expect, test } from 'vitest';
import type { Step } from '../../../src/model/index.ts';
import { actionOf, stepTypes, variablesOf } from '../../../src/steps/index.ts';

function step(type: string, values: Step['with'] = {}): Step {
  return { kind: 'step', name: 'S', type, with: values };
}

const lines: readonly (readonly [type: string, values: Step['with'], line: string])[] = [
  ['run-command-line', { CommandLine: 'cmd /c echo "%A%"' }, 'smsswd.exe /run: cmd /c echo "%A%"'],
  [
    'run-command-line',
    { CommandLine: 'x {PackageID} <A: b>', PackageID: 'ABC00001' },
    'smsswd.exe /run:ABC00001 x {PackageID} <A: b>',
  ],
  ['run-powershell-script', { SourceScript: 'x' }, 'OSDRunPowerShellScript.exe'],
  ['set-dynamic-variables', {}, 'OSDSetDynamicVariables.exe'],
  ['set-task-sequence-variable', { VariableName: 'A', VariableValue: 'b c' }, 'tsenv.exe "A=b c"'],
  [
    'set-task-sequence-variable',
    { VariableName: 'A', VariableValue: '', DoNotShowVariableValue: false },
    'tsenv.exe "A=" /hiddenflag:False',
  ],
  [
    'set-task-sequence-variable',
    { VariableName: 'A', VariableValue: { sealed: 'X' }, DoNotShowVariableValue: true },
    'tsenv.exe "A=" /hiddenflag:True',
  ],
  ['join-domain-or-workgroup', { Type: 1 }, 'osdjoin.exe /type:%OSDJoinType%'],
  ['connect-to-network-folder', { Path: '\\\\a\\b' }, 'smsnetuse.exe %SMSConnectNetworkFolderPath%'],
  ['restart-computer', { Target: 'HD' }, 'smsboot.exe /target:HD'],
  ['restart-computer', { Target: 'WinPE' }, 'smsboot.exe /target:WinPE'],
  ['check-readiness', {}, 'OSDPrestartCheck.exe '],
  ['run-task-sequence', { TsPackageID: 'ABC00001' }, 'SubTasksequence.exe'],
  [
    'install-application',
    { ApplicationName: ['ScopeId_1/Application_2', 'ScopeId_1/Application_3'], ContinueOnInstallError: false },
    'smsappinstall.exe /app:ScopeId_1/Application_2,ScopeId_1/Application_3 /basevar: /continueOnError:False',
  ],
  [
    'install-application',
    { BaseVariableName: 'APP', ContinueOnInstallError: true },
    'smsappinstall.exe /app: /basevar:APP /continueOnError:True',
  ],
  [
    'install-package',
    { PackageID: 'ABC00001', ProgramName: 'p', ContinueOnInstallError: false },
    'smsswd.exe /pkg:ABC00001 /install /basevar: /continueOnError:False',
  ],
  ['install-software-updates', { Target: 'All' }, 'TSInstallSWUpdate.exe /target:%SMSInstallUpdateTarget%'],
  ['download-package-content', {}, 'OsdDownloadContent.exe '],
  ['format-and-partition-disk', { DiskIndex: 0 }, 'osddiskpart.exe'],
  ['convert-disk-to-dynamic', { DiskIndex: 1 }, 'osddiskpart.exe convert %OSDConvertDiskIndex%'],
  [
    'enable-bitlocker',
    { WaitForEncryption: false, Mode: 'TPM', CreateRecoveryPassword: 'AD' },
    'OSDBitLocker.exe /enable  /wait:False /mode:TPM /pwd:AD',
  ],
  [
    'enable-bitlocker',
    {
      TargetDrive: 'D:',
      WaitForEncryption: true,
      Mode: 'TPMAndKey',
      StartupKeyDrive: 'E:',
      CreateRecoveryPassword: 'None',
      EncryptFullDisk: true,
      EncryptMethod: '7',
      SkipWhenNoValidTPM: true,
    },
    'OSDBitLocker.exe /enable  /drive:D: /wait:True /mode:TPMAndKey /keydrive:E: /pwd:None /full:True /crypt:7 /ignoretpm:True',
  ],
  ['disable-bitlocker', { TargetDrive: 'D:' }, 'OSDBitLocker.exe /disable  /drive:D:'],
  [
    'pre-provision-bitlocker',
    { DestinationDisk: 0, DestinationPartition: 2, SkipWhenTPMInvalid: true },
    'OSDOfflineBitlocker.exe /enable  /disk:0 /part:2 /ignoretpm:True',
  ],
  ['pre-provision-bitlocker', { DestinationVariable: 'OSDisk' }, 'OSDOfflineBitlocker.exe /enable  /drive:%OSDisk%'],
  ['request-state-store', { RequestType: 'capture' }, 'osdsmpclient.exe /capture'],
  [
    'capture-user-state',
    {},
    'osdmigrateuserstate.exe /collect /continueOnError:%OSDMigrateContinueOnLockedFiles% /skipefs:%OSDMigrateSkipEncryptedFiles%',
  ],
  ['restore-user-state', {}, 'osdmigrateuserstate.exe /apply /continueOnError:%OSDMigrateContinueOnRestore%'],
  ['release-state-store', {}, 'osdsmpclient.exe /release'],
  [
    'apply-operating-system-image',
    { ImagePackageID: 'ABC00001', ImageIndex: 1, DestinationVariable: 'OSDisk', RunFromNet: false },
    'OSDApplyOS.exe /image:ABC00001,%OSDImageIndex% /target:%OSDisk% /runfromnet:False',
  ],
  [
    'apply-operating-system-image',
    {
      ImagePackageID: 'ABC00001',
      ConfigFilePackage: 'ABC00002',
      ConfigFileName: 'u.xml',
      DestinationDisk: 0,
      DestinationPartition: 3,
    },
    'OSDApplyOS.exe /image:ABC00001,%OSDImageIndex% "/config:ABC00002,%OSDConfigFileName%" /target:0,3',
  ],
  [
    'apply-operating-system-image',
    { InstallPackageID: 'ABC00003', DestinationLogicalDrive: 'C:' },
    'OSDApplyOS.exe /install:ABC00003,%OSDInstallEditionIndex% /target:C:',
  ],
  [
    'apply-data-image',
    { ImagePackageID: 'ABC00001', DestinationDisk: 0, DestinationPartition: 1 },
    'OSDApplyOS.exe /data:ABC00001,%OSDDataImageIndex%  /target:0,1',
  ],
  ['setup-windows-and-configmgr', {}, 'OSDSetupWindows.exe'],
  ['upgrade-operating-system', {}, 'OSDUpgradeOS.exe '],
  ['install-deployment-tools', { SysprepPackageID: 'ABC00001' }, 'osdprepareos.exe /install:ABC00001'],
  ['prepare-configmgr-client-for-capture', {}, 'osdpreparesmsclient.exe'],
  [
    'prepare-windows-for-capture',
    {},
    'osdprepareos.exe /activate:%OSDKeepActivation% /bmsd:%OSDBuildStorageDriverList%',
  ],
  [
    'prepare-windows-for-capture',
    { ShutdownPreparedOs: false },
    'osdprepareos.exe /activate:%OSDKeepActivation% /bmsd:%OSDBuildStorageDriverList% /shutdown:%OSDShutdownPreparedOs%',
  ],
  ['capture-operating-system-image', {}, 'osdcapturesystemimage.exe'],
  [
    'auto-apply-drivers',
    {},
    'osddriverclient.exe /auto /bestmatch:%OSDAutoApplyDriverBestMatch% /unsigned:%OSDAllowUnsignedDriver%',
  ],
  [
    'apply-driver-package',
    { DriverPackageID: 'ABC00001', Recurse: true },
    'osddriverclient.exe /install:ABC00001 /unsigned:%OSDAllowUnsignedDriver% /recurse:%OSDRecurse%',
  ],
  [
    'apply-driver-package',
    { DriverPackageID: 'ABC00001', BootCriticalDriverID: 'X' },
    'osddriverclient.exe /install:ABC00001 "/bootcritical:%OSDApplyDriverBootCriticalContentUniqueID%,%OSDApplyDriverBootCriticalINFFile%,%OSDApplyDriverBootCriticalHardwareComponent%,%OSDApplyDriverBootCriticalID%"/unsigned:%OSDAllowUnsignedDriver%',
  ],
  [
    'capture-network-settings',
    {},
    'osdnetsettings.exe capture netmembership:%OSDMigrateNetworkMembership% adapters:%OSDMigrateAdapterSettings%',
  ],
  [
    'capture-windows-settings',
    {},
    'osdwinsettings.exe /capture /name:%OSDMigrateComputerName% /reginfo:%OSDMigrateRegistrationInfo% /timezone:%OSDMigrateTimeZone%',
  ],
  ['apply-network-settings', {}, 'osdnetsettings.exe configure'],
  ['apply-windows-settings', {}, 'osdwinsettings.exe /config'],
  ['use-toolkit-package', { BDDPackageID: 'ABC00001' }, 'smsswd.exe /run:ABC00001 cscript.exe Scripts\\ZTISCCM.wsf'],
  ['gather', { PackageID: 'ABC00002' }, 'smsswd.exe /run:ABC00002 cscript.exe "%DeployRoot%\\Scripts\\ZTIGather.wsf"'],
  ['gather', { PackageID: 'ABC00002', CommandLine: 'x.exe' }, 'smsswd.exe /run:ABC00002 x.exe'],
  ['validate', {}, 'smsswd.exe /run: cscript.exe "%DeployRoot%\\Scripts\\ZTIValidate.wsf"'],
  ['install-operating-system', {}, 'smsswd.exe /run: cscript.exe "%DeployRoot%\\Scripts\\LTIApply.wsf"'],
  ['inject-drivers', {}, 'smsswd.exe /run: cscript.exe "%DeployRoot%\\Scripts\\ZTIDrivers.wsf"'],
  ['install-mdt-application', {}, 'smsswd.exe /run: cscript.exe "%DeployRoot%\\Scripts\\ZTIApplications.wsf"'],
  ['install-language-packs-offline', {}, 'smsswd.exe /run: cscript.exe "%DeployRoot%\\Scripts\\ZTIPatches.wsf"'],
  ['install-language-packs-online', {}, 'smsswd.exe /run: cscript.exe "%DeployRoot%\\Scripts\\ZTILangPacksOnline.wsf"'],
  ['install-updates-offline', {}, 'smsswd.exe /run: cscript.exe "%DeployRoot%\\Scripts\\ZTIPatches.wsf"'],
  ['run-mdt-powershell-script', {}, 'smsswd.exe /run: cscript.exe "%DeployRoot%\\Scripts\\ZTIPowerShell.wsf"'],
  ['execute-runbook', {}, 'smsswd.exe /run: cscript.exe "%DeployRoot%\\Scripts\\ZTIExecuteRunbook.wsf"'],
  ['install-roles-and-features', {}, 'smsswd.exe /run: cscript.exe "%DeployRoot%\\Scripts\\ZTIOSRole.wsf"'],
  [
    'uninstall-roles-and-features',
    {},
    'smsswd.exe /run: cscript.exe "%DeployRoot%\\Scripts\\ZTIOSRole.wsf" /uninstall',
  ],
  ['configure-ad-ds', {}, 'smsswd.exe /run: cscript.exe "%DeployRoot%\\Scripts\\ZTIConfigureADDS.wsf"'],
  ['configure-dns', {}, 'smsswd.exe /run: cscript.exe "%DeployRoot%\\Scripts\\ZTIConfigureDNS.wsf"'],
  ['configure-dhcp', {}, 'smsswd.exe /run: cscript.exe "%DeployRoot%\\Scripts\\ZTIConfigureDHCP.wsf"'],
  [
    'run-mdt-command-line',
    { CommandLine: 'cscript.exe "%SCRIPTROOT%\\ZTIBIOSCheck.wsf"' },
    'cscript.exe "%SCRIPTROOT%\\ZTIBIOSCheck.wsf"',
  ],
];

describe('command lines', () => {
  test.each(lines)('%s %j', (type, values, line) => {
    expect(actionOf(step(type, values))).toBe(line);
  });

  test('every type has one above', () => {
    const shown = new Set(lines.map(([type]) => type));
    expect(stepTypes.map(({ definition }) => definition.name).filter((name) => !shown.has(name))).toEqual([]);
  });

  test.each([
    ['run-command-line', { CommandLine: 'a.exe' }, 'a.exe'],
    ['set-task-sequence-variable', { VariableName: 'A' }, 'cscript.exe "%SCRIPTROOT%\\ZTISetVariable.wsf"'],
    ['format-and-partition-disk', {}, 'cscript.exe "%SCRIPTROOT%\\ZTIDiskpart.wsf"'],
    ['restart-computer', {}, 'smsboot.exe /target:WinPE'],
    ['restart-computer', { Target: 'HD' }, 'smsboot.exe /target:HD'],
    ['gather', {}, 'cscript.exe "%SCRIPTROOT%\\ZTIGather.wsf"'],
    ['gather', { CommandLine: 'b.exe' }, 'b.exe'],
    ['uninstall-roles-and-features', {}, 'cscript.exe "%SCRIPTROOT%\\ZTIOSRole.wsf" /uninstall'],
    ['run-mdt-command-line', { CommandLine: 'c.exe' }, 'c.exe'],
  ])("MDT's form of %s %j", (type, values, line) => {
    expect(actionOf(step(type, values), { form: 'mdt' })).toBe(line);
  });

  test('what an import could not explain stays', () => {
    expect(actionOf({ ...step('restart-computer', { Target: 'HD' }), extra: { action: 'odd.exe' } })).toBe('odd.exe');
  });

  test('changing one property changes exactly its variable, and the command line where it stands there', () => {
    const before = step('restart-computer', { Message: 'Wait', MessageTimeout: 60, Target: 'HD' });
    const after = step('restart-computer', { ...before.with, Target: 'WinPE' });
    const [old, now] = [variablesOf(before), variablesOf(after)];
    expect(now.filter((variable, index) => variable.value !== old[index]?.value)).toEqual([
      { name: 'SMSRebootTarget', property: 'Target', hidden: true, value: 'WinPE' },
    ]);
    expect([actionOf(before), actionOf(after)]).toEqual(['smsboot.exe /target:HD', 'smsboot.exe /target:WinPE']);
  });
});
