/** What a policy holds: variables, sequences, content, updates, users. */
import { describe, expect, test } from 'vitest';
import {
  contentSize,
  devicesOfUser,
  policyDocument,
  preCacheContent,
  resolveSequence,
  runContent,
} from '../../../src/policy/index.ts';
import { evaluateAll, parseItems } from '../../../src/sequence/index.ts';
import { canonicalJson } from '../../../src/protocol/index.ts';
import { IMAGES, INSTALL, SETTINGS, siteOf } from '../site/site-of.ts';
import { BASE, bootable, CLIENT, deployment, policy, PXE, site } from './policy-of.ts';

const toLab = deployment(
  'ABC20000',
  'taskSequence: Script\ncollection: Lab\npurpose: available\navailableTo: clientsMediaAndPxe',
);
const withImage = { 'task-sequences/script.yaml': 'id: ABC00010\nname: Script\nbootImage: pe-x64\nsteps: []\n' };

function collection(id: string, name: string, more: string): Record<string, string> {
  return {
    [`collections/${id}.yaml`]: `id: ${id}\nname: ${name}\ntype: device\nmembers: { devices: [PC1] }\n${more}\n`,
  };
}

describe('variables', () => {
  const given = (files: Record<string, string>, medium = PXE, settings = SETTINGS, request = {}) =>
    policy(site({ ...toLab, ...withImage, ...files }, settings), medium, request).variables;
  const value = (list: ReturnType<typeof given>, name: string) => list.find((each) => each.name === name)?.value;
  const pc1 = (variables: string) => ({
    'devices/pc1.yaml': `name: PC1\nmacAddresses: ["00:15:5D:00:00:01"]\nvariables: ${variables}\n`,
  });

  test('VAR-02: the device wins over its collections, whatever their priority', () => {
    const files = {
      ...pc1('{ X: device }'),
      ...collection('ABC00021', 'High', 'variables: { x: high }\nvariablePriority: 9'),
    };
    const list = given(files);
    expect(value(list, 'X')).toBe('device');
    expect(list.find(({ name }) => name === 'X')).toMatchObject({
      origin: { kind: 'device', name: 'PC1' },
      overridden: [{ kind: 'collection', id: 'ABC00021', priority: 9 }],
    });
  });

  test('VAR-06: the higher priority wins, none is 1, of equal ones the higher id', () => {
    const of = (a: string, b: string) =>
      value(
        given({
          ...collection('ABC00021', 'A', `variables: { X: a }\n${a}`),
          ...collection('ABC00022', 'B', `variables: { X: b }\n${b}`),
        }),
        'X',
      );
    expect(of('', '')).toBe('b');
    expect(of('variablePriority: 1', '')).toBe('b');
    expect(of('variablePriority: 2', '')).toBe('a');
    expect(of('variablePriority: 8', 'variablePriority: 9')).toBe('b');
  });

  test('VAR-08: all members of a collection get a changed value', () => {
    for (const changed of ['one', 'two']) {
      const files = {
        'collections/lab.yaml': `id: ABC00020\nname: Lab\ntype: device\nmembers: { devices: [PC1, PC2] }\nvariables: { X: ${changed} }\n`,
      };
      for (const mac of ['00:15:5D:00:00:01', '00:15:5D:00:00:02']) {
        expect(value(given(files, PXE, SETTINGS, { facts: { macAddresses: [mac] } }), 'X')).toBe(changed);
      }
    }
  });

  test('VAR-10: an unknown computer has the variables of Unknown Computers and none of a device', () => {
    const settings = `${SETTINGS}variables: { FromSite: "1" }\n`;
    const files = deployment(
      'ABC20001',
      'taskSequence: Script\ncollection: Unknown Computers\npurpose: available\navailableTo: mediaAndPxe',
    );
    const list = given({ ...files, ...pc1('{ OfPc1: "1" }') }, PXE, settings, { facts: { architecture: 'x64' } });
    expect(list.map(({ name }) => name)).toEqual(['FromSite']);
  });

  test('VAR-20: network media join their variables with those of the site, stand-alone media are the only source', () => {
    const files = pc1('{ X: device, Y: device }');
    const network = given(files, bootable({ X: 'medium' }));
    expect([value(network, 'X'), value(network, 'Y')]).toEqual(['medium', 'device']);
    const alone = given(files, {
      kind: 'stand-alone',
      name: 'FULL',
      variables: [{ name: 'X', value: 'medium' }],
      sequence: 'Script',
    });
    expect(alone.map(({ name, value: text }) => [name, text])).toEqual([['X', 'medium']]);
  });

  test('VAR-21: the document says in words where each value came from', () => {
    const found = policy(
      site({
        ...toLab,
        ...withImage,
        ...collection('ABC00021', 'High', 'variables: { X: high }\nvariablePriority: 9'),
      }),
      PXE,
    );
    expect(policyDocument(found).variables).toEqual([
      { name: 'X', value: 'high', hidden: false, origin: 'collection "High" (ABC00021, priority 9)', overridden: [] },
    ]);
  });

  test('VAR-04: a hidden value is handed on and marked as hidden', () => {
    expect(given(pc1('{ X: { value: quiet, hidden: true } }'))).toMatchObject([
      { name: 'X', value: 'quiet', hidden: true },
    ]);
  });

  test('nothing offered, nothing told: no variable reaches a computer without a deployment', () => {
    expect(policy(site(pc1('{ X: device }')), PXE).variables).toEqual([]);
  });
});

