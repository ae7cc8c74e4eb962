/** Rules over several properties: for each a step that breaks it and one that does not. */
import { describe, expect, test } from 'vitest';
import type { RunIn, Step } from '../../../src/model/index.ts';
import { checkStep, stepCode } from '../../../src/steps/index.ts';

type Values = Step['with'];

function codes(type: string, values: Values, runIn?: RunIn): string[] {
  const step: Step = { kind: 'step', name: 'S', type, with: values, ...(runIn === undefined ? {} : { runIn }) };
  return checkStep(step).map(({ code }) => code);
}

const image: Values = { ImagePackageID: 'ABC00001', ImageIndex: 1 };
const key = 'AAAAA-BBBBB-CCCCC-DDDDD-EEEEE';

/** code, title, type, values that break the rule, values that do not. */
const rules: readonly (readonly [string, string, string, Values, Values])[] = [
  [
    stepCode.STEP_RUN_AS_USER,
    'an account to run as has a name',
    'run-command-line',
    { CommandLine: 'x', RunAsUser: true },
    { CommandLine: 'x', RunAsUser: true, UserName: 'a' },
  ],
  [
    stepCode.STEP_RUN_AS_USER,
    'of a script, too',
    'run-powershell-script',
    { SourceScript: 'x', RunAsUser: 'True' },
    { SourceScript: 'x', RunAsUser: 'False' },
  ],
  [
    stepCode.STEP_DOMAIN_NAME,
    'TPL-25: a domain join names the domain',
    'apply-network-settings',
    { NetworkJoinType: 0, DomainUsername: 'a' },
    { NetworkJoinType: 0, DomainUsername: 'a', DomainName: 'b' },
  ],
  [
    stepCode.STEP_DOMAIN_NAME,
    'TPL-25: of the other step, too',
    'join-domain-or-workgroup',
    { Type: 0, DomainUsername: 'a' },
    { Type: 0, DomainUsername: '%A%', DomainName: '%B%' },
  ],
  [
    stepCode.STEP_WORKGROUP_NAME,
    'TPL-25: a workgroup join names the workgroup',
    'join-domain-or-workgroup',
    { Type: 1 },
    { Type: 1, WorkgroupName: 'W' },
  ],
  [
    stepCode.STEP_DOMAIN_ACCOUNT,
    'TPL-27: a domain join wants an account',
    'apply-network-settings',
    { NetworkJoinType: 0, DomainName: 'b' },
    { NetworkJoinType: 0, DomainName: 'b', DomainUsername: 'b\\a' },
  ],
  [
    stepCode.STEP_PROPERTY_VALUE,
    'TPL-26: an organizational unit is an LDAP path',
    'join-domain-or-workgroup',
    { Type: 0, DomainName: 'b', DomainUsername: 'a', DomainOUName: 'Workstations' },
    { Type: 0, DomainName: 'b', DomainUsername: 'a', DomainOUName: 'LDAP://OU=W,DC=b' },
  ],
  [
    stepCode.STEP_COUNT,
    'adapters are counted',
    'apply-network-settings',
    { NumAdapters: 1, Adapters: [{}, {}] },
    { NumAdapters: 2, Adapters: [{}, {}] },
  ],
  [
    stepCode.STEP_COUNT,
    'without a number adapters are ignored',
    'apply-network-settings',
    { Adapters: [{}] },
    { Adapters: [] },
  ],
  [
    stepCode.STEP_COUNT,
    'packages are counted',
    'download-package-content',
    { DownloadPackages: ['A'], NumPackages: 2, PackageInfo: [{}] },
    { DownloadPackages: ['A'], NumPackages: 1, PackageInfo: [{}] },
  ],
  [
    stepCode.STEP_DESTINATION,
    'one destination',
    'apply-operating-system-image',
    { ...image, DestinationVariable: 'OSDisk', DestinationLogicalDrive: 'C:' },
    { ...image, DestinationVariable: 'OSDisk', DestinationLogicalDrive: '' },
  ],
  [
    stepCode.STEP_DESTINATION,
    'disk and partition go together',
    'apply-data-image',
    { ImagePackageID: 'A', DestinationDisk: 0 },
    { ImagePackageID: 'A', DestinationDisk: 0, DestinationPartition: 1 },
  ],
  [stepCode.STEP_DESTINATION, 'for BitLocker, too', 'pre-provision-bitlocker', { DestinationPartition: 1 }, {}],
  [
    stepCode.STEP_DESTINATION,
    'Custom wants a folder',
    'download-package-content',
    { DownloadPackages: ['A'], DestinationLocationType: 'Custom' },
    { DownloadPackages: ['A'], DestinationLocationType: 'Custom', DestinationCustomPath: 'C:\\X' },
  ],
  [stepCode.STEP_SOURCE, 'an image to apply', 'apply-operating-system-image', {}, image],
  [
    stepCode.STEP_SOURCE,
    'one source of a system',
    'apply-operating-system-image',
    { ...image, InstallPackageID: 'B' },
    image,
  ],
  [
    stepCode.STEP_SOURCE,
    'TPL-20: the number of the image',
    'apply-operating-system-image',
    { ImagePackageID: 'A' },
    image,
  ],
  [
    stepCode.STEP_SOURCE,
    'TPL-36: package and name of an answer file',
    'apply-operating-system-image',
    { ...image, ConfigFilePackage: 'B' },
    { ...image, ConfigFilePackage: 'B', ConfigFileName: 'u.xml' },
  ],
  [stepCode.STEP_SOURCE, 'something to upgrade from', 'upgrade-operating-system', {}, { InstallPackageID: 'A' }],
  [
    stepCode.STEP_SOURCE,
    'one source of an upgrade',
    'upgrade-operating-system',
    { InstallPackageID: 'A', InstallPath: 'C:\\X' },
    { InstallPath: '%MEDIA01%' },
  ],
  [stepCode.STEP_SOURCE, 'a script', 'run-powershell-script', {}, { SourceScript: 'x' }],
  [
    stepCode.STEP_SOURCE,
    'one script',
    'run-powershell-script',
    { SourceScript: 'x', PackageID: 'A', ScriptName: 'b' },
    { PackageID: 'A', ScriptName: 'b' },
  ],
  [
    stepCode.STEP_SOURCE,
    'package and name of a script',
    'run-powershell-script',
    { PackageID: 'A' },
    { PackageID: 'A', ScriptName: 'b.ps1' },
  ],
  [stepCode.STEP_SOURCE, 'applications', 'install-application', {}, { BaseVariableName: 'APP' }],
  [
    stepCode.STEP_SOURCE,
    'from one place',
    'install-application',
    { ApplicationName: ['A'], BaseVariableName: 'APP' },
    { ApplicationName: ['A'] },
  ],
  [
    stepCode.STEP_SOURCE,
    'the program of a package',
    'install-package',
    { PackageID: 'A' },
    { PackageID: 'A', ProgramName: 'p' },
  ],
  [stepCode.STEP_SOURCE, 'something to download', 'download-package-content', {}, { DownloadPackages: ['A'] }],
  [
    stepCode.STEP_PRODUCT_KEY,
    'TPL-22: a key of hyphenated form has five groups of five',
    'apply-windows-settings',
    { ProductKey: 'AAAAA-BBBBB-CCCCC-DDDDD' },
    { ProductKey: key },
  ],
  [
    stepCode.STEP_PRODUCT_KEY,
    'TPL-22: a group too long',
    'upgrade-operating-system',
    { InstallPackageID: 'A', OsProductKey: `${key}F` },
    { InstallPackageID: 'A', OsProductKey: key },
  ],
  [
    stepCode.STEP_PRODUCT_KEY,
    'TPL-22: an encoded key passes',
    'apply-windows-settings',
    { ProductKey: '-AAAAA-'.slice(1) },
    { ProductKey: 'bm90IGEga2V5IGF0IGFsbA==' },
  ],
  [
    stepCode.STEP_PRODUCT_KEY,
    'TPL-22: a variable passes',
    'apply-windows-settings',
    { ProductKey: 'A-B' },
    { ProductKey: '%KEY%' },
  ],
  [
    stepCode.STEP_SERVER_LICENSE,
    'TPL-23: Per server has a limit',
    'apply-windows-settings',
    { ServerLicenseMode: 'PerServer' },
    { ServerLicenseMode: 'PerServer', ServerLicenseConnectionLimit: 5 },
  ],
  [
    stepCode.STEP_SERVER_LICENSE,
    'TPL-23: only Per server has one',
    'apply-windows-settings',
    { ServerLicenseMode: 'PerSeat', ServerLicenseConnectionLimit: 6 },
    { ServerLicenseMode: 'PerSeat' },
  ],
  [
    stepCode.STEP_ADMIN_PASSWORD,
    'TPL-24, TPL-64: a random password or a given one',
    'apply-windows-settings',
    { RandomAdminPassword: true, AdminPassword: { sealed: 'X' } },
    { RandomAdminPassword: false, AdminPassword: { sealed: 'X' } },
  ],
  [
    stepCode.STEP_ONE_APPLICATION,
    'TPL-32: going on means nothing for one application',
    'install-application',
    { ApplicationName: ['A'], ContinueOnInstallError: true },
    { ApplicationName: ['A', 'B'], ContinueOnInstallError: true },
  ],
  [
    stepCode.STEP_VARIABLE_READ_ONLY,
    'VAR-11: read-only variables are not set',
    'set-task-sequence-variable',
    { VariableName: '_SMSTSX', VariableValue: 'x' },
    { VariableName: 'X', VariableValue: '_x' },
  ],
  [
    stepCode.STEP_VARIABLE_NAME,
    'names of variables',
    'set-task-sequence-variable',
    { VariableName: 'a b' },
    { VariableName: 'a-b_1' },
  ],
  [
    stepCode.STEP_PARTITION,
    'kinds of partition of the table',
    'format-and-partition-disk',
    { PartitionStyle: 'MBR', Partitions: [{ Type: 'EFI' }] },
    { PartitionStyle: 'GPT', Partitions: [{ Type: 'EFI' }] },
  ],
  [
    stepCode.STEP_PARTITION,
    'of GPT, too',
    'format-and-partition-disk',
    { PartitionStyle: 'GPT', Partitions: [{ Type: 'Logical' }] },
    { PartitionStyle: 'MBR', Partitions: [{ Type: 'Logical' }] },
  ],
  [
    stepCode.STEP_PARTITION,
    'at most the whole',
    'format-and-partition-disk',
    { Partitions: [{ Size: 101, SizeUnits: 'PERCENT' }] },
    { Partitions: [{ Size: 101, SizeUnits: 'MB' }] },
  ],
  [
    stepCode.STEP_BITLOCKER,
    'a PIN goes with TPMAndPIN',
    'enable-bitlocker',
    { Mode: 'TPM', PIN: { sealed: 'X' } },
    { Mode: 'TPMAndPIN', PIN: { sealed: 'X' } },
  ],
  [
    stepCode.STEP_BITLOCKER,
    'a drive for the startup key',
    'enable-bitlocker',
    { Mode: 'TPM', StartupKeyDrive: 'E:' },
    { Mode: 'Key', StartupKeyDrive: 'E:' },
  ],
  [
    stepCode.STEP_USER_STATE,
    'Advanced has files',
    'capture-user-state',
    { Mode: 'Advanced' },
    { Mode: 'Advanced', ConfigFiles: 'a.xml' },
  ],
  [stepCode.STEP_USER_STATE, 'Simple has none', 'restore-user-state', { ConfigFiles: 'a.xml' }, { Mode: 'Simple' }],
  [
    stepCode.STEP_USER_STATE,
    'local accounts get a password',
    'restore-user-state',
    { LocalAccounts: true },
    { LocalAccounts: true, LocalAccountPassword: { sealed: 'X' } },
  ],
  [
    stepCode.STEP_READINESS,
    'a check has its value',
    'check-readiness',
    { CheckMemory: true },
    { CheckMemory: true, Memory: 2048 },
  ],
  [
    stepCode.STEP_PROPERTY_DEPRECATED,
    'what is deprecated',
    'auto-apply-drivers',
    { UnsignedDriver: true },
    { UnsignedDriver: false },
  ],
];

