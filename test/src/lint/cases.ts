/** One bad and one good site for every rule of lint: the good one is the bad one, mended. Paths and texts of files. */
import { IMAGES } from '../site/site-of.ts';

export interface LintCase {
  readonly bad: Readonly<Record<string, string>>;
  readonly good: Readonly<Record<string, string>>;
  /** `file:line` of the finding in the bad site. */
  readonly place: string;
}

const FILE = 'task-sequences/s.yaml';

/** A sequence with the boot image `pe-x64`; the first step is on line 5. */
export const sequence = (steps: string, head = 'bootImage: pe-x64'): string =>
  `id: ABC00010\nname: S\n${head}\nsteps:\n${steps}`;

/** Steps as they are written most. */
export const PE = `  - step: To PE
    type: restart-computer
    condition: [{ variable: _SMSTSInWinPE, equals: "false" }]
    with: { Target: WinPE }
`;
export const DISK = `  - { step: Disk, type: format-and-partition-disk, with: { DiskIndex: 0 } }\n`;
export const APPLY = `  - { step: Apply, type: apply-operating-system-image, with: { ImagePackageID: win11, ImageIndex: 1 } }\n`;
export const SETUP = `  - { step: Setup, type: setup-windows-and-configmgr, with: {} }\n`;
const run = (name: string, command: string, more = '') =>
  `  - { step: ${name}, type: run-command-line${more}, with: { CommandLine: '${command}' } }\n`;
const set = (name: string, value: string) =>
  `  - { step: Set, type: set-task-sequence-variable, with: { VariableName: ${name}, VariableValue: "${value}" } }\n`;

/** Both sites hold the images; `more` are files that both have. */
function of(line: number, bad: string, good: string, more: Readonly<Record<string, string>> = {}): LintCase {
  const files = { ...IMAGES, ...more };
  return { bad: { ...files, [FILE]: bad }, good: { ...files, [FILE]: good }, place: `${FILE}:${line}` };
}

/** The sequence is the same, another file differs. */
function around(
  place: string,
  text: string,
  [path, bad, good]: readonly [string, string, string],
  more: Readonly<Record<string, string>> = {},
): LintCase {
  const files = { ...IMAGES, [FILE]: text, ...more };
  return { bad: { ...files, [path]: bad }, good: { ...files, [path]: good }, place };
}

const deployment = (lines: string) => `id: ABC00030\nname: D\ntaskSequence: S\ncollection: Lab\n${lines}`;
const LAB = (device: string) => ({
  'devices/pc1.yaml': `name: PC1\nmacAddresses: ["00:15:5D:00:00:01"]\n${device}`,
  'collections/lab.yaml': 'id: ABC00020\nname: Lab\ntype: device\nmembers: { devices: [PC1] }\n',
});
const UPGRADE = (more = '') =>
  `  - { step: Upgrade, type: upgrade-operating-system, with: { InstallPackageID: up${more} } }\n`;
const upgradePackage = (edition: string) => ({
  'upgrade-packages/up.yaml': `id: ABC00003\nname: up\neditions: [{ index: 1, edition: ${edition} }]\n`,
});
const OLD = (name: string) => `id: ABC00011\nname: Child\n${name}steps:\n${run('Child step', 'cmd /c ver')}`;
const CHILD = `  - { step: Run child, type: run-task-sequence, with: { TsPackageID: Child } }\n`;
const POINT = { 'distribution-points/dp.yaml': 'name: DP1\nserver: dp1.contoso.example\n' };
const CAPTURE_STATE = (links: boolean) =>
  `  - { step: Keep, type: capture-user-state, with: { UsmtPackageID: usmt, UseHardlinks: ${links} } }\n`;
const USMT = { 'packages/usmt.yaml': 'id: ABC00004\nname: usmt\n' };
const CAPTURE = (more: string) =>
  `  - { step: Capture, type: capture-operating-system-image, with: { CaptureDestination: ${more} } }\n`;
const TARGET = "'\\\\srv\\share\\x.wim', CaptureUsername: 'D\\u', CapturePassword: !secret abc";
const CUSTOM = 'highImpact: { marked: true, headline: Wait, message: [a, b, c]';