describe('the resolved sequence', () => {
  const parent = `id: ABC00012
name: Parent
bootImage: pe-x64
steps:
  - step: Run the child
    type: run-task-sequence
    condition: [{ variable: X, equals: "1" }]
    continueOnError: true
    with: { TsPackageID: Install }
  - step: Off
    type: join-domain-or-workgroup
    enabled: false
    with: { DomainName: contoso.com }
`;
  const files = {
    'task-sequences/parent.yaml': parent,
    ...deployment('ABC20000', 'taskSequence: Parent\ncollection: Lab\npurpose: available\navailableTo: mediaAndPxe'),
  };
  const [resolved] = policy(site(files), PXE).sequences;

  test('a child stands as group in place of the step that runs it, with its condition', () => {
    expect(resolved?.steps[0]).toMatchObject({
      kind: 'group',
      name: 'Run the child',
      continueOnError: true,
      condition: [{ kind: 'variable', variable: 'X' }],
      steps: [{ kind: 'group', name: 'Install' }],
    });
  });

  test('references are ids, whatever the site wrote', () => {
    expect(resolved).toMatchObject({ id: 'ABC00012', bootImage: 'ABC00001' });
    expect(JSON.stringify(resolved?.steps)).toContain('"ImagePackageID":"ABC00002"');
    expect(JSON.stringify(resolved?.steps)).not.toContain('win11');
  });

  test('of a disabled step there is no more than that it is', () => {
    expect(resolved?.steps[1]).toEqual({
      kind: 'step',
      name: 'Off',
      enabled: false,
      type: 'join-domain-or-workgroup',
      with: {},
    });
  });

  test('the document gives the steps in a form that is read back as the same', () => {
    const [document] = policyDocument(policy(site(files), PXE)).sequences;
    const read = parseItems(document?.steps ?? []);
    expect(read.problems).toEqual([]);
    expect(read.items).toEqual(resolved?.steps);
  });

  test('a sequence that runs itself is an obstacle, and the walk ends', () => {
    const circle = { 'task-sequences/parent.yaml': parent.replace('TsPackageID: Install', 'TsPackageID: Parent') };
    const sequence = site(circle).find('taskSequence', 'Parent');
    if (!sequence) throw new Error('no sequence');
    expect(resolveSequence(site(circle), sequence).obstacles).toEqual([
      'Parent runs itself through its child sequences',
    ]);
  });

  test('several references in one text become ids one by one', () => {
    const text = `id: ABC00013\nname: Apps\nsteps:\n  - step: A\n    type: install-application\n    with: { ApplicationName: "Reader,Office", AppInfo: [{ Name: Office }] }\n`;
    const apps = {
      'task-sequences/apps.yaml': text,
      'applications/a.yaml': 'id: ABC00041\nname: Reader\n',
      'applications/b.yaml': 'id: ABC00042\nname: Office\n',
    };
    const sequence = site(apps).find('taskSequence', 'Apps');
    if (!sequence) throw new Error('no sequence');
    const { steps, obstacles } = resolveSequence(site(apps), sequence);
    expect(obstacles).toEqual([]);
    expect(steps).toMatchObject([{ with: { ApplicationName: 'ABC00041,ABC00042', AppInfo: [{ Name: 'ABC00042' }] } }]);
  });
});

