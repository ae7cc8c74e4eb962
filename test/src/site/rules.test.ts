/** Rules of a site that are not about deployments; each id with a site that breaks it and one that keeps it. */
import { describe, expect, test } from 'vitest';
import {
  createSiteLoader,
  fitsLabels,
  highImpactSteps,
  identify,
  membersOf,
  readYaml,
  roleOf,
} from '../../../src/site/index.ts';
import { IMAGES, INSTALL, labOf, SCRIPT, SETTINGS, siteOf, told } from './site-of.ts';

const notice = (lines: string, sequence = INSTALL) =>
  told(siteOf({ ...IMAGES, 'task-sequences/s.yaml': sequence.replace('steps:', `${lines}\nsteps:`) }), 'error');

describe('high impact', () => {
  test('HI-02: a step that applies a system makes a sequence high impact, also in a child', () => {
    const parent =
      'id: ABC00012\nname: Parent\nsteps:\n  - step: Child\n    type: run-task-sequence\n    with: { TsPackageID: ABC00011 }\n';
    const { site } = siteOf({
      ...IMAGES,
      'task-sequences/a.yaml': INSTALL,
      'task-sequences/b.yaml': SCRIPT,
      'task-sequences/c.yaml': parent,
    });
    const names = (name: string) => {
      const sequence = site.find('taskSequence', name);
      return sequence && highImpactSteps(site, sequence).map(({ step }) => step.name);
    };
    expect(names('Install')).toEqual(['Partition', 'Apply']);
    expect(names('Parent')).toEqual(['Partition', 'Apply']);
    expect(names('Script')).toEqual([]);
  });

  test('HI-03: custom text needs a high-impact sequence', () => {
    const text = 'highImpact: { customText: true, message: [a, b, c] }';
    expect(notice(text)).toEqual([]);
    expect(notice(text, SCRIPT)).toEqual(['task-sequences/s.yaml:3 SITE_HIGH_IMPACT_TEXT']);
    expect(notice(text.replace('customText', 'marked: true, customText'), SCRIPT)).toEqual([]);
  });

  test('HI-04: 255 characters, not bytes', () => {
    const head = (letter: string, count: number) => notice(`highImpact: { headline: "${letter.repeat(count)}" }`);
    expect(head('ä', 255)).toEqual([]);
    expect(head('🙂', 255)).toEqual([]);
    expect(head('a', 256)).toEqual(['task-sequences/s.yaml:4 SITE_VALUE']);
  });

  test('HI-05: all three boxes hold text', () => {
    expect(notice('highImpact: { customText: true, message: [a, "", c] }')).toEqual([
      'task-sequences/s.yaml:4 SITE_HIGH_IMPACT_TEXT',
    ]);
    expect(notice('highImpact: { customText: true }')).toEqual(['task-sequences/s.yaml:4 SITE_HIGH_IMPACT_TEXT']);
  });
});