export const CASES: Readonly<Record<string, LintCase>> = {
  LINT_UNREACHABLE: of(
    6,
    sequence(run('End', 'cmd /c exit 5') + run('Late', 'cmd /c ver'), 'description: x'),
    sequence(run('End', 'cmd /c exit 0') + run('Late', 'cmd /c ver'), 'description: x'),
  ),
  LINT_NEVER_TRUE: of(
    7,
    sequence(
      `  - step: Both\n    type: run-command-line\n    condition: [{ variable: A, equals: x }, { variable: A, equals: y }]\n    with: { CommandLine: x }\n`,
    ),
    sequence(
      `  - step: Both\n    type: run-command-line\n    condition: [{ any: [{ variable: A, equals: x }, { variable: A, equals: y }] }]\n    with: { CommandLine: x }\n`,
    ),
  ),
  LINT_RUN_IN: of(
    9,
    sequence(PE + run('Later', 'x', ', runIn: FullOS')),
    sequence(PE + run('Later', 'x', ', runIn: WinPE')),
  ),
  LINT_MISSING_RESTART: of(
    9,
    sequence(`${PE}  - { step: App, type: install-application, with: { ApplicationName: [a] } }\n`),
    sequence(`${PE + SETUP}  - { step: App, type: install-application, with: { ApplicationName: [a] } }\n`),
  ),
  LINT_NO_SETUP: of(10, sequence(PE + DISK + APPLY), sequence(PE + DISK + APPLY + SETUP)),
  LINT_NO_BOOT_IMAGE: of(5, sequence(DISK, 'description: x'), sequence(DISK)),
  LINT_APPLY_BEFORE_PARTITION: of(10, sequence(PE + APPLY + DISK + SETUP), sequence(PE + DISK + APPLY + SETUP)),
  LINT_VARIABLE_NEVER_SET: of(
    5,
    sequence(`  - { step: Connect, type: connect-to-network-folder, with: { Path: '\\\\%Server%\\x' } }\n`),
    sequence(`  - { step: Connect, type: connect-to-network-folder, with: { Path: '\\\\%_SMSTSMP%\\x' } }\n`),
  ),
  LINT_READ_ONLY_NAME: of(
    5,
    sequence(run('Log', 'copy %_SMSTSLogPaht% x')),
    sequence(run('Log', 'copy %_SMSTSLogPath% x')),
  ),
  LINT_OSD_NOT_TAKEN: of(
    5,
    sequence(set('OSDComputerNam', 'PC') + PE),
    sequence(set('OSDRegisteredOrgName', 'X') + PE + `  - { step: W, type: apply-windows-settings, with: {} }\n`),
  ),
  LINT_DOWNLOAD_VARIABLE: of(6, sequence(download('Media')), sequence(download('Media01')), {
    'packages/p.yaml': 'id: ABC00005\nname: p\n',
  }),
  LINT_WQL: of(7, sequence(query('SELECT FROM Win32_Battery')), sequence(query('SELECT * FROM Win32_Battery'))),
  LINT_CHILD_DISABLED: around(`${FILE}:5`, sequence(CHILD), [
    'task-sequences/c.yaml',
    OLD('enabled: false\n'),
    OLD(''),
  ]),
  LINT_CHILD_BOOT_IMAGE: around(`${FILE}:5`, sequence(CHILD, 'description: x'), [
    'task-sequences/c.yaml',
    OLD('bootImage: pe-x64\n'),
    OLD(''),
  ]),
  LINT_SOFTWARE_NOT_ALLOWED: around(
    `${FILE}:5`,
    sequence(
      `  - { step: Package, type: install-package, with: { PackageID: p, ProgramName: setup } }\n`,
      'description: x',
    ),
    [
      'packages/p.yaml',
      'id: ABC00005\nname: p\nprograms: [{ name: setup, commandLine: setup.exe, enabled: false }]\n',
      'id: ABC00005\nname: p\nprograms: [{ name: setup, commandLine: setup.exe }]\n',
    ],
  ),
  LINT_DRIVERS_DISABLED: around(
    `${FILE}:9`,
    sequence(`${PE}  - { step: Drivers, type: apply-driver-package, with: { DriverPackageID: dp } }\n`),
    ['drivers/d.yaml', 'id: ABC00006\nname: d\nenabled: false\n', 'id: ABC00006\nname: d\n'],
    { 'driver-packages/dp.yaml': 'id: ABC00007\nname: dp\ndrivers: [d]\n' },
  ),
  LINT_ARCHITECTURE: around(`${FILE}:10`, sequence(PE + DISK + APPLY + SETUP), [
    'operating-systems/win11.yaml',
    'id: ABC00002\nname: win11\narchitecture: arm64\n',
    'id: ABC00002\nname: win11\narchitecture: x64\n',
  ]),
  LINT_IMAGE_KIND: of(
    9,
    sequence(PE + APPLY.replace('win11', 'up') + SETUP),
    sequence(PE + APPLY + SETUP),
    upgradePackage('Enterprise'),
  ),
  LINT_IMAGE_INDEX: around(`${FILE}:9`, sequence(PE + APPLY + SETUP), [
    'operating-systems/win11.yaml',
    'id: ABC00002\nname: win11\neditions: [{ index: 2, name: Windows 11 Pro }]\n',
    'id: ABC00002\nname: win11\neditions: [{ index: 1, name: Windows 11 Pro }]\n',
  ]),
  LINT_UPGRADE_KEY: around(`${FILE}:5`, sequence(UPGRADE(), 'description: x'), [
    'upgrade-packages/up.yaml',
    upgradePackage('Core')['upgrade-packages/up.yaml'],
    upgradePackage('Enterprise')['upgrade-packages/up.yaml'],
  ]),
  LINT_UPGRADE_DIALOG: of(
    5,
    sequence(UPGRADE(), 'description: x'),
    sequence(UPGRADE(', IgnoreMessages: true'), 'description: x'),
    upgradePackage('ServerStandard'),
  ),
  LINT_UPGRADE_PATH: around(
    `${FILE}:5`,
    sequence(UPGRADE(), 'description: x'),
    ['devices/pc1.yaml', LAB('server: true\n')['devices/pc1.yaml'], LAB('')['devices/pc1.yaml']],
    {
      ...upgradePackage('Enterprise'),
      'collections/lab.yaml': LAB('')['collections/lab.yaml'],
      'deployments/d.yaml': deployment('purpose: available\n'),
    },
  ),
  LINT_MEMBERSHIP_ACCOUNT: of(
    5,
    sequence(membership('')),
    sequence(membership(", DomainUsername: 'D\\u', DomainPassword: !secret abc")),
  ),
  LINT_CAPTURE_IN_DOMAIN: of(6, sequence(prepared('')), sequence(prepared(workgroup()))),
  LINT_CAPTURE_TARGET: of(
    9,
    sequence(PE + CAPTURE("'\\\\srv\\share\\x', CaptureUsername: 'D\\u', CapturePassword: !secret abc")),
    sequence(PE + CAPTURE(TARGET)),
  ),
  LINT_CAPTURE_TWICE: of(10, sequence(PE + CAPTURE(TARGET) + CAPTURE(TARGET)), sequence(PE + CAPTURE(TARGET))),
  LINT_HARD_LINKS: of(10, sequence(PE + CAPTURE_STATE(true) + DISK), sequence(PE + CAPTURE_STATE(false) + DISK), USMT),
  LINT_STATE_ORDER: of(5, sequence(state().replace(/^.*Ask.*\n/, '')), sequence(state()), USMT),
  LINT_SECRET_MISSING: of(
    5,
    sequence(connect("'\\\\srv\\x', Username: 'D\\u'")),
    sequence(connect("'\\\\srv\\x', Username: 'D\\u', Password: !secret abc")),
  ),
  LINT_SECRET_IN_TEXT: of(
    5,
    sequence(run('Join', 'join.exe /domain:d /password:Hunter2')),
    sequence(run('Join', 'join.exe /domain:d /password:%OSDJoinPassword%')),
  ),
  LINT_UNKNOWN_STEP: of(
    5,
    sequence(`  - { step: Foreign, type: unknown, extra: { type: Contoso_Action, action: x.exe } }\n`),
    sequence(`  - { step: Foreign, type: unknown, enabled: false, extra: { type: Contoso_Action, action: x.exe } }\n`),
  ),
  LINT_NO_EFFECT: of(5, sequence(set('A', 'x').replace(', with', ', timeout: 60, with')), sequence(set('A', 'x'))),
  LINT_SAME_NAME: of(6, sequence(run('One', 'a') + run('One', 'b')), sequence(run('One', 'a') + run('Two', 'b'))),
  LINT_HIGH_IMPACT_TEXT: of(
    3,
    sequence(run('One', 'a'), `${CUSTOM} }`),
    sequence(run('One', 'a'), `${CUSTOM}, customText: true }`),
  ),
  LINT_CONTENT_MISSING: around(
    `${FILE}:9`,
    sequence(PE + APPLY + SETUP, 'bootImage: pe-x64'),
    [
      'operating-systems/win11.yaml',
      'id: ABC00002\nname: win11\n',
      `id: ABC00002\nname: win11\ncontent: { sha256: "${'a'.repeat(64)}", size: 1 }\ndistribution: { points: [DP1] }\n`,
    ],
    {
      ...POINT,
      'boot-images/pe.yaml': `id: ABC00001\nname: pe-x64\narchitecture: x64\ncontent: { sha256: "${'b'.repeat(64)}", size: 1 }\ndistribution: { points: [DP1] }\n`,
    },
  ),
  LINT_RUN_TWICE: around(
    'deployments/d.yaml:5',
    sequence(PE + DISK + APPLY + SETUP),
    [
      'deployments/d.yaml',
      deployment('purpose: available\n'),
      deployment('purpose: available\navailableTo: mediaAndPxe\n'),
    ],
    LAB(''),
  ),
  LINT_AUTOMATIC: around(
    'deployments/d.yaml:6',
    sequence(PE + DISK + APPLY + SETUP),
    [
      'deployments/d.yaml',
      deployment('purpose: required\navailableTo: mediaAndPxe\n'),
      deployment('purpose: required\navailableTo: mediaAndPxeHidden\n'),
    ],
    {
      ...LAB('variables: { SMSTSPreferredAdvertID: ABC00030 }\n'),
    },
  ),
  LINT_AFFINITY: of(
    5,
    sequence(set('SMSTSAssignUsersMode', 'Auto')),
    sequence(set('SMSTSAssignUsersMode', 'Pending')),
    {
      'distribution-points/dp.yaml':
        'name: DP1\nserver: dp1.contoso.example\npxe: { enabled: true, userDeviceAffinity: approval }\n',
    },
  ),
};

