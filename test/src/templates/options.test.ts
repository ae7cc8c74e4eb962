/**
 * What each answer changes of the default tree, and that it changes nothing else (TPL-11). The differences are written by
 * hand from the facts' checklist.
 */
import { describe, expect, test } from 'vitest';
import {
  type GivenAnswers,
  QUESTIONS,
  questionsOf,
  TEMPLATE_KINDS,
  type TemplateKind,
} from '../../../src/templates/index.ts';
import { type Difference, difference, make, SEALED, told } from './office.ts';

const windows = 'Install Operating System/Apply Windows Settings';
const network = 'Install Operating System/Apply Network Settings';
const apply = 'Install Operating System/Apply Operating System';
const setUp = 'Setup Operating System/Setup Windows and ConfigMgr';
const fullMedia = '_SMSTSMediaType notEquals FullMedia';
const upgrade = 'Upgrade the Operating System/Upgrade Operating System';
const captured = 'Capture Files and Settings';
const userFiles = 'Capture User Files and Settings';
const restored = 'Setup Operating System/Restore User Files and Settings';
const reference = 'Capture the Reference Computer/Capture the Reference Machine';
const key = 'AAAAA-BBBBB-CCCCC-DDDDD-EEEEE';

const stateSteps = (group: string, act: string) => [
  group,
  `${group}/Request User State Storage`,
  `${group}/${act}`,
  `${group}/Release User State Storage`,
];

/** Title of the row, kind, answers, and what they change. */
type Case = readonly [string, TemplateKind, GivenAnswers, Difference];