describe('objects', () => {
  test.each([
    ['CACHE-03', 'architecture: x64\nlanguage: 1033\n', []],
    ['CACHE-03', 'language: 0x0409\n', ['upgrade-packages/u.yaml:3 SITE_VALUE']],
    ['CACHE-03', 'language: 040c\n', ['upgrade-packages/u.yaml:3 SITE_VALUE']],
    ['CACHE-11', '', []],
  ])('%s: labels of an upgrade package: %j', (_id, lines, expected) => {
    const loaded = siteOf({ 'upgrade-packages/u.yaml': `id: ABC00003\nname: up\n${lines}` });
    expect(told(loaded)).toEqual(expected);
    if (expected.length > 0) expect(loaded.problems[0]?.hint).toMatch(/is (1033|1036) in decimal/);
  });

  test.each([
    [{}, {}, true],
    [{}, { architecture: 'x64', language: 1031 }, true],
    [{ architecture: 'x64', language: '1033' }, { architecture: 'x64', language: 1033 }, true],
    [{ architecture: 'x64', language: '1033' }, { architecture: 'x64', language: 1031 }, false],
    [{ architecture: 'arm64' }, { architecture: 'x64' }, false],
    [{ architecture: 'x64', language: '1033' }, { architecture: 'x64' }, 'unknown'],
    [{ architecture: 'x86', language: '1033' }, { architecture: 'x64' }, false],
  ] as const)('CACHE-04 CACHE-11: a package labelled %j for a computer %j: %s', (labels, computer, fits) => {
    expect(fitsLabels(labels, computer)).toBe(fits);
  });

  const updates = `${SCRIPT}  - step: Updates\n    type: install-software-updates\n    with: { Target: Mandatory }\n`;
  test('UPD-04: updates need a source of the site', () => {
    const files = { 'task-sequences/s.yaml': updates.replace('    with: { Target: Mandatory }\n', '') };
    expect(told(siteOf(files), 'error')).toEqual(['task-sequences/s.yaml:7 SITE_UPDATE_SOURCE']);
    expect(told(siteOf(files, `${SETTINGS}softwareUpdates: { source: windowsUpdate }\n`), 'error')).toEqual([]);
  });

  test('UDA-04: the mode of the variables and the setting of the point agree', () => {
    const point = (setting: string) => ({
      'distribution-points/d.yaml': `name: D\npxe: { enabled: true, userDeviceAffinity: ${setting} }\n`,
    });
    const settings = `${SETTINGS}variables:\n  SMSTSAssignUsersMode: Auto\n`;
    expect(told(siteOf(point('automatic'), settings))).toEqual([]);
    expect(told(siteOf(point('approval'), settings))).toEqual(['site.yaml:5 SITE_AFFINITY']);
  });

  test('SITE-18: what a sequence needs must be there', () => {
    expect(told(siteOf({ 'task-sequences/s.yaml': INSTALL }))).toEqual([
      'task-sequences/s.yaml:3 SITE_REFERENCE',
      'task-sequences/s.yaml:12 SITE_REFERENCE',
    ]);
  });

  test('SITE-19: content of a deployed capture sequence must be on points, of another one it is a warning', () => {
    const capture = `${INSTALL}      - step: Capture\n        type: capture-operating-system-image\n        with: { CaptureDestination: '\\\\s\\i.wim', CaptureUsername: a, CapturePassword: !secret eA== }\n`;
    const deployment =
      'id: ABC20001\nname: D\ntaskSequence: Install\ncollection: Lab\npurpose: available\navailableTo: mediaAndPxe\n';
    const errors = (sequence: string) =>
      told(
        siteOf({
          ...IMAGES,
          ...labOf(1),
          'distribution-points/d.yaml': 'name: D\n',
          'task-sequences/s.yaml': sequence,
          'deployments/d.yaml': deployment,
        }),
        'error',
      );
    expect(errors(capture)).toContain('deployments/d.yaml:3 SITE_CONTENT_MISSING');
    expect(errors(INSTALL)).toEqual([]);
  });

  test('SITE-20: ids are unique over all kinds and of the site', () => {
    const files = {
      'packages/a.yaml': 'id: ABC00001\nname: A\n',
      'drivers/b.yaml': 'id: ABC00001\nname: B\n',
      'drivers/c.yaml': 'id: XYZ00001\nname: C\n',
    };
    expect(told(siteOf(files))).toEqual(['drivers/c.yaml:1 SITE_ID_FOREIGN', 'packages/a.yaml:1 SITE_ID_TWICE'].sort());
  });

  test('a name of several objects is a warning, a reference by it an error', () => {
    const files = { 'packages/a.yaml': 'id: ABC00001\nname: A\n', 'packages/b.yaml': 'id: ABC00002\nname: a\n' };
    expect(told(siteOf(files, `${SETTINGS}usmtPackage: A\n`))).toEqual([
      'packages/b.yaml:2 SITE_NAME_TWICE',
      'site.yaml:4 SITE_REFERENCE_AMBIGUOUS',
    ]);
    expect(told(siteOf(files, `${SETTINGS}usmtPackage: ABC00001\n`), 'error')).toEqual([]);
  });

  test('plain text in a secret property of a step is told without the text', () => {
    const join = `${SCRIPT}  - step: Connect\n    type: connect-to-network-folder\n    with: { Path: '\\\\s\\x', Username: a, Password: hunter2 }\n`;
    const { problems } = siteOf({ 'task-sequences/s.yaml': join });
    expect(problems.map(({ code }) => code)).toContain('SITE_SECRET_PLAIN');
    expect(JSON.stringify(problems)).not.toContain('hunter2');
  });

  test('a built-in name is taken', () => {
    expect(told(siteOf({ 'collections/a.yaml': 'id: ABC00001\nname: all systems\ntype: device\n' }))).toContain(
      'collections/a.yaml:2 SITE_NAME_BUILT_IN',
    );
  });

  test('circles of applications and child sequences are refused', () => {
    const child = (id: string, name: string, runs: string) =>
      `id: ${id}\nname: ${name}\nsteps:\n  - { step: R, type: run-task-sequence, with: { TsPackageID: ${runs} } }\n`;
    expect(
      told(
        siteOf({
          'task-sequences/a.yaml': child('ABC00001', 'A', 'B'),
          'task-sequences/b.yaml': child('ABC00002', 'B', 'A'),
        }),
      ),
    ).toEqual(['task-sequences/a.yaml:2 SITE_CYCLE', 'task-sequences/b.yaml:2 SITE_CYCLE']);
    const app = (id: string, name: string, needs: string) => `id: ${id}\nname: ${name}\ndependencies: [${needs}]\n`;
    expect(
      told(
        siteOf({ 'applications/a.yaml': app('ABC00001', 'A', 'B'), 'applications/b.yaml': app('ABC00002', 'B', 'A') }),
      ),
    ).toHaveLength(2);
  });
});