function download(used: string): string {
  return `  - { step: Download, type: download-package-content, with: { DownloadPackages: [p], DestinationVariable: Media } }
  - { step: Upgrade, type: upgrade-operating-system, with: { InstallPath: '%${used}%' } }
`;
}

function query(text: string): string {
  return `  - step: Ask\n    type: run-command-line\n    condition: [{ wmi: '${text}' }]\n    with: { CommandLine: x }\n`;
}

function membership(account: string): string {
  const network = `  - { step: Network, type: apply-network-settings, with: { NetworkJoinType: 1, WorkgroupName: W${account} } }\n`;
  return `  - { step: Take, type: capture-network-settings, with: {} }\n${PE}${network}`;
}

function workgroup(): string {
  return `  - { step: Leave, type: join-domain-or-workgroup, with: { Type: 1, WorkgroupName: W } }\n`;
}

function prepared(between: string): string {
  const join = `  - { step: Join, type: join-domain-or-workgroup, with: { Type: 0, DomainName: contoso.example, DomainUsername: 'D\\u', DomainPassword: !secret abc } }\n`;
  return `${join}${between}  - { step: Prepare, type: prepare-windows-for-capture, with: {} }\n`;
}

function state(): string {
  const request = `  - { step: Ask, type: request-state-store, with: { RequestType: capture } }\n`;
  return `${request}${CAPTURE_STATE(false)}  - { step: Done, type: release-state-store, with: {} }\n`;
}

function connect(values: string): string {
  return `  - { step: Connect, type: connect-to-network-folder, with: { Path: ${values} } }\n`;
}