describe('content', () => {
  const digest = (letter: string) => letter.repeat(64);
  const points = {
    'distribution-points/a.yaml': 'name: DP1\nurl: http://dp1.contoso.com\n',
    'distribution-points/b.yaml': 'name: DP2\n',
    'distribution-point-groups/g.yaml': 'name: All\npoints: [DP1, DP2]\n',
  };
  const objects = {
    ...points,
    'boot-images/pe.yaml': `id: ABC00001\nname: pe-x64\narchitecture: x64\ncontent: { sha256: ${digest('1')}, size: 300 }\n`,
    'operating-systems/win11.yaml': `id: ABC00002\nname: win11\ncontent: { sha256: ${digest('2')}, size: 4000 }\ndistribution: { points: [DP2], groups: [All] }\n`,
  };

  test('has hashes, sizes, points and the sequences that use it', () => {
    const files = {
      ...objects,
      ...deployment('ABC20000', 'taskSequence: Install\ncollection: Lab\npurpose: available\navailableTo: mediaAndPxe'),
    };
    const { content } = policy(site(files), PXE);
    expect(content).toEqual([
      {
        kind: 'bootImage',
        id: 'ABC00001',
        name: 'pe-x64',
        files: [{ sha256: digest('1'), size: 300 }],
        points: [],
        for: ['ABC00011'],
      },
      {
        kind: 'operatingSystem',
        id: 'ABC00002',
        name: 'win11',
        files: [{ sha256: digest('2'), size: 4000 }],
        points: [
          { name: 'DP1', url: 'http://dp1.contoso.com' },
          { name: 'DP2', url: undefined },
        ],
        for: ['ABC00011'],
      },
    ]);
    expect(contentSize(content)).toBe(4300);
  });

  test('an application brings what it depends on, a package what its programs run first', () => {
    const files = {
      'applications/a.yaml': `id: ABC00041\nname: Office\ndependencies: [Runtime]\ndeploymentTypes: [{ name: d, technology: script, install: x, content: { sha256: ${digest('3')}, size: 7 } }]\n`,
      'applications/b.yaml': 'id: ABC00042\nname: Runtime\ndependencies: [Office]\n',
      'packages/p.yaml':
        'id: ABC00043\nname: Tools\nprograms: [{ name: p, commandLine: x, runFirst: { package: Base, program: b } }]\n',
      'packages/b.yaml': 'id: ABC00044\nname: Base\n',
      'task-sequences/install.yaml': `id: ABC00011\nname: Install\nbootImage: pe-x64\nsteps:\n  - step: P\n    type: install-package\n    with: { PackageID: Tools, ProgramName: p }\n  - step: A\n    type: install-application\n    with: { ApplicationName: Office }\n`,
      ...deployment('ABC20000', 'taskSequence: Install\ncollection: Lab\npurpose: available\navailableTo: mediaAndPxe'),
    };
    const ids = policy(site(files), PXE).content.map(({ id }) => id);
    expect(ids).toEqual(['ABC00041', 'ABC00042', 'ABC00001', 'ABC00043', 'ABC00044']);
  });

  const upgrade = (id: string, label: string) => ({
    [`upgrade-packages/${id}.yaml`]: `id: ${id}\nname: Upgrade ${id}\n${label}content: { sha256: ${digest(id.slice(-1).toLowerCase())}, size: 3000 }\n`,
  });
  const step = (id: string, language: string) =>
    `  - step: Upgrade ${id}\n    type: upgrade-operating-system\n    condition: [{ variable: Language, equals: "${language}" }]\n    with: { InstallPackageID: ${id} }\n`;
  const cached = {
    ...upgrade('ABC0005A', 'architecture: x64\nlanguage: 1033\n'),
    ...upgrade('ABC0005B', 'architecture: x64\nlanguage: 1031\n'),
    ...upgrade('ABC0005C', 'architecture: arm64\nlanguage: 1033\n'),
    ...upgrade('ABC0005D', ''),
    'driver-packages/a.yaml': `id: ABC0005E\nname: Drivers A\ncontent: { sha256: ${digest('e')}, size: 500 }\n`,
    'driver-packages/b.yaml': `id: ABC0005F\nname: Drivers B\ncontent: { sha256: ${digest('f')}, size: 500 }\n`,
    'task-sequences/up.yaml': `id: ABC00014\nname: Upgrade\nsteps:\n${step('ABC0005A', '1033')}${step('ABC0005B', '1031')}${step('ABC0005C', '1033')}${step('ABC0005D', '1036')}${[
      'A',
      'B',
    ]
      .map(
        (name) =>
          `  - step: ${name}\n    type: apply-driver-package\n    condition: [{ variable: Model, equals: ${name} }]\n    with: { DriverPackageID: Drivers ${name} }\n`,
      )
      .join('')}`,
  };
  const whole = site(cached);
  const found = whole.find('taskSequence', 'Upgrade');
  if (!found) throw new Error('no sequence');
  const sequence = resolveSequence(whole, found);
  const facts = { architecture: 'x64' as const, runningSystem: { language: 1033 } };
  const ids = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id.slice(-1)).join('');

  test('CACHE-04 CACHE-09 CACHE-11: pre-cache takes the upgrade packages whose labels fit, and all else whole', () => {
    expect(sequence.obstacles).toEqual([]);
    expect(ids(preCacheContent(whole, sequence, facts))).toBe('EFAD');
    expect(ids(preCacheContent(whole, sequence, { ...facts, runningSystem: { language: 1031 } }))).toBe('EFBD');
    expect(ids(preCacheContent(whole, sequence, { architecture: 'arm64', runningSystem: { language: 1033 } }))).toBe(
      'EFCD',
    );
  });

  test('CACHE-04: a language that is not known excludes nothing of the right architecture', () => {
    expect(ids(preCacheContent(whole, sequence, { architecture: 'x64' }))).toBe('EFABD');
  });

  test('CACHE-10 CACHE-02: conditions count for the run alone, so the lists and their sums differ', () => {
    const variables: Readonly<Record<string, string>> = { LANGUAGE: '1033', MODEL: 'A' };
    const run = runContent(
      whole,
      sequence,
      ({ step: { condition } }) =>
        evaluateAll(condition ?? [], {
          facts,
          variable: (name) => ({ state: 'set', value: variables[name.toUpperCase()] ?? '' }),
        }).verdict,
    );
    expect(ids(run)).toBe('EAC');
    expect(contentSize(run)).toBe(6500);
    expect(contentSize(preCacheContent(whole, sequence, facts))).toBe(7000);
    expect(contentSize(runContent(whole, sequence, () => 'unknown'))).toBe(13_000);
  });

  test('equal files are counted once', () => {
    const files = [{ sha256: digest('a'), size: 5 }];
    expect(contentSize([{ files }, { files }])).toBe(5);
  });
});

