/**
 * What each answer changes of the default tree, and that it changes nothing else (TPL-11). The differences are written by
 * hand from the facts' checklist.
 */
import { describe, expect, test } from 'vitest';
import { type GivenAnswers, questionsOf, TEMPLATE_KINDS, type TemplateKind } from '../../../src/templates/index.ts';
import { type Difference, difference, make, SEALED, told } from './office.ts';

const fullMedia = '_SMSTSMediaType notEquals FullMedia';
const upgrade = 'Upgrade the Operating System/Upgrade Operating System';
const userFiles = 'Capture User Files and Settings';
const reference = 'Capture the Reference Computer/Capture the Reference Machine';
const key = 'AAAAA-BBBBB-CCCCC-DDDDD-EEEEE';

/** Title of the row, kind, answers, and what they change. */
type Case = readonly [string, TemplateKind, GivenAnswers, Difference];

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

const cases = [...capture, ...upgrading, ...others];

describe('TPL-11: an option changes exactly its steps', () => {
  test.each(cases)('%s', (_title, kind, answers, expected) => {
    const made = make(kind, answers);
    expect(told(made)).toEqual([]);
    expect(difference(make(kind).sequence.steps, made.sequence.steps)).toEqual(expected);
  });

  test('every question that an install does not ask has such a difference, or is required', () => {
    const shown = new Set(cases.flatMap(([, , answers]) => Object.keys(answers)));
    const others = TEMPLATE_KINDS.flatMap((kind) =>
      questionsOf(kind).filter(({ kinds, isRequired }) => !kinds.includes('install') && !isRequired),
    );
    expect(others.map(({ name }) => name).filter((name) => !shown.has(name))).toEqual([]);
    expect(new Set(others.map(({ name }) => name)).size).toBe(19);
  });

  test('an option means the same wherever a kind asks it', () => {
    for (const kind of TEMPLATE_KINDS) {
      const names = questionsOf(kind).map(({ option }) => option);
      expect(new Set(names).size, kind).toBe(names.length);
    }
  });
});
