/** What deployments may be: each rule with a site that breaks it and one that keeps it. */
import { describe, expect, test } from 'vitest';
import { membersOf, offeredCollections } from '../../../src/site/index.ts';
import { IMAGES, INSTALL, labOf, SCRIPT, SETTINGS, siteOf, told } from './site-of.ts';

const base = { ...IMAGES, 'task-sequences/install.yaml': INSTALL, 'task-sequences/script.yaml': SCRIPT };

function deployment(lines: string): string {
  return `id: ABC20001\nname: D\n${lines}`;
}

/** Errors of a deployment in a site with two computers. */
function errorsOf(lines: string, files: Record<string, string> = {}, settings = SETTINGS): string[] {
  const loaded = siteOf({ ...base, ...labOf(2), 'deployments/d.yaml': deployment(lines), ...files }, settings);
  return told(loaded, 'error');
}

const required = 'taskSequence: Install\ncollection: Lab\npurpose: required\navailableTo: mediaAndPxe\n';
const available = 'taskSequence: Install\ncollection: Lab\npurpose: available\navailableTo: mediaAndPxe\n';

describe('high risk', () => {
  test('DEP-08 DEP-10 SITE-05: a required OS sequence goes to custom collections and Unknown Computers only', () => {
    expect(errorsOf(required)).toEqual([]);
    expect(errorsOf(required.replace('Lab', 'All Systems'))).toEqual(['deployments/d.yaml:4 SITE_TARGET']);
    expect(errorsOf(required.replace('Lab', 'Unknown Computers'))).toEqual([]);
    expect(errorsOf(required.replace('Lab', 'All Unknown Computers'))).toEqual([]);
  });

  test('DEP-09 DEP-05: an available one, or a sequence without OS, is none; All Systems is a warning', () => {
    expect(errorsOf(available.replace('Lab', 'All Systems'))).toEqual([]);
    expect(
      errorsOf(required.replace('Lab', 'All Systems').replace('Install', 'Script').replace('mediaAndPxe', 'clients')),
    ).toEqual([]);
    const loaded = siteOf({ ...base, 'deployments/d.yaml': deployment(available.replace('Lab', 'All Systems')) });
    expect(told(loaded, 'warning')).toContain('deployments/d.yaml:4 SITE_TARGET_RISK');
  });

  test('DEP-08: an OS step in a child sequence counts', () => {
    const parent = `id: ABC00012\nname: Parent\nbootImage: pe-x64\nsteps:\n  - step: Child\n    type: run-task-sequence\n    with: { TsPackageID: Install }\n`;
    const lines = required.replace('Install', 'Parent').replace('Lab', 'All Systems');
    expect(errorsOf(lines, { 'task-sequences/parent.yaml': parent })).toEqual(['deployments/d.yaml:4 SITE_TARGET']);
  });

  const sizes = `${SETTINGS}deploymentVerification: { defaultSize: 100, maximumSize: 1000 }\n`;
  test.each([
    [99, true, true],
    [100, true, true],
    [101, false, true],
    [999, false, true],
    [1000, false, true],
    [1001, false, false],
  ])('DEP-11 DEP-12 DEP-13: %i members: offered %s, with larger ones shown %s', (count, offered, shown) => {
    const { site } = siteOf({ ...base, ...labOf(count) }, sizes);
    const sequence = site.find('taskSequence', 'Install');
    if (!sequence) throw new Error('no sequence');
    const names = (showLarger: boolean) =>
      offeredCollections(site, sequence, 'required', { showLarger }).map(({ collection }) => collection.name);
    expect(names(false).includes('Lab')).toBe(offered);
    expect(names(true).includes('Lab')).toBe(shown);
  });

  test.each([
    [100, []],
    [101, ['deployments/d.yaml:4 SITE_TARGET_RISK']],
    [1000, ['deployments/d.yaml:4 SITE_TARGET_RISK']],
    [1001, ['deployments/d.yaml:4 SITE_TARGET']],
  ])('DEP-17 SITE-09: a deployment to %i members without consent', (count, errors) => {
    expect(errorsOf(required, labOf(count), sizes)).toEqual(errors);
  });

  test('DEP-18: a recorded consent answers the warning, one for another collection does not', () => {
    const consent = (id: string) =>
      `${required}consents:\n  - { who: ann, when: 2026-11-01T08:00Z, collection: ${id}, size: 101, warnings: [aboveDefaultSize] }\n`;
    expect(errorsOf(consent('ABC00020'), labOf(101), sizes)).toEqual([]);
    expect(errorsOf(consent('ABC00021'), labOf(101), sizes)).toEqual(['deployments/d.yaml:4 SITE_TARGET_RISK']);
  });

  test('DEP-14: growth above the maximum after creation is a warning that names the size', () => {
    const loaded = siteOf(
      { ...base, ...labOf(1001), 'deployments/d.yaml': deployment(`${required}sizeAtCreation: 90\n`) },
      sizes,
    );
    expect(told(loaded, 'error')).toEqual([]);
    expect(loaded.problems.find(({ code }) => code === 'SITE_TARGET_RISK')?.message).toContain(
      '90 members when this was made, now 1001',
    );
  });

  const withServer = (key: string) => ({ 'devices.csv': `name,mac,${key}\nPC1,00155d000001,yes\nPC2,00155d000002,\n` });
  test('DEP-16 DEP-17 SITE-08: site systems block or warn as the site says, servers warn', () => {
    const block = `${SETTINGS}deploymentVerification: { siteSystems: block }\n`;
    expect(errorsOf(required, withServer('siteSystem'), block)).toEqual(['deployments/d.yaml:4 SITE_TARGET']);
    expect(errorsOf(required, withServer('siteSystem'))).toEqual(['deployments/d.yaml:4 SITE_TARGET_RISK']);
    expect(errorsOf(required, withServer('server'))).toEqual(['deployments/d.yaml:4 SITE_TARGET_RISK']);
  });

  test('UDA-02: a required OS sequence is refused for a collection of users', () => {
    const users = 'id: ABC00021\nname: Staff\ntype: user\nmembers: { users: ["CONTOSO\\\\ann"] }\n';
    expect(errorsOf(required.replace('Lab', 'Staff'), { 'collections/staff.yaml': users })).toEqual([
      'deployments/d.yaml:4 SITE_TARGET',
    ]);
  });
});