describe('updates and users', () => {
  const files = {
    ...IMAGES,
    'collections/other.yaml': 'id: ABC00021\nname: Other\ntype: device\nmembers: { devices: [PC2] }\n',
    'software-updates/a.yaml': `id: ABC00061\nname: For lab\ncollections: [Lab]\nupdates: [{ article: KB1, required: true }, { article: KB2 }]\ncontent: { sha256: ${'a'.repeat(64)}, size: 9 }\n`,
    'software-updates/b.yaml': `id: ABC00062\nname: For others\ncollections: [Other]\nupdates: [{ article: KB3 }]\ncontent: { sha256: ${'b'.repeat(64)}, size: 9 }\n`,
    'software-updates/c.yaml': 'id: ABC00063\nname: For nobody\nupdates: [{ article: KB4 }]\n',
  };
  const updating = (target: string) => ({
    ...files,
    'task-sequences/install.yaml': `${INSTALL}  - step: Updates\n    type: install-software-updates\n    with: { Target: ${target} }\n`,
    ...deployment('ABC20000', 'taskSequence: Install\ncollection: Lab\npurpose: available\navailableTo: mediaAndPxe'),
  });

  test.each(['All', 'Mandatory'])('UPD-02: with %s only updates targeted at collections of the computer', (target) => {
    const found = policy(site(updating(target)), PXE);
    expect(found.updates).toEqual([{ id: 'ABC00061', name: 'For lab', articles: ['KB1', 'KB2'] }]);
    expect(found.content.filter(({ kind }) => kind === 'softwareUpdateSet').map(({ id }) => id)).toEqual(['ABC00061']);
  });

  test('UPD-02: without a step that installs updates their content is not fetched', () => {
    const plain = { ...updating('All'), 'task-sequences/install.yaml': INSTALL };
    expect(policy(site(plain), PXE).content.map(({ kind }) => kind)).not.toContain('softwareUpdateSet');
  });

  test('UDA-01 UDA-03: users of a computer come with it, and a user may have several computers', () => {
    expect(policy(site(updating('All')), CLIENT).users).toEqual(['CONTOSO\\ann']);
    expect(devicesOfUser(site(), 'contoso\\ANN').map(({ name }) => name)).toEqual(['PC1', 'PC2']);
  });
});

test('the order of the files of a site says nothing: equal sites give equal documents', () => {
  const files = {
    ...BASE,
    ...toLab,
    ...deployment('ABC20007', 'taskSequence: Install\ncollection: Lab\npurpose: available\navailableTo: mediaAndPxe'),
    ...collection('ABC00021', 'A', 'variables: { X: a }'),
    ...collection('ABC00022', 'B', 'variables: { X: b }'),
  };
  const text = (entries: [string, string][]) =>
    canonicalJson(policyDocument(policy(siteOf(Object.fromEntries(entries)).site, PXE)));
  const entries = Object.entries(files);
  expect(text([...entries].reverse())).toBe(text(entries));
});