const install: readonly Case[] = [
  [
    'TPL-20: an index',
    'install',
    { image: 'Many', imageIndex: 4 },
    { changed: { [apply]: { ImagePackageID: 'Many', ImageIndex: 4 } } },
  ],
  [
    'TPL-21, TPL-12: no partitions',
    'install',
    { partition: false },
    {
      removed: ['Install Operating System/Partition Disk 0 - BIOS', 'Install Operating System/Partition Disk 0 - UEFI'],
    },
  ],
  ['TPL-22: a product key', 'install', { productKey: key }, { changed: { [windows]: { ProductKey: key } } }],
  [
    'TPL-23: per seat',
    'install',
    { serverLicensing: 'per-seat' },
    { changed: { [windows]: { ServerLicenseMode: 'PerSeat' } } },
  ],
  [
    'TPL-23: per server with connections',
    'install',
    { serverLicensing: 'per-server', serverConnections: 50 },
    { changed: { [windows]: { ServerLicenseMode: 'PerServer', ServerLicenseConnectionLimit: 50 } } },
  ],
  ['TPL-23: none specified', 'install', { serverLicensing: 'none' }, {}],
  ['TPL-24: administrator disabled', 'install', { administrator: 'disable' }, {}],
  [
    'TPL-24: always the same password',
    'install',
    { administrator: 'password', adminPassword: SEALED },
    { changed: { [windows]: { RandomAdminPassword: false, AdminPassword: SEALED } } },
  ],
  ['TPL-25: a workgroup', 'install', { workgroup: 'LAB' }, { changed: { [network]: { WorkgroupName: 'LAB' } } }],
  [
    'TPL-25 to TPL-28: a domain, its unit and account; the membership can then be migrated',
    'install',
    {
      join: 'domain',
      domain: 'corp.contoso.com',
      organizationalUnit: 'LDAP://OU=PCs,DC=corp,DC=contoso,DC=com',
      joinAccount: 'CORP\\joiner',
      joinPassword: SEALED,
    },
    {
      changed: {
        [`${captured}/Capture Network Settings`]: { MigrateNetworkMembership: true },
        [network]: {
          NetworkJoinType: 0,
          '-WorkgroupName': 'WORKGROUP',
          DomainName: 'corp.contoso.com',
          DomainOUName: 'LDAP://OU=PCs,DC=corp,DC=contoso,DC=com',
          DomainUsername: 'CORP\\joiner',
          DomainPassword: SEALED,
        },
      },
    },
  ],
  [
    'TPL-29: client and installation properties',
    'install',
    { clientPackage: 'Other', clientProperties: 'SMSMP=mp.contoso.com' },
    { changed: { [setUp]: { ClientPackageID: 'Other', ClientInstallProperties: 'SMSMP=mp.contoso.com' } } },
  ],
  [
    'TPL-30, TPL-12: no user settings',
    'install',
    { captureUserState: false },
    {
      removed: [
        ...stateSteps(`${captured}/${userFiles}`, userFiles),
        ...stateSteps(restored, 'Restore User Files and Settings'),
      ],
    },
  ],
  [
    'TPL-30, TPL-12: no network settings',
    'install',
    { captureNetworkSettings: false },
    { removed: [`${captured}/Capture Network Settings`] },
  ],
  [
    'TPL-30, TPL-12: no Windows settings',
    'install',
    { captureWindowsSettings: false },
    { removed: [`${captured}/Capture Windows Settings`] },
  ],
  [
    'TPL-12: nothing captured: the emptied group goes, too',
    'install',
    { captureUserState: false, captureNetworkSettings: false, captureWindowsSettings: false },
    {
      removed: [
        captured,
        `${captured}/Capture Windows Settings`,
        `${captured}/Capture Network Settings`,
        ...stateSteps(`${captured}/${userFiles}`, userFiles),
        ...stateSteps(restored, 'Restore User Files and Settings'),
      ],
    },
  ],
  [
    'TPL-30: only the time zone',
    'install',
    { captureComputerName: false, captureRegistration: false },
    {
      changed: {
        [`${captured}/Capture Windows Settings`]: { MigrateComputerName: false, MigrateRegistrationInfo: false },
      },
    },
  ],
  [
    'TPL-30: no time zone',
    'install',
    { captureTimeZone: false },
    { changed: { [`${captured}/Capture Windows Settings`]: { MigrateTimeZone: false } } },
  ],
  [
    'TPL-30, TPL-12: neither membership nor adapters',
    'install',
    { captureMembership: false, captureAdapters: false },
    { removed: [`${captured}/Capture Network Settings`] },
  ],
  [
    'TPL-45: configured files of USMT',
    'install',
    { usmtPackage: 'Other', stateConfigFiles: ['MigUser.xml', 'Ours.xml'] },
    {
      changed: {
        [`${captured}/${userFiles}/${userFiles}`]: {
          UsmtPackageID: 'Other',
          Mode: 'Advanced',
          ConfigFiles: 'MigUser.xml Ours.xml',
        },
        [`${restored}/Restore User Files and Settings`]: {
          UsmtRestorePackageID: 'Other',
          Mode: 'Advanced',
          ConfigFiles: 'MigUser.xml Ours.xml',
        },
      },
    },
  ],
  [
    'TPL-31, TPL-57: all updates',
    'install',
    { updates: 'all' },
    { changed: { 'Setup Operating System/Install Updates': { Target: 'All' } } },
  ],
  ['TPL-31: required updates', 'install', { updates: 'required' }, {}],
  [
    'TPL-31, TPL-12: no updates',
    'install',
    { updates: 'none' },
    { removed: ['Setup Operating System/Install Updates'] },
  ],
  [
    'TPL-32, TPL-58: applications',
    'install',
    { applications: ['Office'] },
    { added: ['Setup Operating System/Install Applications'] },
  ],
  [
    'TPL-33: drivers of some categories',
    'install',
    { driverCategories: ['Net', 'Storage'] },
    { changed: { 'Install Operating System/Apply Device Drivers': { CategoryList: 'Net,Storage' } } },
  ],
  [
    'TPL-54: a driver package',
    'install',
    { driverPackage: 'Latitude' },
    { added: ['Install Operating System/Apply Driver Package'] },
  ],
  [
    'TPL-34: message and time before the restart',
    'install',
    { restartMessage: 'Windows is coming', restartTimeout: 90 },
    {
      changed: {
        'Install Operating System/Restart in Windows PE': { Message: 'Windows is coming', MessageTimeout: 90 },
      },
    },
  ],
  [
    'TPL-35: another disk',
    'install',
    { disk: 1 },
    {
      added: ['Install Operating System/Partition Disk 1 - BIOS', 'Install Operating System/Partition Disk 1 - UEFI'],
      removed: ['Install Operating System/Partition Disk 0 - BIOS', 'Install Operating System/Partition Disk 0 - UEFI'],
    },
  ],
  [
    'TPL-36: answer file, and where to install to',
    'install',
    { answerFilePackage: 'Other', answerFile: 'unattend.xml', destinationDisk: 0, destinationPartition: 3 },
    {
      changed: {
        [apply]: {
          ConfigFilePackage: 'Other',
          ConfigFileName: 'unattend.xml',
          DestinationDisk: 0,
          DestinationPartition: 3,
        },
      },
    },
  ],
  [
    'TPL-51: names and time zone',
    'install',
    {
      computerName: 'PC-%SerialNumber%',
      registeredUser: 'User',
      organization: 'Contoso',
      timeZone: 'W. Europe Standard Time',
    },
    {
      changed: {
        [windows]: {
          ComputerName: 'PC-%SerialNumber%',
          RegisteredUserName: 'User',
          RegisteredOrgName: 'Contoso',
          TimeZone: 'W. Europe Standard Time',
        },
      },
    },
  ],
  [
    'TPL-07, TPL-53, TPL-57: the compatible form has the condition on stand-alone media',
    'install',
    { configmgrCompatible: true },
    {
      changed: {
        'Install Operating System/Apply Device Drivers': { condition: fullMedia },
        'Setup Operating System/Install Updates': { condition: fullMedia },
      },
    },
  ],
  ['TPL-08: name, description and boot image are no steps', 'install', { description: 'What it does' }, {}],
];