describe('settings', () => {
  test.each([
    ['DEP-22', `${available}preDeploy: true\n`, 'deployments/d.yaml:7 SITE_NOT_FOR_SEQUENCES'],
    ['DEP-23', `${available}requireApproval: true\n`, 'deployments/d.yaml:7 SITE_NOT_FOR_SEQUENCES'],
    ['UDA-02', `${available}users: [ann]\n`, 'deployments/d.yaml:7 SITE_NOT_FOR_SEQUENCES'],
    ['DEP-24', `${available}wakeUp: true\n`, 'deployments/d.yaml:7 SITE_PURPOSE'],
    ['CACHE-07', `${required}preDownload: true\n`, 'deployments/d.yaml:7 SITE_PURPOSE'],
    ['DEP-50', `${available}userExperience:\n  runIndependently: false\n`, 'deployments/d.yaml:8 SITE_PURPOSE'],
    ['DEP-54', `${available}userExperience:\n  internetClients: true\n`, 'deployments/d.yaml:8 SITE_INTERNET'],
    ['DEP-25', `${available}content:\n  meteredNetwork: true\n`, 'deployments/d.yaml:8 SITE_INTERNET'],
    ['DEP-36', `${available}schedule:\n  assignments: [{ event: logOn }]\n`, 'deployments/d.yaml:8 SITE_SCHEDULE'],
    [
      'DEP-37',
      `${required}schedule:\n  assignments: [{ from: 2026-01-01T00:00, every: { days: 1, weeks: 1 } }]\n`,
      'deployments/d.yaml:8 SITE_CHOICE',
    ],
    ['DEP-62', `${available}content:\n  option: allFirst\n`, 'deployments/d.yaml:8 SITE_CONTENT_OPTION'],
    [
      'DEP-64',
      `${available}content: { option: fromPoint, multicast: true }\n`,
      'deployments/d.yaml:7 SITE_CONTENT_OPTION',
    ],
    ['DEP-65', `${available}content:\n  option: fromPoint\n`, 'deployments/d.yaml:8 SITE_CONTENT_OPTION'],
  ])('%s: refused', (_id, lines, problem) => {
    expect(errorsOf(lines)).toContain(problem);
  });

  test('DEP-63: download-all-first is refused with a partition step, and fine for a script', () => {
    const clients = available.replace('mediaAndPxe', 'clients');
    expect(errorsOf(`${clients}content: { option: allFirst }\n`)).toEqual(['deployments/d.yaml:7 SITE_CONTENT_OPTION']);
    expect(errorsOf(`${clients.replace('Install', 'Script')}content: { option: allFirst }\n`)).toEqual([]);
  });

  test('DEP-24 DEP-36 DEP-37 CACHE-06 DEP-33: what goes together is taken', () => {
    const schedule = `schedule:
  available: 2026-12-01T08:00
  expires: 2027-12-01T08:00Z
  rerun: ifFailed
  assignments:
    - at: 2026-12-02T20:00Z
    - { from: 2026-12-03T20:00, every: { weeks: 2, on: monday } }
    - { from: 2026-12-03T20:00, every: { months: 1, nth: second, weekday: tuesday } }
    - event: asSoonAsPossible
`;
    expect(errorsOf(`${required.replace('mediaAndPxe', 'clients')}wakeUp: true\n${schedule}`)).toEqual([]);
    expect(errorsOf(`${available}preDownload: true\n`)).toEqual([]);
  });

  test('DEP-31: a schedule for Windows PE alone has no effect, which is a warning', () => {
    const loaded = siteOf({
      ...base,
      ...labOf(2),
      'deployments/d.yaml': deployment(`${required}schedule:\n  available: 2026-12-01T08:00Z\n`),
    });
    expect(told(loaded, 'warning')).toContain('deployments/d.yaml:7 SITE_SCHEDULE');
  });

  test('DEP-41: rerun behaviour and a required deployment without an assignment have no effect', () => {
    const warnings = (lines: string) =>
      told(siteOf({ ...base, ...labOf(2), 'deployments/d.yaml': deployment(lines) }), 'warning');
    expect(warnings(`${available}schedule:\n  rerun: always\n`)).toContain('deployments/d.yaml:8 SITE_SCHEDULE');
    const clients = required.replace('mediaAndPxe', 'clients');
    expect(warnings(clients)).toContain('deployments/d.yaml:1 SITE_SCHEDULE');
    expect(warnings(`${clients}schedule:\n  assignments: [{ event: logOn }]\n  rerun: always\n`).join()).not.toContain(
      'SITE_SCHEDULE',
    );
  });

  test('DEP-65 SITE-13: direct access names the packages without a share', () => {
    const shared = {
      ...IMAGES,
      'operating-systems/win11.yaml': `${IMAGES['operating-systems/win11.yaml']}packageShare: true\n`,
    };
    const loaded = siteOf({
      ...base,
      ...labOf(2),
      ...shared,
      'deployments/d.yaml': deployment(`${available}content: { option: fromPoint }\n`),
    });
    const [problem] = loaded.problems.filter(({ code }) => code === 'SITE_CONTENT_OPTION');
    expect(problem?.message).toContain('pe-x64');
    expect(problem?.message).not.toContain('win11');
  });

  test('UNK-03: unknown computers have no client', () => {
    const lines = available.replace('Lab', 'Unknown Computers').replace('mediaAndPxe', 'clients');
    expect(errorsOf(lines)).toEqual(['deployments/d.yaml:6 SITE_UNKNOWN_COMPUTERS']);
  });
});