describe('devices', () => {
  const variables = (count: number) => Array.from({ length: count }, (_, index) => `  V${index}: x\n`).join('');
  test('SITE-11 VAR-09: 1000 variables are taken, 1001 are not', () => {
    const device = (count: number) =>
      siteOf({ 'devices/a.yaml': `name: A\nmacAddresses: [00155d000001]\nvariables:\n${variables(count)}` });
    expect(told(device(1000))).toEqual([]);
    expect(told(device(1001))).toEqual(['devices/a.yaml:3 SITE_VARIABLES']);
  });

  const csv =
    'name,mac,guid\nByMac,00:15:5d:00:00:01,\nByGuid,,4C4C4544-0042-3510-8054-B4C04F583432\nBoth,00:15:5d:00:00:03,4C4C4544-0042-3510-8054-B4C04F583433\n';
  const settings = `${SETTINGS}duplicateHardwareIds: { macAddresses: [00:50:B6:00:00:01] }\n`;
  test('SITE-07 UNK-02 UNK-04 UNK-05: known by either identifier, unknown without, a conflict with two', () => {
    const { site, problems } = siteOf({ 'devices.csv': `${csv}Dock,00:50:B6:00:00:01,\n` }, settings);
    expect(problems).toEqual([]);
    const who = (smbiosGuid: string | undefined, ...macAddresses: string[]) => {
      const found = identify(site, {
        ...(smbiosGuid === undefined ? {} : { smbiosGuid }),
        macAddresses,
        architecture: 'x64',
      });
      if (found.kind === 'known') return `${found.device.name} by ${found.by}`;
      return found.kind === 'unknown'
        ? `unknown ${found.target.name}`
        : `conflict ${found.devices.map(({ name }) => name).join(' ')}`;
    };
    expect(who(undefined, '00-15-5D-00-00-01')).toBe('ByMac by macAddress');
    expect(who('{4c4c4544-0042-3510-8054-b4c04f583432}', '00:15:5D:99:99:99')).toBe('ByGuid by smbiosGuid');
    expect(who('4C4C4544-0042-3510-8054-B4C04F583433', '00:15:5D:00:00:03')).toBe('Both by smbiosGuid');
    expect(who('4C4C4544-0042-3510-8054-B4C04F583432', '00:15:5D:00:00:01')).toBe('conflict ByGuid ByMac');
    expect(who(undefined, '00:50:B6:00:00:01')).toBe('unknown x64 Unknown Computer');
    expect(who('00000000-0000-0000-0000-000000000000')).toBe('unknown x64 Unknown Computer');
  });

  test.each([
    ['ConfigMgr without heads', 'PC1,4C4C4544-0042-3510-8054-B4C04F583432,00:15:5D:00:00:01\n', []],
    [
      'heads as its wizard has them',
      'Computer Name,MAC Address,SMBIOS GUID,Source Computer\nPC1,00:15:5D:00:00:01,,OLD1\n',
      // The warning that source computers are not read.
      ['devices.csv:1 SITE_CSV'],
    ],
    ['semicolons, CRLF and a byte order mark', '\uFEFFname;mac\r\nPC1;00:15:5D:00:00:01\r\n', []],
    ['an unknown column', 'name,mac,colour\nPC1,00155d000001,red\n', ['devices.csv:1 SITE_CSV']],
    ['no name column', 'mac\n00155d000001\n', ['devices.csv:1 SITE_CSV']],
    [
      'a quoted line break before the mistake',
      'name,mac,description\nPC1,00155d000001,"two\nlines"\nPC2,xx,\n',
      ['devices.csv:4 SITE_CSV'],
    ],
    ['too many columns', 'name,mac\nPC1,00155d000001,x\n', ['devices.csv:2 SITE_CSV']],
    ['an open quote', 'name,mac\n"PC1,00155d000001\n', ['devices.csv:2 SITE_CSV']],
    ['nothing', '', []],
  ])('devices.csv: %s', (_title, text, expected) => {
    const found = told(siteOf({ 'devices.csv': text }));
    if (_title === 'an open quote') expect(found).toHaveLength(1);
    else expect(found).toEqual(expected);
  });
});

