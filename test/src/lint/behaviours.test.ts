/** Documented behaviours that lint shows, each with a sequence that breaks it and one that keeps it. */
import { describe, expect, test } from 'vitest';
import { SETTINGS } from '../site/site-of.ts';
import { DISK, PE, sequence, SETUP } from './cases.ts';
import { editions, FILE, type Files, full, inPe, step, told, upgrade } from './told.ts';

const apply = (values: string) => PE + DISK + step('apply-operating-system-image', values) + SETUP;
const windows = (values: string) => PE + step('apply-windows-settings', values);
const network = (values: string) => PE + step('apply-network-settings', values);
const capture = (values: string) => PE + step('capture-operating-system-image', values);
const account = "DomainUsername: 'D\\u', DomainPassword: !secret abc";
const captureAccount = "CaptureUsername: 'D\\u', CapturePassword: !secret abc";
const many = {
  'operating-systems/many.yaml': 'id: ABC00004\nname: many\neditions: [{ index: 1 }, { index: 3 }]\n',
};
const apps = { 'applications/a.yaml': 'id: ABC00005\nname: a\n', 'applications/b.yaml': 'id: ABC00006\nname: b\n' };

/** Id, what is wrong in words, bad text, what is told, good text, other files. */
type Row = readonly [string, string, string, string, string, Files?];

