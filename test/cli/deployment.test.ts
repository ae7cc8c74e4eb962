/** Deployments from the command line: made with every setting, refused with the reason, agreed to on record. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { userInfo } from 'node:os';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Deployment } from '../../src/model/index.ts';
import { loadSite, readYaml } from '../../src/site/index.ts';
import { IMAGES, INSTALL, labOf, SCRIPT } from '../src/site/site-of.ts';
import { done, newSite, refused, result } from './site-commands.ts';

let site = '';

/** `labOf` with its list where the store reads it: beside the collections. */
function lab(count: number): Record<string, string> {
  const { 'lab.csv': list = '', ...rest } = labOf(count);
  const collection = (rest['collections/lab.yaml'] ?? '').replace('csv: lab.csv', 'csv: collections/lab.csv');
  return { ...rest, 'collections/lab.yaml': collection, 'collections/lab.csv': list };
}

function put(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(site, path)), { recursive: true });
    writeFileSync(join(site, path), text);
  }
}

function deploymentFiles(): string[] {
  return existsSync(join(site, 'deployments')) ? readdirSync(join(site, 'deployments')).sort() : [];
}

/** The data of the only deployment's file. */
function written(): Deployment {
  const [file = 'none'] = deploymentFiles();
  return readYaml(readFileSync(join(site, 'deployments', file), 'utf8')).value as Deployment;
}

const make = (sequence: string, collection: string, ...options: string[]): string[] => [
  'deployment',
  'new',
  sequence,
  '--site',
  site,
  '--collection',
  collection,
  ...options,
];

beforeEach(async () => {
  site = await newSite();
  put({ ...IMAGES, ...lab(2), 'task-sequences/install.yaml': INSTALL, 'task-sequences/script.yaml': SCRIPT });
});

