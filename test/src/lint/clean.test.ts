/** What is right is not blamed: every template with its options, and the samples of others. */
import { describe, expect, test } from 'vitest';
import { importMdt, importPackage } from '../../../src/exchange/index.ts';
import { lintSequence } from '../../../src/lint/index.ts';
import type { SequenceItem, TaskSequence } from '../../../src/model/index.ts';
import { objectText } from '../../../src/site/index.ts';
import { TEMPLATE_KINDS, type GivenAnswers, type TemplateKind } from '../../../src/templates/index.ts';
import { haveSamples, sampleBytes, samples } from '../exchange/samples.ts';
import { siteOf } from '../site/site-of.ts';
import { make, OFFICE_FILES, OFFICE_SETTINGS, SEALED } from '../templates/office.ts';

function lint(
  sequence: Omit<TaskSequence, 'id' | 'folder'>,
  files = OFFICE_FILES,
  settings = OFFICE_SETTINGS,
): string[] {
  const text = objectText('taskSequence', { ...sequence, id: 'ABC00100', folder: '' });
  const { site, problems } = siteOf({ ...files, 'task-sequences/test.yaml': text }, settings);
  const [made] = site.all('taskSequence');
  if (!made) throw new Error('no sequence');
  return (
    lintSequence(site, made, problems)
      // Where the content of the office lies is not the template's.
      .filter(({ code }) => code !== 'LINT_CONTENT_MISSING')
      .filter(({ code }) => code.startsWith('LINT') || files === OFFICE_FILES)
      .map(({ severity, code, message }) => `${severity} ${code} ${message}`)
  );
}

const DOMAIN = { join: 'domain', domain: 'corp.contoso.com', joinAccount: 'CORP\\join', joinPassword: SEALED };

/** Kind and answers beside the required ones. */
const ANSWERS: readonly (readonly [TemplateKind, GivenAnswers])[] = [
  ...TEMPLATE_KINDS.map((kind): [TemplateKind, GivenAnswers] => [kind, {}]),
  ['install', { ...DOMAIN, captureMembership: true }],
  ['install', { configmgrCompatible: true, applications: ['Office', 'Reader'], continueOnApplicationError: true }],
  ['install', { partition: false, captureNetworkSettings: false, captureWindowsSettings: false, updates: 'none' }],
  ['install', { image: 'Many', imageIndex: 4, disk: 1, driverPackage: 'Latitude', updates: 'all' }],
  ['build-and-capture', DOMAIN],
  [
    'build-and-capture',
    { administrator: 'password', adminPassword: SEALED, overwrite: true, configmgrCompatible: true },
  ],
  ['upgrade', { assessment: true, checks: true, applications: ['Office'], reflectDrivers: 'C:\\Drivers' }],
  ['upgrade', { upgradePackage: 'Server Setup', edition: 2 }],
  [
    'upgrade',
    { driverPackages: ['Latitude 7440=Latitude', 'EliteBook 840=EliteBook'], removeApplications: ['Reader'] },
  ],
  ['upgrade', { recommendedGroups: false, failureGroup: false, updates: 'none' }],
];

describe('templates', () => {
  test.each(ANSWERS)('%s with %j has no finding', (kind, answers) => {
    const made = make(kind, answers);
    expect(made.problems).toEqual([]);
    expect(lint(made.sequence)).toEqual([]);
  });

  test('TPL-02: the trees may be changed: without any one of its steps a template has no error but the one that is so', () => {
    for (const kind of ['install', 'build-and-capture', 'capture', 'upgrade'] as const) {
      const { steps, ...rest } = make(kind).sequence;
      for (const fewer of without(steps)) {
        const gone = namesIn(steps).filter((name) => !namesIn(fewer).includes(name));
        const codes = lint({ ...rest, steps: fewer }).filter((text) => text.startsWith('error'));
        expect(
          codes.map((text) => text.split(' ')[1]),
          gone.join(', '),
        ).toEqual(NEEDED[kind]?.find((name) => gone.includes(name)) === undefined ? [] : ['LINT_MISSING_RESTART']);
      }
    }
  });
});

/** Steps without which another one stands in the wrong environment. */
const NEEDED: Partial<Record<TemplateKind, readonly string[]>> = {
  // Capture Network Settings runs in the full OS only, so that is where the run is before it restarts.
  install: ['Restart in Windows PE', 'Setup Windows and ConfigMgr'],
  'build-and-capture': ['Setup Windows and ConfigMgr', 'Prepare Operating System'],
};

function namesIn(items: readonly SequenceItem[]): string[] {
  return items.flatMap((item) => [item.name, ...(item.kind === 'group' ? namesIn(item.steps) : [])]);
}

/** The items with one step less, for every step. */
function without(items: readonly SequenceItem[]): SequenceItem[][] {
  return items.flatMap((item, index) => {
    const [before, after] = [items.slice(0, index), items.slice(index + 1)];
    if (item.kind === 'step') return [[...before, ...after]];
    return without(item.steps).map((steps) => [...before, { ...item, steps }, ...after]);
  });
}

/** Looked at one by one: what stands here is so, or cannot be known and is a note. */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  'PSD-PSDClient.xml': ['error LINT_NO_BOOT_IMAGE'],
  'DRFiles-TS-BitLocker-PS100294.zip': [
    'note LINT_VARIABLE_NEVER_SET',
    'note LINT_VARIABLE_NEVER_SET',
    'note LINT_VARIABLE_NEVER_SET',
  ],
  // Installs a list of applications that MDT's rules or a collection make; here is neither.
  'DRFiles-Windows10UpgradeTS-PS10000E.zip': ['warning LINT_VARIABLE_NEVER_SET'],
  'garytown-LanguagePackModule-MEM00022.zip': ['note LINT_VARIABLE_NEVER_SET'],
  'garytown-ModelSupportTS-CM2103-PS2009DD.zip': ['note LINT_VARIABLE_NEVER_SET', 'note LINT_VARIABLE_NEVER_SET'],
  // The export has no password (IO-10).
  'garytown-OSDCloudTaskSequence-MEM000F8.zip': ['note LINT_VARIABLE_NEVER_SET', 'error LINT_SECRET_MISSING'],
};

describe.skipIf(!haveSamples)('samples of others (../shared/samples)', () => {
  test.each(samples.map(({ file }) => file))('%s: nothing but what is so', async (file) => {
    const bytes = sampleBytes(file);
    const { sequences } = file.endsWith('.zip') ? await importPackage(bytes) : importMdt([{ path: file, bytes }]);
    expect(sequences.length).toBeGreaterThan(0);
    const found = sequences.flatMap(({ sequence }) => lint(sequence, {}, 'osdkit: 1\nsiteCode: ABC\nname: Test\n'));
    expect(found.map((text) => text.split(' ').slice(0, 2).join(' '))).toEqual(KNOWN[file] ?? []);
  });
});