const STEPS: readonly Row[] = [
  ['TPL-10', 'groups nested too deep', full(nested(65)), 'error SEQUENCE_TOO_DEEP', full(nested(63))],
  [
    'TPL-20',
    'an image index that the file does not hold',
    inPe(apply('ImagePackageID: many, ImageIndex: 2').slice(PE.length)),
    'error LINT_IMAGE_INDEX',
    inPe(apply('ImagePackageID: many, ImageIndex: 3').slice(PE.length)),
    many,
  ],
  [
    'TPL-20',
    'no index',
    sequence(apply('ImagePackageID: many')),
    'error STEP_SOURCE',
    sequence(apply('ImagePackageID: many, ImageIndex: 1')),
    many,
  ],
  [
    'TPL-22',
    'a key of four groups',
    sequence(windows('ProductKey: AAAAA-BBBBB-CCCCC-DDDDD')),
    'error STEP_PRODUCT_KEY',
    sequence(windows("ProductKey: '%OSDProductKey%'")),
  ],
  [
    'TPL-23',
    'per server without a limit',
    sequence(windows('ServerLicenseMode: PerServer')),
    'error STEP_SERVER_LICENSE',
    sequence(windows('ServerLicenseMode: PerServer, ServerLicenseConnectionLimit: 25')),
  ],
  [
    'TPL-25',
    'a join without domain',
    sequence(network(`NetworkJoinType: 0, ${account}`)),
    'error STEP_DOMAIN_NAME',
    sequence(network(`NetworkJoinType: 0, DomainName: d.example, ${account}`)),
  ],
  [
    'TPL-26',
    'an organizational unit that is no path',
    sequence(network(`NetworkJoinType: 0, DomainName: d.example, DomainOUName: Computers, ${account}`)),
    'error STEP_PROPERTY_VALUE',
    sequence(
      network(`NetworkJoinType: 0, DomainName: d.example, DomainOUName: 'LDAP://OU=PCs,DC=d,DC=example', ${account}`),
    ),
  ],
  [
    'TPL-27',
    'a join without account',
    sequence(network('NetworkJoinType: 0, DomainName: d.example')),
    'warning STEP_DOMAIN_ACCOUNT',
    sequence(network(`NetworkJoinType: 0, DomainName: d.example, ${account}`)),
  ],
  [
    'TPL-28',
    'membership captured without credentials',
    sequence(step('capture-network-settings', '') + network('NetworkJoinType: 1, WorkgroupName: W')),
    'error LINT_MEMBERSHIP_ACCOUNT',
    sequence(
      step('capture-network-settings', 'MigrateNetworkMembership: false') +
        network('NetworkJoinType: 1, WorkgroupName: W').replace('step: It', 'step: Net'),
    ),
  ],
  [
    'TPL-32',
    'one application and going on after it',
    full(step('install-application', 'ApplicationName: [a], ContinueOnInstallError: true')),
    'warning STEP_ONE_APPLICATION',
    full(step('install-application', 'ApplicationName: [a, b], ContinueOnInstallError: true')),
    apps,
  ],
  [
    'TPL-65',
    'a package with Sysprep',
    full(step('install-deployment-tools', 'SysprepPackageID: p')),
    'warning STEP_PROPERTY_DEPRECATED',
    full(step('install-deployment-tools', '')),
    { 'packages/p.yaml': 'id: ABC00007\nname: p\n' },
  ],
  [
    'TPL-67',
    'a capture path without file name',
    sequence(capture(`CaptureDestination: '\\\\srv\\share', ${captureAccount}`)),
    'error LINT_CAPTURE_TARGET',
    sequence(capture(`CaptureDestination: '\\\\srv\\share\\a.wim', ${captureAccount}`)),
  ],
  [
    'TPL-67',
    'a capture without account',
    sequence(capture("CaptureDestination: '\\\\srv\\share\\a.wim'")),
    'warning LINT_CAPTURE_TARGET',
    sequence(capture(`CaptureDestination: '\\\\srv\\share\\a.wim', ${captureAccount}`)),
  ],
  [
    'TPL-89',
    'a capture without destination',
    sequence(capture(captureAccount)),
    'error STEP_PROPERTY_MISSING',
    sequence(capture(`CaptureDestination: '\\\\srv\\share\\a.wim', ${captureAccount}`)),
  ],
  [
    'TPL-90',
    'captured twice',
    sequence(
      capture(`CaptureDestination: '\\\\srv\\s\\a.wim', ${captureAccount}`) +
        step('capture-operating-system-image', `CaptureDestination: '\\\\srv\\s\\b.wim', ${captureAccount}`).replace(
          'It',
          'Again',
        ),
    ),
    'warning LINT_CAPTURE_TWICE',
    sequence(capture(`CaptureDestination: '\\\\srv\\s\\a.wim', ${captureAccount}`)),
  ],
  [
    'TPL-103',
    'an edition that the package does not have',
    full(upgrade('InstallEditionIndex: 2')),
    'error LINT_IMAGE_INDEX',
    full(upgrade('InstallEditionIndex: 1')),
    editions('{ index: 1, edition: Enterprise }'),
  ],
  [
    'TPL-104',
    'a retail edition without key',
    full(upgrade('InstallEditionIndex: 1')),
    'warning LINT_UPGRADE_KEY',
    full(upgrade('InstallEditionIndex: 2')),
    editions('{ index: 1, edition: Core }, { index: 2, edition: Enterprise }'),
  ],
  [
    'TPL-105',
    'a server upgrade that waits for Confirm',
    full(upgrade('InstallEditionIndex: 1')),
    'error LINT_UPGRADE_DIALOG',
    full(upgrade('InstallEditionIndex: 1, IgnoreMessages: true')),
    editions('{ index: 1, edition: ServerDatacenter }'),
  ],
  [
    'TPL-144',
    'a sequence in Windows PE without boot image; one without such steps needs none',
    full(DISK),
    'error LINT_NO_BOOT_IMAGE',
    full(step('run-command-line', 'CommandLine: x')),
  ],
  [
    'SITE-18',
    'a boot image that is not there',
    inPe(DISK).replace('pe-x64', 'other'),
    'warning SITE_REFERENCE',
    inPe(DISK),
  ],
  [
    'SITE-20',
    'an id of another site',
    full(step('run-command-line', 'CommandLine: x')).replace('ABC00010', 'XYZ00010'),
    'error SITE_ID_FOREIGN',
    full(step('run-command-line', 'CommandLine: x')),
  ],
  [
    'HI-03',
    'custom text on a sequence without high impact',
    full(step('run-command-line', 'CommandLine: x')).replace(
      'steps:',
      'highImpact: { customText: true, message: [a, b, c] }\nsteps:',
    ),
    'error SITE_HIGH_IMPACT_TEXT',
    full(step('run-command-line', 'CommandLine: x')).replace(
      'steps:',
      'highImpact: { marked: true, customText: true, message: [a, b, c] }\nsteps:',
    ),
  ],
  [
    'HI-05',
    'an empty box',
    inPe(DISK).replace('steps:', 'highImpact: { customText: true, message: [a, "", c] }\nsteps:'),
    'error SITE_HIGH_IMPACT_TEXT',
    inPe(DISK).replace('steps:', 'highImpact: { customText: true, message: [a, b, c] }\nsteps:'),
  ],
  [
    'VAR-11',
    'a read-only name is set',
    full(step('set-task-sequence-variable', 'VariableName: _Mine, VariableValue: x')),
    'error STEP_VARIABLE_READ_ONLY',
    full(step('set-task-sequence-variable', 'VariableName: Mine, VariableValue: x')),
  ],
  [
    'VAR-18',
    'the bare name of a downloaded list',
    full(download('X')),
    'warning LINT_DOWNLOAD_VARIABLE',
    full(download('X01')),
    { 'packages/p.yaml': 'id: ABC00007\nname: p\n' },
  ],
  [
    'IO-11',
    'a password that no export has',
    full(step('join-domain-or-workgroup', "Type: 0, DomainName: d.example, DomainUsername: 'D\\u'")),
    'error LINT_SECRET_MISSING',
    full(step('join-domain-or-workgroup', `Type: 0, DomainName: d.example, ${account}`)),
  ],
  [
    'IO-11',
    'an account to run as',
    full(step('run-command-line', "CommandLine: x, RunAsUser: true, UserName: 'D\\u'")),
    'error LINT_SECRET_MISSING',
    full(step('run-command-line', "CommandLine: x, RunAsUser: true, UserName: 'D\\u', UserPassword: !secret abc")),
  ],
  [
    'IO-12',
    'a secret value of a rule',
    full(step('set-dynamic-variables', 'Rules: { rules: [{ variables: [{ name: A, value: "", secret: true }] }] }')),
    'error LINT_SECRET_MISSING',
    full(
      step(
        'set-dynamic-variables',
        'Rules: { rules: [{ variables: [{ name: A, value: !secret abc, secret: true }] }] }',
      ),
    ),
  ],
  [
    'IO-17',
    'an unknown type',
    full('  - { step: It, type: unknown, extra: { type: X } }\n'),
    'error LINT_UNKNOWN_STEP',
    full('  - { step: It, type: unknown, enabled: false, extra: { type: X } }\n'),
  ],
  [
    'IO-17',
    'an unreadable condition',
    full('  - { step: It, type: run-command-line, condition: [{ unreadable: X }], with: { CommandLine: x } }\n'),
    'error LINT_UNKNOWN_STEP',
    full(step('run-command-line', 'CommandLine: x')),
  ],
  [
    'IMG-10',
    'an image where an upgrade package must be',
    full(step('upgrade-operating-system', 'InstallPackageID: win11')),
    'error LINT_IMAGE_KIND',
    full(upgrade('IgnoreMessages: true')),
    editions('{ index: 1, edition: Enterprise }'),
  ],
  [
    'STATE-11',
    'released before it is captured',
    full(state('release-state-store', 'capture-user-state')),
    'warning LINT_STATE_ORDER',
    full(state('capture-user-state', 'release-state-store')),
  ],
  [
    'STATE-15',
    'hard links and partitioning',
    inPe(step('capture-user-state', 'UseHardlinks: true') + DISK),
    'error LINT_HARD_LINKS',
    inPe(step('capture-user-state', 'UseHardlinks: true') + guarded()),
  ],
];