describe('deployment new', () => {
  test('DEP-01 DEP-03: joins one sequence and one collection, with an id of its own and comments', async () => {
    const made = await result<{ id: string }>(
      make('install', 'lab', '--purpose', 'available', '--available-to', 'mediaAndPxe', '--comments', 'for the lab'),
    );
    expect(made.id).toMatch(/^ABC[0-9A-F]{5}$/);
    expect(written()).toEqual({
      id: made.id,
      name: 'Install to Lab',
      taskSequence: 'ABC00011',
      collection: 'ABC00020',
      comments: 'for the lab',
      purpose: 'available',
      availableTo: 'mediaAndPxe',
      sizeAtCreation: 2,
    });
    const second = await result<{ id: string }>(make('Script', 'Lab', '--purpose', 'available'));
    expect(second.id).not.toBe(made.id);
  });

  test('DEP-24 DEP-36 DEP-37 DEP-38 DEP-40 DEP-50 to DEP-53 DEP-55 DEP-60 DEP-66: every setting of the pages stands in the file', async () => {
    const options = [
      ['--purpose', 'required'],
      ['--available-to', 'clientsMediaAndPxe'],
      ['--priority', '7'],
      ['--disabled'],
      ['--available', '2026-12-01T08:00Z'],
      ['--expires', '2027-12-01T08:00'],
      ['--assign', 'asap'],
      ['--assign', 'Log-On'],
      ['--assign', '2026-12-02T20:00'],
      ['--assign', '2026-12-02T20:00 every 2 weeks on friday'],
      ['--assign', '2026-12-02T20:00Z every 1 month on day 15'],
      ['--assign', '2026-12-02T20:00Z every 3 months on last day'],
      ['--assign', '2026-12-02T20:00Z every 1 month on second tuesday'],
      ['--rerun', 'ifFailed'],
      ['--run-independently'],
      ['--no-progress'],
      ['--install-outside-window'],
      ['--restart-outside-window'],
      ['--commit-on-write-filter'],
      ['--content', 'whenNeeded'],
      ['--remote-points'],
      ['--default-boundary-group'],
      ['--failures-above', '10'],
      ['--success-below', '90 by 2027-01-31T18:00Z'],
      ['--wake-up'],
      ['--name', 'Everything'],
    ].flat();
    put({ 'task-sequences/script.yaml': `${SCRIPT}bootImage: pe-x64\n` });
    await done(make('Script', 'Lab', ...options));
    expect(written()).toMatchObject({
      name: 'Everything',
      enabled: false,
      purpose: 'required',
      availableTo: 'clientsMediaAndPxe',
      priority: 7,
      schedule: {
        available: '2026-12-01T08:00Z',
        expires: '2027-12-01T08:00',
        assignments: [
          { event: 'asSoonAsPossible' },
          { event: 'logOn' },
          { at: '2026-12-02T20:00' },
          { from: '2026-12-02T20:00', every: { weeks: 2, on: 'friday' } },
          { from: '2026-12-02T20:00Z', every: { months: 1, day: 15 } },
          { from: '2026-12-02T20:00Z', every: { months: 3, day: 'last' } },
          { from: '2026-12-02T20:00Z', every: { months: 1, nth: 'second', weekday: 'tuesday' } },
        ],
        rerun: 'ifFailed',
      },
      userExperience: {
        runIndependently: true,
        showProgress: false,
        installOutsideWindow: true,
        restartOutsideWindow: true,
        commitOnWriteFilter: true,
      },
      content: { option: 'whenNeeded', remotePoints: true, defaultBoundaryGroup: true },
      alerts: { failuresAbove: 10, successBelow: { percent: 90, by: '2027-01-31T18:00Z' } },
      wakeUp: true,
    });
  });

  test('CACHE-06: pre-download of an available one', async () => {
    await done(make('Script', 'Lab', '--purpose', 'available', '--pre-download'));
    expect(written()).toMatchObject({ preDownload: true });
  });

  test.each([
    ['DEP-22', ['--purpose', 'available', '--deploy-without-user'], 'does not apply to task sequences'],
    ['DEP-23', ['--purpose', 'available', '--require-approval'], 'does not apply to task sequences'],
    ['UDA-02', ['--purpose', 'available', '--user', 'CONTOSO\\ann'], 'never deployed to the computer of a user'],
    ['DEP-24', ['--purpose', 'available', '--wake-up'], 'only with purpose required'],
    ['CACHE-07', ['--purpose', 'required', '--pre-download'], 'only with purpose available'],
    ['DEP-54', ['--purpose', 'available', '--internet-clients'], 'clients on the Internet'],
    ['DEP-25', ['--purpose', 'available', '--metered-network'], 'metered connections'],
    ['DEP-63', ['--purpose', 'available', '--content', 'allFirst'], 'partitions the disk'],
    [
      'DEP-62',
      ['--purpose', 'available', '--content', 'allFirst', '--available-to', 'mediaAndPxe'],
      'not for media and PXE',
    ],
    ['DEP-64', ['--purpose', 'available', '--content', 'fromPoint', '--multicast'], 'multicast is downloaded'],
    ['DEP-65', ['--purpose', 'available', '--content', 'fromPoint'], 'packageShare'],
    ['DEP-36', ['--purpose', 'available', '--assign', 'asap'], 'required sequence runs'],
  ])(
    '%s: a setting that does not apply is refused with that reason, and nothing is written',
    async (row, options, reason) => {
      const { stderr } = await refused(make('Install', 'Lab', ...options), 'APP_SITE');
      expect(stderr).toContain(reason);
      if (row !== 'DEP-36') expect(stderr).toContain(row);
      expect(deploymentFiles()).toEqual([]);
    },
  );

  test.each([
    [['--assign', 'sometimes maybe']],
    [['--assign', '2026-12-01T08:00Z every 2 fortnights']],
    [['--success-below', 'most of them']],
  ])('%s is not understood', async (options) => {
    await refused(make('Script', 'Lab', '--purpose', 'required', ...options), 'APP_OPTION');
  });

  test('a date that is none, a name that nothing has', async () => {
    const { stderr } = await refused(
      make('Script', 'Lab', '--purpose', 'required', '--assign', '2026-13-01T08:00Z'),
      'APP_SITE',
    );
    expect(stderr).toContain('SITE_VALUE');
    expect((await refused(make('Instal', 'Lab', '--purpose', 'required'), 'APP_OBJECT')).stderr).toContain('Install');
    await refused(make('Install', 'Lap', '--purpose', 'required'), 'APP_OBJECT');
  });

  test('DEP-04: a sequence with a reference that resolves nowhere is not deployed', async () => {
    put({
      'task-sequences/broken.yaml': INSTALL.replace('ABC00011', 'ABC00019')
        .replace('name: Install', 'name: Broken')
        .replace('win11', 'win12'),
    });
    const { stderr } = await refused(
      make('Broken', 'Lab', '--purpose', 'available', '--available-to', 'mediaAndPxe'),
      'APP_SITE',
    );
    expect(stderr).toContain('win12');
    expect(deploymentFiles()).toEqual([]);
  });

  test('a plan shows the file and writes nothing', async () => {
    const text = await done(make('Script', 'Lab', '--purpose', 'available', '--plan'));
    expect(text).toContain('+purpose: available');
    expect(deploymentFiles()).toEqual([]);
  });
});

