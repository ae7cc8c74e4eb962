/** Answers that are refused, each with its code and the question that it is about; all at once. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type GivenAnswers,
  makeTemplate,
  QUESTIONS,
  questionsOf,
  TEMPLATE_KINDS,
  type TemplateKind,
} from '../../../src/templates/index.ts';
import { bare, make, office, SEALED, told } from './office.ts';

const MISSING = 'TEMPLATE_ANSWER_MISSING';
const DISAGREE = 'TEMPLATE_ANSWERS_DISAGREE';
const VALUE = 'TEMPLATE_ANSWER_VALUE';

const refused: readonly (readonly [string, TemplateKind, GivenAnswers, readonly string[]])[] = [
  ['TPL-20: several images and no index', 'install', { image: 'Many' }, [`imageIndex ${MISSING}`]],
  [
    'TPL-20: an index that the file does not have',
    'install',
    { image: 'Many', imageIndex: 2 },
    [`imageIndex ${VALUE}`],
  ],
  ['TPL-103: an edition that the package does not have', 'upgrade', { edition: 1 }, [`edition ${VALUE}`]],
  [
    'TPL-51: a computer name of 16 characters',
    'install',
    { computerName: 'ABCDEFGHIJKLMNOP' },
    [`computerName ${VALUE}`],
  ],
  ['TPL-22: a group of four', 'install', { productKey: 'AAAAA-BBBBB-CCCCC-DDDDD-EEEE' }, ['STEP_PRODUCT_KEY']],
  ['TPL-22: four groups', 'install', { productKey: 'AAAAA-BBBBB-CCCCC-DDDDD' }, ['STEP_PRODUCT_KEY']],
  ['TPL-104: a key of an upgrade', 'upgrade', { productKey: 'AAAAA-BBBBB' }, ['STEP_PRODUCT_KEY']],
  ['TPL-23: per server without number', 'install', { serverLicensing: 'per-server' }, [`serverConnections ${MISSING}`]],
  ['TPL-23: number without per server', 'install', { serverConnections: 10 }, [`serverConnections ${DISAGREE}`]],
  [
    'TPL-23: four connections',
    'install',
    { serverLicensing: 'per-server', serverConnections: 4 },
    [`serverConnections ${VALUE}`],
  ],
  ['TPL-24: no password given', 'install', { administrator: 'password' }, [`adminPassword ${MISSING}`]],
  [
    'TPL-24: a password for a disabled account',
    'install',
    { administrator: 'disable', adminPassword: SEALED },
    [`adminPassword ${DISAGREE}`],
  ],
  ['TPL-64: install has no random choice', 'install', { administrator: 'random' }, [`administrator ${VALUE}`]],
  [
    'TPL-64: capture has no disable choice',
    'build-and-capture',
    { administrator: 'disable' },
    [`administrator ${VALUE}`],
  ],
  [
    'TPL-25, TPL-27: a domain without name and account',
    'install',
    { join: 'domain' },
    [`domain ${MISSING}`, `joinAccount ${MISSING}`],
  ],
  ['TPL-25: a domain where a workgroup is joined', 'install', { domain: 'contoso.com' }, [`domain ${DISAGREE}`]],
  [
    'TPL-26: a unit that is no X.500 path',
    'install',
    {
      join: 'domain',
      domain: 'contoso.com',
      organizationalUnit: 'contoso.com/PCs',
      joinAccount: 'C\\j',
      joinPassword: SEALED,
    },
    [`organizationalUnit ${VALUE}`],
  ],
  [
    'TPL-27: an account without its domain',
    'install',
    { join: 'domain', domain: 'contoso.com', joinAccount: 'joiner', joinPassword: SEALED },
    [`joinAccount ${VALUE}`],
  ],
  [
    'TPL-26: a unit where a workgroup is joined',
    'install',
    { organizationalUnit: 'LDAP://OU=PCs,DC=c,DC=com' },
    [`organizationalUnit ${DISAGREE}`],
  ],
  [
    'TPL-25: a workgroup beside a domain',
    'install',
    { join: 'domain', domain: 'c.com', joinAccount: 'C\\j', joinPassword: SEALED, workgroup: 'LAB' },
    [`workgroup ${DISAGREE}`],
  ],
  ['TPL-27: an account without password', 'install', { joinAccount: 'C\\j' }, [`joinPassword ${MISSING}`]],
  ['TPL-27: a password without account', 'install', { joinPassword: SEALED }, [`joinAccount ${MISSING}`]],
  ['TPL-21: a disk where none is partitioned', 'install', { partition: false, disk: 1 }, [`disk ${DISAGREE}`]],
  [
    'TPL-30: USMT where no user state is captured',
    'install',
    { captureUserState: false, usmtPackage: 'Other', stateConfigFiles: ['a.xml'] },
    [`stateConfigFiles ${DISAGREE}`, `usmtPackage ${DISAGREE}`],
  ],
  ['TPL-36: a partition without disk', 'install', { destinationPartition: 1 }, [`destinationDisk ${MISSING}`]],
  ['TPL-36: a package without answer file', 'install', { answerFilePackage: 'Other' }, [`answerFile ${MISSING}`]],
  [
    'TPL-116: a firmware command without the switch',
    'upgrade',
    { firmwareCommand: 'x', firmwarePackage: 'Other' },
    [`firmwareCommand ${DISAGREE}`, `firmwarePackage ${DISAGREE}`],
  ],
  ['a flag that is text', 'install', { partition: 'no' }, [`partition ${VALUE}`]],
  ['TPL-28: membership without credentials', 'install', { captureMembership: true }, [`joinAccount ${MISSING}`]],
  [
    'TPL-30: parts of what is not captured',
    'install',
    { captureWindowsSettings: false, captureTimeZone: true, captureNetworkSettings: false, captureAdapters: true },
    [`captureAdapters ${DISAGREE}`, `captureTimeZone ${DISAGREE}`],
  ],
  [
    'TPL-32: going on with one application',
    'install',
    { applications: ['Office'], continueOnApplicationError: true },
    [`continueOnApplicationError ${DISAGREE}`],
  ],
  ['TPL-34: a message of 513 characters', 'install', { restartMessage: 'x'.repeat(513) }, [`restartMessage ${VALUE}`]],
  ['TPL-36: an answer file without its package', 'install', { answerFile: 'u.xml' }, [`answerFilePackage ${MISSING}`]],
  ['TPL-36: a disk without partition', 'install', { destinationDisk: 0 }, [`destinationPartition ${MISSING}`]],
  [
    'TPL-63: capture asks for no partition switch',
    'build-and-capture',
    { partition: true },
    ['partition TEMPLATE_ANSWER_FOREIGN'],
  ],
  [
    'TPL-63: capture has no state page',
    'build-and-capture',
    { captureUserState: true },
    ['captureUserState TEMPLATE_ANSWER_FOREIGN'],
  ],
  [
    'TPL-65: a Sysprep package',
    'build-and-capture',
    { sysprepPackage: 'Other' },
    ['sysprepPackage TEMPLATE_SYSPREP_PACKAGE'],
  ],
  [
    'TPL-66: texts that are too long',
    'build-and-capture',
    { imageCreator: 'x'.repeat(256), imageVersion: 'x'.repeat(33), imageDescription: 'x'.repeat(256) },
    [`imageCreator ${VALUE}`, `imageVersion ${VALUE}`, `imageDescription ${VALUE}`],
  ],
  ['TPL-67: a path that is no network path', 'capture', { capturePath: 'C:\\images\\a.wim' }, [`capturePath ${VALUE}`]],
  ['TPL-67: a path to no WIM', 'capture', { capturePath: '\\\\files\\images\\a.iso' }, [`capturePath ${VALUE}`]],
  ['TPL-89: a capture without account', 'capture', { captureAccount: undefined }, [`captureAccount ${MISSING}`]],
  [
    'TPL-108: no uninstall program',
    'upgrade',
    { removeApplications: ['Office'] },
    ['removeApplications TEMPLATE_NO_UNINSTALL'],
  ],
  ['TPL-112: drivers without model', 'upgrade', { driverPackages: ['Latitude'] }, [`driverPackages ${VALUE}`]],
  ['TPL-116: no command of the manufacturer', 'upgrade', { biosToUefi: true }, [`firmwareCommand ${MISSING}`]],
  [
    'SITE-18: objects that are not there',
    'install',
    { image: 'Windows 12', bootImage: 'pe', applications: ['Offce'] },
    ['image TEMPLATE_REFERENCE', 'bootImage TEMPLATE_REFERENCE', 'applications TEMPLATE_REFERENCE'],
  ],
  ['an answer that nobody asks for', 'install', { imageIndx: 1 }, ['imageIndx TEMPLATE_ANSWER_UNKNOWN']],
  [
    'a password in plain text',
    'install',
    { administrator: 'password', adminPassword: 'hunter2' },
    ['adminPassword TEMPLATE_SECRET_PLAIN'],
  ],
];

describe('refused answers', () => {
  test.each(refused)('%s', (_title, kind, answers, expected) => {
    const found = told(make(kind, answers));
    expect([...found].sort()).toEqual([...expected].sort());
  });

  test('what is required is told at once', () => {
    const names = (kind: TemplateKind) => told(makeTemplate(kind, {}, office));
    expect(names('install')).toEqual([`name ${MISSING}`, `bootImage ${MISSING}`, `image ${MISSING}`]);
    expect(names('upgrade')).toEqual([`name ${MISSING}`, `upgradePackage ${MISSING}`]);
    expect(told(make('user-state', {}, bare))).toEqual([`usmtPackage ${MISSING}`]);
    expect(told(make('install', { captureUserState: true }, bare))).toEqual([`usmtPackage ${MISSING}`]);
  });

  test('the nearest name is offered, of questions and of objects', () => {
    expect(make('install', { imageIndx: 1 }).problems[0]?.hint).toBe('Did you mean imageIndex?');
    expect(make('install', { applications: ['Offce'] }).problems[0]?.hint).toBe('Did you mean Office?');
  });
});

test('TPL-63, TPL-101, TPL-144: a question that a kind does not ask is refused with the reason', () => {
  const message = (kind: TemplateKind, answers: GivenAnswers) => make(kind, answers).problems[0]?.message;
  expect(message('upgrade', { bootImage: 'pe-x64' })).toContain('an upgrade starts in the full operating system');
  expect(message('non-os', { bootImage: 'pe-x64' })).toContain('runs under the one that is there');
  expect(message('build-and-capture', { partition: false })).toContain('always partitioned and formatted');
  expect(message('upgrade', { partition: false })).toBe('does not apply: only install, virtual-hard-disk ask it');
  expect(message('install', { overwrite: true })).toBe('does not apply: only build-and-capture, capture ask it');
  expect(message('install', { edition: 1 })).toBe('does not apply: only upgrade asks it');
});

test('TPL-22: what a key looks like is told', () => {
  const [problem] = make('install', { productKey: 'AAAAA-BBBBB' }).problems;
  expect(problem?.message).toMatch(/^step "Apply Windows Settings": ProductKey has groups of 5, 5 characters/);
  expect(problem?.hint).toContain('XXXXX-XXXXX-XXXXX-XXXXX-XXXXX');
});

test('a wrong value is shown, unless it may be a secret', () => {
  const message = (answers: GivenAnswers) => make('install', answers).problems[0]?.message;
  expect(message({ disk: 'two' })).toBe('must be a whole number of 0 to 99; found "two"');
  expect(message({ productKey: 'x'.repeat(256) })).not.toContain('xxx');
  expect(message({ adminPassword: 5_551_234 })).toBe('must be a sealed password');
});

describe('accepted answers', () => {
  test('an answer that is its own default changes nothing', () => {
    for (const kind of TEMPLATE_KINDS) {
      for (const { name, default: standard } of questionsOf(kind)) {
        if (standard === undefined) continue;
        expect(make(kind, { [name]: standard }).sequence, `${kind} ${name}`).toEqual(make(kind).sequence);
      }
    }
  });

  test('TPL-22: plain keys, encoded keys and variables', () => {
    for (const productKey of ['AAAAA-BBBBB-CCCCC-DDDDD-EEEEE', 'Q29udG9zbw==', '%ProductKey%', SEALED]) {
      expect(told(make('install', { productKey })), JSON.stringify(productKey)).toEqual([]);
    }
  });

  test('TPL-27, TPL-67: accounts and passwords may stand in variables', () => {
    const domain = { join: 'domain', domain: 'contoso.com' };
    for (const joinAccount of ['CONTOSO\\joiner', 'joiner@contoso.com', '%JoinAccount%']) {
      expect(told(make('install', { ...domain, joinAccount, joinPassword: '%Secret%' })), joinAccount).toEqual([]);
    }
    expect(told(make('capture', { capturePath: '\\\\%Server%\\images\\x.wim' }))).toEqual([]);
  });

  test('text of options and values of a file mean the same', () => {
    const typed = make('install', { imageIndex: 2, disk: 1, timeZone: 'UTC' }).sequence;
    expect(make('install', { imageIndex: '2', disk: '1', timeZone: 'UTC' }).sequence).toEqual(typed);
  });
});

test('whatever is answered becomes a sequence or problems; no plain password is in them', () => {
  const names = Object.keys(QUESTIONS);
  const value = fc.oneof(
    fc.string(),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(fc.string(), { maxLength: 3 }),
    fc.constant({ sealed: 'v1.x' }),
    fc.constant({ deep: [{}] }),
    fc.constantFrom('Windows 11', 'Office', 'domain', 'password', 'a=b'),
  );
  const answers = fc.dictionary(fc.oneof(fc.constantFrom(...names), fc.string()), value, { maxKeys: 12 });
  fc.assert(
    fc.property(fc.constantFrom(...TEMPLATE_KINDS), answers, (kind, given) => {
      const made = makeTemplate(kind, { ...given, adminPassword: 'hunter2!' }, office);
      expect(JSON.stringify(made)).not.toContain('hunter2!');
      expect(made.problems.every(({ code, message }) => code !== '' && message !== '')).toBe(true);
    }),
    { numRuns: 300 },
  );
});