const capture: readonly Case[] = [
  [
    'TPL-07, TPL-77, TPL-79: compatible form',
    'build-and-capture',
    { configmgrCompatible: true },
    {
      changed: {
        'Build the Reference Computer/Apply Device Drivers': { condition: fullMedia },
        'Build the Reference Computer/Install Updates': { condition: fullMedia },
      },
    },
  ],
  ['TPL-64: random password, disabled', 'build-and-capture', { administrator: 'random' }, {}],
  [
    'TPL-64: enabled with a password',
    'build-and-capture',
    { administrator: 'password', adminPassword: SEALED },
    {
      changed: {
        'Build the Reference Computer/Apply Windows Settings': { RandomAdminPassword: false, AdminPassword: SEALED },
      },
    },
  ],
  [
    'TPL-66: properties of the image',
    'build-and-capture',
    { imageCreator: 'Admin', imageVersion: '1.0', imageDescription: 'Reference' },
    { changed: { [reference]: { ImageCreator: 'Admin', ImageVersion: '1.0', ImageDescription: 'Reference' } } },
  ],
  [
    'TPL-68: an existing WIM is replaced only when that is said',
    'build-and-capture',
    { overwrite: true },
    { changed: { [reference]: { Overwrite: true } } },
  ],
  [
    'TPL-82: the workgroup, before and for Sysprep',
    'build-and-capture',
    { workgroup: 'REF' },
    {
      changed: {
        'Build the Reference Computer/Apply Network Settings': { WorkgroupName: 'REF' },
        'Capture the Reference Computer/Join Workgroup': { WorkgroupName: 'REF' },
      },
    },
  ],
  [
    'TPL-89: settings of the capture',
    'capture',
    { imageVersion: '2', overwrite: true },
    { changed: { 'Capture Operating System Image': { Overwrite: true, ImageVersion: '2' } } },
  ],
];