describe('members', () => {
  const collection = (id: number, name: string, members: string, more = '') => ({
    [`collections/${name}.yaml`]: `id: ABC0010${id}\nname: ${name}\ntype: device\n${more}members: ${members}\n`,
  });
  const names = (files: Record<string, string>, name: string) => {
    const { site } = siteOf({ ...labOf(5), ...files });
    const found = site.find('collection', name);
    if (!found) throw new Error('no collection');
    const { devices, undecided } = membersOf(site, found);
    return [[...devices].map((device) => device.name).sort(), [...undecided].map((device) => device.name).sort()];
  };

  test('direct, CSV, include, exclude and limiting together', () => {
    const files = {
      ...collection(1, 'A', '{ devices: [PC1, PC2] }'),
      ...collection(2, 'B', '{ include: [Lab], exclude: [A] }'),
      ...collection(3, 'C', '{ include: [Lab] }', 'limiting: B\n'),
    };
    expect(names(files, 'A')[0]).toEqual(['PC1', 'PC2']);
    expect(names(files, 'B')[0]).toEqual(['PC3', 'PC4', 'PC5']);
    expect(names(files, 'C')[0]).toEqual(['PC3', 'PC4', 'PC5']);
  });

  test('a rule that the record decides, and one that facts are missing for', () => {
    const rule = (query: string) => `{ rules: [ { name: r, condition: [ { wmi: "${query}" } ] } ] }`;
    const files = {
      ...collection(1, 'Named', rule("SELECT * FROM Win32_ComputerSystem WHERE Name = 'PC2'")),
      ...collection(2, 'Dell', rule("SELECT * FROM Win32_ComputerSystem WHERE Manufacturer LIKE 'Dell%'")),
    };
    expect(names(files, 'Named')).toEqual([['PC2'], []]);
    expect(names(files, 'Dell')).toEqual([[], ['PC1', 'PC2', 'PC3', 'PC4', 'PC5']]);
  });

  test('a circle is a problem of each in it and an error of membersOf', () => {
    const files = { ...collection(1, 'A', '{ include: [B] }'), ...collection(2, 'B', '{ exclude: [A] }') };
    expect(told(siteOf(files))).toEqual(['collections/A.yaml:2 SITE_CYCLE', 'collections/B.yaml:2 SITE_CYCLE']);
    expect(() => names(files, 'A')).toThrow(/A -> B -> A/);
  });
});