describe('what is deployed', () => {
  test('DEP-04 IO-17: an unresolved reference or an unknown step is listed, and its deployment refused', () => {
    const dangling = INSTALL.replace('win11', 'win12');
    const loaded = siteOf({
      ...base,
      ...labOf(2),
      'task-sequences/install.yaml': dangling,
      'deployments/d.yaml': deployment(available),
    });
    expect(told(loaded)).toContain('task-sequences/install.yaml:12 SITE_REFERENCE');
    expect(told(loaded, 'error')).toEqual(['deployments/d.yaml:3 SITE_NOT_DEPLOYABLE']);
    const unknown = `${SCRIPT}  - step: Old\n    type: unknown\n    extra: { type: Contoso_Action }\n`;
    const script = available.replace('Install', 'Script').replace('mediaAndPxe', 'clients');
    expect(errorsOf(script, { 'task-sequences/script.yaml': unknown })).toEqual([
      'deployments/d.yaml:3 SITE_NOT_DEPLOYABLE',
    ]);
    expect(errorsOf(script, { 'task-sequences/script.yaml': `${unknown}    enabled: false\n` })).toEqual([]);
  });

  test('SITE-02: media and PXE need a boot image', () => {
    expect(errorsOf(available.replace('Install', 'Script'))).toEqual(['deployments/d.yaml:3 SITE_CONTENT_MISSING']);
  });

  test('UNK-04 SITE-06: one unknown computer per architecture, in Unknown Computers and nowhere else', () => {
    const { site } = siteOf(labOf(2));
    const unknown = site.find('collection', 'Unknown Computers');
    const systems = site.find('collection', 'All Systems');
    if (!unknown || !systems) throw new Error('no built-in collections');
    const architectures = [...membersOf(site, unknown).devices].map(({ value }) => String(value.architecture));
    expect(architectures.sort()).toEqual(['arm64', 'x64', 'x86']);
    expect([...membersOf(site, systems).devices].map(({ name }) => name)).toEqual(['PC1', 'PC2']);
    const direct = 'id: ABC00021\nname: X\ntype: device\nmembers:\n  devices: [x64 Unknown Computer]\n';
    expect(told(siteOf({ 'collections/x.yaml': direct }))).toEqual(['collections/x.yaml:5 SITE_UNKNOWN_COMPUTERS']);
  });
});