describe('high risk', () => {
  const required = ['--purpose', 'required', '--available-to', 'mediaAndPxe'];

  test('DEP-08 DEP-10: a built-in collection is refused, Unknown Computers is not', async () => {
    const { stderr } = await refused(make('Install', 'All Systems', ...required), 'APP_DEPLOYMENT_TARGET');
    expect(stderr).toContain('DEP-10');
    expect(stderr).toContain('deploys an operating system');
    const made = await result<{ highRisk: string }>(make('Install', 'Unknown Computers', ...required));
    expect(made.highRisk).toContain('"Apply"');
  });

  test('DEP-05 DEP-09: an available one to All Systems is made, with a note', async () => {
    const made = await result<{ highRisk: null; notes: string[] }>(
      make('Install', 'All Systems', '--purpose', 'available', '--available-to', 'mediaAndPxe'),
    );
    expect(made.highRisk).toBeNull();
    expect(made.notes[0]).toContain('DEP-05');
  });

  test('DEP-11 DEP-12 DEP-17 DEP-18: above the default size it takes --show-larger and consent, which is recorded', async () => {
    put(lab(101));
    await refused(make('Install', 'Lab', ...required, '--yes-high-risk'), 'APP_DEPLOYMENT_HIDDEN');
    const { stderr } = await refused(make('Install', 'Lab', ...required, '--show-larger'), 'APP_DEPLOYMENT_CONSENT');
    expect(stderr).toContain('101 members, the default size is 100');
    expect(deploymentFiles()).toEqual([]);
    const before = new Date().toISOString().slice(0, 19);
    await done(make('Install', 'Lab', ...required, '--show-larger', '--yes-high-risk'));
    const [consent] = written().consents ?? [];
    expect(consent).toMatchObject({
      who: userInfo().username,
      collection: 'ABC00020',
      size: 101,
      warnings: ['aboveDefaultSize'],
    });
    expect(consent?.when).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect((consent?.when ?? '') >= before).toBe(true);
    expect(written().sizeAtCreation).toBe(101);
    expect((await result<{ errors: number }>(['site', 'check', '--site', site])).errors).toBe(0);
  });

  test('DEP-12: above the maximum size nothing helps', async () => {
    put(lab(6));
    writeFileSync(
      join(site, 'site.yaml'),
      `${readFileSync(join(site, 'site.yaml'), 'utf8')}deploymentVerification: { defaultSize: 2, maximumSize: 5 }\n`,
    );
    const { stderr } = await refused(
      make('Install', 'Lab', ...required, '--show-larger', '--yes-high-risk'),
      'APP_DEPLOYMENT_TARGET',
    );
    expect(stderr).toContain('maximum size of the site is 5');
  });

  test('DEP-16 DEP-17: a server takes consent, a site system where the site blocks them is refused', async () => {
    put({
      'devices/srv.yaml': 'name: SRV1\nmacAddresses: ["00:15:5D:00:77:01"]\nserver: true\n',
      'devices/sys.yaml': 'name: SYS1\nmacAddresses: ["00:15:5D:00:77:02"]\nsiteSystem: true\n',
      'collections/servers.yaml': 'id: ABC00021\nname: Servers\ntype: device\nmembers: { devices: [SRV1] }\n',
      'collections/systems.yaml': 'id: ABC00022\nname: Systems\ntype: device\nmembers: { devices: [SYS1] }\n',
    });
    await refused(make('Install', 'Servers', ...required), 'APP_DEPLOYMENT_CONSENT');
    await refused(make('Install', 'Systems', ...required), 'APP_DEPLOYMENT_CONSENT');
    writeFileSync(
      join(site, 'site.yaml'),
      `${readFileSync(join(site, 'site.yaml'), 'utf8')}deploymentVerification: { siteSystems: block }\n`,
    );
    const { stderr } = await refused(
      make('Install', 'Systems', ...required, '--yes-high-risk'),
      'APP_DEPLOYMENT_TARGET',
    );
    expect(stderr).toContain('DEP-16');
    await done(make('Install', 'Servers', ...required, '--yes-high-risk'));
    expect(written().consents?.[0]?.warnings).toEqual(['server']);
  });

  test('DEP-13: targets lists what may be chosen; larger ones when asked, those above the maximum never', async () => {
    put(lab(3));
    const settings = readFileSync(join(site, 'site.yaml'), 'utf8');
    const names = async (...options: string[]) =>
      (
        await result<{ collections: { name: string }[] }>([
          'deployment',
          'targets',
          'Install',
          '--site',
          site,
          ...options,
        ])
      ).collections.map(({ name }) => name);
    const sizes = (text: string) =>
      writeFileSync(join(site, 'site.yaml'), `${settings}deploymentVerification: ${text}\n`);
    sizes('{ defaultSize: 3, maximumSize: 4 }');
    expect(await names()).toEqual(['Lab', 'All Unknown Computers']);
    sizes('{ defaultSize: 2, maximumSize: 3 }');
    expect(await names()).toEqual(['All Unknown Computers']);
    expect(await names('--show-larger')).toEqual(['Lab', 'All Unknown Computers']);
    sizes('{ defaultSize: 1, maximumSize: 2 }');
    expect(await names('--show-larger')).toEqual(['All Unknown Computers']);
    expect(await names('--purpose', 'available')).toContain('All Systems');
  });
});