describe('rules', () => {
  test.each(rules)('%s: %s', (code, _, type, bad, good) => {
    expect(codes(type, bad)).toContain(code);
    expect(codes(type, good)).toEqual([]);
  });

  test('TPL-65: a Sysprep package is kept and told to be needless', () => {
    expect(codes('install-deployment-tools', { SysprepPackageID: 'ABC00001' })).toEqual([
      stepCode.STEP_PROPERTY_DEPRECATED,
    ]);
  });

  test('STEP_RUN_AS_USER: there is no other account in Windows PE', () => {
    const values = { CommandLine: 'x', RunAsUser: true, UserName: 'a' };
    expect(codes('run-command-line', values, 'WinPE')).toEqual([stepCode.STEP_RUN_AS_USER]);
    expect(codes('run-command-line', values, 'FullOS')).toEqual([]);
  });

  test('STEP_DESTINATION: Windows PE has no cache of the client', () => {
    const values = { DownloadPackages: ['A'], DestinationLocationType: 'CCMCache' };
    expect(codes('download-package-content', values, 'WinPE')).toEqual([stepCode.STEP_DESTINATION]);
    expect(codes('download-package-content', values)).toEqual([]);
  });

  test('every code is shown here or in the tests of values and look-up', () => {
    const elsewhere = ['STEP_TYPE_UNKNOWN', 'STEP_PROPERTY_UNKNOWN', 'STEP_PROPERTY_MISSING'];
    const shown = new Set([...rules.map(([code]) => code), ...elsewhere]);
    expect(Object.keys(stepCode).filter((code) => !shown.has(code))).toEqual([]);
  });

  test('a problem stands at the property that it is about', () => {
    const values = { RandomAdminPassword: true, AdminPassword: { sealed: 'X' } };
    const [problem] = checkStep({ kind: 'step', name: 'S', type: 'apply-windows-settings', with: values }, [
      'steps',
      0,
    ]);
    expect(problem?.path).toEqual(['steps', 0, 'with', 'AdminPassword']);
  });

  test('a type written as its title is refused with the name; type unknown has nothing to judge', () => {
    const [problem] = checkStep({ kind: 'step', name: 'S', type: 'Restart Computer', with: {} });
    expect(problem).toMatchObject({ code: 'STEP_TYPE_UNKNOWN', path: ['type'] });
    expect(problem?.message).toContain('restart-computer');
    expect(checkStep({ kind: 'step', name: 'S', type: 'unknown', with: {} })).toEqual([]);
  });
});