describe('of the sequence', () => {
  test.for(STEPS)('%s: %s', ([, , bad, expected, good, more]: Row) => {
    expect(told({ ...more, [FILE]: bad })).toContain(expected);
    expect(told({ ...more, [FILE]: good })).not.toContain(expected);
  });

  test('UPD-04: updates without a source of the site', () => {
    const text = full(step('install-software-updates', 'Target: All'));
    expect(told({ [FILE]: text })).toEqual(['error SITE_UPDATE_SOURCE']);
    expect(told({ [FILE]: text }, `${SETTINGS}softwareUpdates: { source: windowsUpdate }\n`)).toEqual([]);
  });

  test('UDA-04: a mode that the points do not have', () => {
    const text = full(step('set-task-sequence-variable', 'VariableName: SMSTSAssignUsersMode, VariableValue: Auto'));
    const point = (mode: string) => ({
      [FILE]: text,
      'distribution-points/dp.yaml': `name: DP\npxe: { enabled: true, userDeviceAffinity: ${mode} }\n`,
    });
    expect(told(point('none'))).toEqual(['warning LINT_AFFINITY']);
    expect(told(point('automatic'))).toEqual([]);
  });
});

function nested(depth: number): string {
  const lines = Array.from({ length: depth }, (_, level) => {
    const indent = '  '.repeat(2 * level + 1);
    return `${indent}- group: G${level}\n${indent}  steps:\n`;
  });
  return `${lines.join('')}${'  '.repeat(2 * depth + 1)}- { step: Last, type: run-command-line, with: { CommandLine: x } }\n`;
}

function download(used: string): string {
  return (
    step('download-package-content', 'DownloadPackages: [p], DestinationVariable: X') +
    step('run-command-line', `CommandLine: '%${used}%\\setup.exe'`).replace('It', 'Use')
  );
}

function state(...types: readonly string[]): string {
  const rest = types.map((type, index) => step(type, '').replace('It', `Part ${index}`));
  return step('request-state-store', 'RequestType: capture') + rest.join('');
}

function guarded(): string {
  return DISK.replace('type:', 'condition: [{ variable: _SMSTSUserStatePath, notExists: true }], type:');
}