const upgrading: readonly Case[] = [
  ['TPL-103: an edition', 'upgrade', { edition: 5 }, { changed: { [upgrade]: { InstallEditionIndex: 5 } } }],
  ['TPL-104: a key', 'upgrade', { productKey: key }, { changed: { [upgrade]: { OsProductKey: key } } }],
  [
    'TPL-105: ignore messages',
    'upgrade',
    { ignoreMessages: true },
    { changed: { [upgrade]: { IgnoreMessages: true } } },
  ],
  [
    'TPL-106: no updates, applications',
    'upgrade',
    { updates: 'none', applications: ['Office', 'Reader'], continueOnApplicationError: true },
    { added: ['Post-Processing/Install Applications'], removed: ['Post-Processing/Install Updates'] },
  ],
  [
    'TPL-107, TPL-137: the older form has no groups for recommended actions',
    'upgrade',
    { recommendedGroups: false },
    {
      removed: [
        'Prepare for Upgrade/Battery checks',
        'Prepare for Upgrade/Network/wired connection checks',
        'Prepare for Upgrade/Remove incompatible applications',
        'Prepare for Upgrade/Remove incompatible drivers',
        'Prepare for Upgrade/Remove/suspend third-party security',
        'Post-Processing/Apply setup-based drivers',
        'Post-Processing/Install/enable third-party security',
        'Post-Processing/Set Windows default apps and associations',
        'Post-Processing/Apply customizations and personalization',
        'Run actions on failure',
      ],
    },
  ],
  ['TPL-137: no group on failure', 'upgrade', { failureGroup: false }, { removed: ['Run actions on failure'] }],
  [
    'TPL-108: an application is uninstalled',
    'upgrade',
    { removeApplications: ['Reader'] },
    { added: ['Prepare for Upgrade/Remove incompatible applications/Uninstall Reader'] },
  ],
  [
    'TPL-109: drivers of disk encryption',
    'upgrade',
    { reflectDrivers: 'C:\\Drivers' },
    { added: ['Prepare for Upgrade/Remove/suspend third-party security/Set Drivers of Disk Encryption'] },
  ],
  [
    'TPL-110: checks of battery and wire',
    'upgrade',
    { checks: true },
    {
      added: [
        'Prepare for Upgrade/Battery checks/Stop on Battery Power',
        'Prepare for Upgrade/Network/wired connection checks/Stop without a Wired Network',
      ],
    },
  ],
  [
    'TPL-111: one of two packages by architecture',
    'upgrade',
    { upgradePackage32: 'Windows 10 Setup x86' },
    {
      added: [
        'Prepare for Upgrade/Download Upgrade Package (x64)',
        'Prepare for Upgrade/Download Upgrade Package (x86)',
      ],
      changed: { [upgrade]: { InstallPath: '%UpgradeMedia01%', '-InstallPackageID': 'Windows 11 Setup' } },
    },
  ],
  [
    'TPL-112: drivers by model',
    'upgrade',
    { driverPackages: ['Latitude 5440=Latitude', '%EliteBook%=EliteBook'] },
    {
      added: [
        'Prepare for Upgrade/Download Drivers for Latitude 5440',
        'Prepare for Upgrade/Download Drivers for EliteBook',
      ],
      changed: { [upgrade]: { StagedContent: '%UpgradeDrivers01%' } },
    },
  ],
  [
    'TPL-113: another least free space',
    'upgrade',
    { freeDiskSpace: 30000 },
    { changed: { 'Prepare for Upgrade/Check Readiness': { FreeDiskSpace: 30000 } } },
  ],
  [
    'TPL-114, TPL-115: assessment',
    'upgrade',
    { assessment: true },
    {
      added: ['Prepare for Upgrade/Upgrade Assessment', 'Prepare for Upgrade/Stop after a Failed Assessment'],
    },
  ],
  [
    'TPL-116: BIOS to UEFI',
    'upgrade',
    { biosToUefi: true, firmwareCommand: 'cctk.exe --bootmode=uefi', firmwarePackage: 'Other' },
    {
      added: [
        'Post-Processing/Switch from BIOS to UEFI',
        'Post-Processing/Switch from BIOS to UEFI/Convert Disk to GPT',
        'Post-Processing/Switch from BIOS to UEFI/Switch Firmware to UEFI',
        'Post-Processing/Switch from BIOS to UEFI/Restart in UEFI',
      ],
    },
  ],
  [
    'TPL-117: default app associations',
    'upgrade',
    { appAssociationsPackage: 'Other' },
    {
      added: ['Post-Processing/Set Windows default apps and associations/Import Default App Associations'],
    },
  ],
  [
    'TPL-129: message after the upgrade',
    'upgrade',
    { restartMessage: 'Done', restartTimeout: 5 },
    { changed: { 'Upgrade the Operating System/Restart Computer': { Message: 'Done', MessageTimeout: 5 } } },
  ],
];

const others: readonly Case[] = [
  [
    'TPL-141: configured files of USMT',
    'user-state',
    { usmtPackage: 'Other', stateConfigFiles: ['Ours.xml'] },
    {
      changed: {
        [`${userFiles}/${userFiles}`]: { UsmtPackageID: 'Other', Mode: 'Advanced', ConfigFiles: 'Ours.xml' },
        'Restore User Files and Settings/Restore User Files and Settings': {
          UsmtRestorePackageID: 'Other',
          Mode: 'Advanced',
          ConfigFiles: 'Ours.xml',
        },
      },
    },
  ],
];

const cases = [...install, ...capture, ...upgrading, ...others];

describe('TPL-11: an option changes exactly its steps', () => {
  test.each(cases)('%s', (_title, kind, answers, expected) => {
    const made = make(kind, answers);
    expect(told(made)).toEqual([]);
    expect(difference(make(kind).sequence.steps, made.sequence.steps)).toEqual(expected);
  });

  test('every question has such a difference, or is about no step', () => {
    const shown = new Set(cases.flatMap(([, , answers]) => Object.keys(answers)));
    const required = ['name', 'bootImage', 'upgradePackage', 'capturePath', 'captureAccount', 'capturePassword'];
    const missing = Object.keys(QUESTIONS).filter((name) => !shown.has(name) && !required.includes(name));
    expect(missing).toEqual(['sysprepPackage']);
  });

  test('an option means the same wherever a kind asks it', () => {
    for (const kind of TEMPLATE_KINDS) {
      const names = questionsOf(kind).map(({ option }) => option);
      expect(new Set(names).size, kind).toBe(names.length);
    }
  });
});