describe('loading', () => {
  test('a changed file alone is parsed again, and the result is that of a new load', () => {
    const files = Object.entries({
      'site.yaml': SETTINGS,
      ...IMAGES,
      'task-sequences/a.yaml': INSTALL,
      'task-sequences/b.yaml': SCRIPT,
    }).map(([path, text]) => ({ path, text }));
    const loader = createSiteLoader();
    const before = loader.load(files);
    const changed = files.map((file) =>
      file.path === 'task-sequences/b.yaml' ? { ...file, text: file.text.replace('CommandLine', 'ComandLine') } : file,
    );
    const after = loader.load(changed);
    expect(after.site.find('taskSequence', 'Install')?.value).toBe(before.site.find('taskSequence', 'Install')?.value);
    expect(after.site.find('taskSequence', 'Script')?.value).not.toBe(
      before.site.find('taskSequence', 'Script')?.value,
    );
    expect(after.problems).toEqual(createSiteLoader().load(changed).problems);
    expect(after.problems.length).toBeGreaterThan(before.problems.length);
  });

  test('steps after one that cannot be read keep their lines', () => {
    const text =
      'id: ABC00010\nname: X\nsteps:\n  - stp: A\n    type: run-command-line\n  - step: B\n    type: run-command-line\n    with: { CommandLin: x }\n';
    expect(told(siteOf({ 'task-sequences/s.yaml': text }))).toContain('task-sequences/s.yaml:8 STEP_PROPERTY_UNKNOWN');
  });

  test('a type may be the title or a wizard name', () => {
    const text = SCRIPT.replace('run-command-line', 'Run Command Line');
    expect(siteOf({ 'task-sequences/s.yaml': text }).site.find('taskSequence', 'Script')?.value.steps[0]).toMatchObject(
      { type: 'run-command-line' },
    );
  });

  test.each([
    ['anchor', 'a: &x 1\n', 'SITE_YAML_FEATURE'],
    ['alias', 'a: *x\n', 'SITE_YAML_'],
    ['tag', 'a: !!binary aGk=\n', 'SITE_YAML_FEATURE'],
    ['own tag', 'a: !env HOME\n', 'SITE_YAML_FEATURE'],
    ['key twice', 'a: 1\na: 2\n', 'SITE_YAML_KEY_TWICE'],
    ['list as key', '? [a]\n: b\n', 'SITE_YAML_FEATURE'],
    ['__proto__', '__proto__: { x: 1 }\n', 'SITE_YAML_FEATURE'],
    ['open bracket', 'a: [1\n', 'SITE_YAML_SYNTAX'],
    ['tabs', 'a:\n\t- 1\n', 'SITE_YAML_SYNTAX'],
    ['two documents', 'a: 1\n---\nb: 1\n', 'SITE_YAML_SYNTAX'],
    ['deep lists', '- '.repeat(5000), 'SITE_YAML_LIMIT'],
    ['deep flow', '['.repeat(400) + ']'.repeat(400), 'SITE_YAML_LIMIT'],
    ['deeper flow', '['.repeat(100_000), 'SITE_YAML_'],
    ['wide indentation', `a: |\n${' '.repeat(100_000)}x\n`, 'SITE_YAML_LIMIT'],
    ['too long', `a: ${'x'.repeat(5 * 2 ** 20)}`, 'SITE_YAML_LIMIT'],
  ])('a hostile file gives a named problem: %s', (_title, text, code) => {
    const { problems } = readYaml(text);
    expect(problems[0]?.code).toContain(code);
    expect(siteOf({ 'packages/x.yaml': text }).problems.length).toBeGreaterThan(0);
  });

  test('files that are no objects are left alone, stray ones are told', () => {
    expect(roleOf('schemas/site.schema.json').role).toBe('none');
    expect(roleOf('.github/workflow.yaml').role).toBe('none');
    expect(told(siteOf({ 'notes.yaml': 'a: 1\n' }))).toEqual(['notes.yaml:1 SITE_FILE_UNKNOWN']);
  });
});
