/**
 * What each answer changes of the default tree, and that it changes nothing else (TPL-11). The differences are written by
 * hand from the facts' checklist.
 */
import { describe, expect, test } from 'vitest';
import { type GivenAnswers, questionsOf, type TemplateKind } from '../../../src/templates/index.ts';
import { type Difference, difference, make, SEALED, stepOf, told } from './office.ts';

const windows = 'Install Operating System/Apply Windows Settings';
const network = 'Install Operating System/Apply Network Settings';
const apply = 'Install Operating System/Apply Operating System';
const setUp = 'Setup Operating System/Setup Windows and ConfigMgr';
const fullMedia = '_SMSTSMediaType notEquals FullMedia';
const captured = 'Capture Files and Settings';
const userFiles = 'Capture User Files and Settings';
const restored = 'Setup Operating System/Restore User Files and Settings';
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
    'TPL-31, TPL-57, UPD-01: all updates',
    'install',
    { updates: 'all' },
    { changed: { 'Setup Operating System/Install Updates': { Target: 'All' } } },
  ],
  ['TPL-31, UPD-01: required updates', 'install', { updates: 'required' }, {}],
  [
    'TPL-31, TPL-12, UPD-01: no updates',
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

describe('TPL-11: an option of an install changes exactly its steps', () => {
  test.each(install)('%s', (_title, kind, answers, expected) => {
    const made = make(kind, answers);
    expect(told(made)).toEqual([]);
    expect(difference(make(kind).sequence.steps, made.sequence.steps)).toEqual(expected);
  });

  test('every question of it has such a difference, or is about no step', () => {
    const shown = new Set(install.flatMap(([, , answers]) => Object.keys(answers)));
    const missing = questionsOf('install').filter(({ name }) => !shown.has(name));
    expect(missing.map(({ name }) => name)).toEqual(['name', 'bootImage', 'continueOnApplicationError']);
  });

  test('TPL-32, TPL-58: applications in their order; going on after a failure is asked for several alone', () => {
    const applications = (answers: GivenAnswers) =>
      stepOf(make('install', answers).sequence, 'Setup Operating System/Install Applications');
    const both = ['Reader', 'Office'];
    expect(applications({ applications: ['Office'] })).toEqual({
      type: 'install-application',
      ApplicationName: ['Office'],
    });
    expect(applications({ applications: both })).toMatchObject({
      ApplicationName: both,
      ContinueOnInstallError: false,
    });
    expect(applications({ applications: both, continueOnApplicationError: true })).toMatchObject({
      ContinueOnInstallError: true,
    });
  });
});