describe('list, show, remove', () => {
  test('the strongest first; removed without a trace, and its id is not given again while a higher one is there', async () => {
    const [a, b] = [
      await result<{ id: string }>(make('Script', 'Lab', '--purpose', 'available', '--name', 'A', '--priority', '5')),
      await result<{ id: string }>(make('Script', 'Lab', '--purpose', 'available', '--name', 'B')),
    ];
    const ids = async () =>
      (await result<{ id: string }[]>(['deployment', 'list', '--site', site])).map(({ id }) => id);
    expect(await ids()).toEqual([a.id, b.id]);
    expect(await done(['deployment', 'show', a.id, '--site', site])).toContain('2 members now, 2 when it was made');
    await done(['deployment', 'remove', 'a', '--site', site, '--plan']);
    expect(deploymentFiles()).toHaveLength(2);
    await done(['deployment', 'remove', a.id, '--site', site]);
    expect(await ids()).toEqual([b.id]);
    const c = await result<{ id: string }>(make('Script', 'Lab', '--purpose', 'available', '--name', 'C'));
    expect([a.id, b.id]).not.toContain(c.id);
    await refused(['deployment', 'show', a.id, '--site', site], 'APP_OBJECT');
  });

  test('DEP-14: growth after creation is shown with both sizes', async () => {
    await done(make('Install', 'Lab', '--purpose', 'required', '--available-to', 'mediaAndPxe'));
    put(lab(5));
    const text = await done(['deployment', 'show', 'Install to Lab', '--site', site]);
    expect(text).toContain('5 members now, 2 when it was made');
    expect(text).toContain('DEP-14');
  });
});

describe('device policy', () => {
  test('says who it is, what runs, and of each deployment why; a secret never shows', async () => {
    put({
      'collections/lab.yaml':
        'id: ABC00020\nname: Lab\ntype: device\nmembers: { csv: collections/lab.csv }\nvariables: { Shown: "1", Quiet: { value: hush, hidden: true } }\n',
    });
    const { id } = await result<{ id: string }>(
      make('Install', 'Lab', '--purpose', 'required', '--available-to', 'mediaAndPxe'),
    );
    await done(make('Script', 'Lab', '--purpose', 'available'));
    const text = await done(['device', 'policy', 'PC1', '--site', site]);
    expect(text).toContain('PC1, known by macAddress');
    expect(text).toContain(`runs ${id}: required`);
    expect(text).toContain('NO  it is available to clients only (DEP-29)');
    expect(text).toContain('collection "Lab" (ABC00020, priority 1)');
    const json = await done(['device', 'policy', 'PC1', '--site', site, '--json']);
    for (const shown of [text, json]) expect(shown).not.toContain('hush');
  });

  test('facts from a file, at a time of its own zone', async () => {
    await done(make('Script', 'Lab', '--purpose', 'available', '--available', '2026-12-01T08:00'));
    const facts = join(site, '..', 'facts.json');
    writeFileSync(facts, '{"macAddresses":["00:15:5D:00:00:01"],"architecture":"x64"}');
    const at = async (zone: string) =>
      (
        await result<{ judged: { offered: boolean }[] }>([
          'device',
          'policy',
          facts,
          '--site',
          site,
          '--start',
          'client',
          '--at',
          '2026-12-01T07:00:00Z',
          '--zone',
          zone,
        ])
      ).judged[0]?.offered;
    expect(await at('+01:00')).toBe(true);
    expect(await at('+00:30')).toBe(false);
    writeFileSync(facts, '{');
    await refused(['device', 'policy', facts, '--site', site], 'APP_FACTS_FILE');
    writeFileSync(facts, '{"architecture":"mips"}');
    await refused(['device', 'policy', facts, '--site', site], 'SEQUENCE_FACTS');
  });

  test('what is written is a site that loads without errors', async () => {
    await done(make('Script', 'Lab', '--purpose', 'available'));
    const files = [
      'site.yaml',
      'task-sequences/script.yaml',
      `deployments/${deploymentFiles()[0] ?? ''}`,
      'collections/lab.yaml',
      'collections/lab.csv',
      'devices.csv',
    ];
    const { problems } = loadSite(files.map((path) => ({ path, text: readFileSync(join(site, path), 'utf8') })));
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});
