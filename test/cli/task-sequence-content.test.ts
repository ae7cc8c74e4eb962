/** The content that a sequence needs, where it is, and how it is distributed. */
import { describe, expect, test } from 'vitest';
import { siteFolder, textOf } from '../src/app/site-folder.ts';
import { done, refused, result } from './site-commands.ts';

const hash = (digit: string) => digit.repeat(64);
const content = (digit: string, size: number) => `content: { sha256: ${hash(digit)}, size: ${size} }\n`;

const files = {
  'boot-images/pe.yaml': `id: ABC00001\nname: pe-x64\narchitecture: x64\n${content('1', 100)}distribution: { points: [dp1] }\n`,
  'operating-systems/win11.yaml': `id: ABC00002\nname: win11\nversion: 10.0.26100.1\n${content('2', 5000)}distribution:\n  groups:\n    - Berlin   # all of it\n`,
  'packages/tools.yaml': `id: ABC00003\nname: Tools # keep\n${content('3', 7)}`,
  'packages/other.yaml': `id: ABC00004\nname: Not needed\n${content('4', 9)}`,
  'applications/office.yaml': `id: ABC00005\nname: Office\ndependencies: [Runtime]\ndeploymentTypes:\n  - { name: MSI, technology: script, install: x, content: { sha256: ${hash('5')}, size: 11 } }\n`,
  'applications/runtime.yaml': `id: ABC00006\nname: Runtime\ndeploymentTypes:\n  - { name: MSI, technology: script, install: x, content: { sha256: ${hash('6')}, size: 13 } }\n`,
  'distribution-points/dp1.yaml': 'name: dp1\n',
  'distribution-points/dp2.yaml': 'name: dp2\n',
  'distribution-points/dp3.yaml': 'name: dp3\n',
  'distribution-point-groups/berlin.yaml': 'name: Berlin\npoints: [dp1, dp2]\n',
  'distribution-point-groups/all.yaml': 'name: Everywhere\npoints: [dp1, dp2, dp3]\n',
  'collections/lab.yaml': 'id: ABC00020\nname: Lab\ntype: device\ndefaultDistributionPointGroup: Everywhere\n',
  'collections/none.yaml': 'id: ABC00021\nname: No group\ntype: device\n',
  'task-sequences/child.yaml':
    'id: ABC00011\nname: Child\nsteps:\n  - step: Tool\n    type: run-command-line\n    with: { CommandLine: x, PackageID: Tools }\n',
  'task-sequences/install.yaml': `id: ABC00010
name: Install
bootImage: pe-x64
steps:
  - group: G
    steps:
      - step: Apply
        type: apply-operating-system-image
        with: { ImagePackageID: win11, ImageIndex: 1 }
  - step: Apps
    type: install-application
    with: { ApplicationName: [Office] }
  - step: The child
    type: run-task-sequence
    with: { TsPackageID: Child }
  - step: Off
    type: run-command-line
    enabled: false
    with: { CommandLine: x, PackageID: Not needed }
`,
};

interface Listed {
  readonly content: readonly {
    name: string;
    version: string | null;
    neededBy: string[];
    points: string[];
    content: { sha256: string; size: number; inLibrary: boolean }[];
  }[];
  readonly size: number;
  readonly targets: readonly { kind: string; name: string; lacks: string[] }[];
  readonly alreadyThere: readonly { kind: string; name: string }[];
}

async function list(site: string): Promise<Listed> {
  expect(await result(['site', 'check', '--site', site])).toMatchObject({ problems: [] });
  return result<Listed>(['task-sequence', 'content', 'Install', '--site', site]);
}

describe('osdkit task-sequence content', () => {
  test('EDIT-14: every piece that the sequence references is listed once, with what needs it and its size', async () => {
    const { content: pieces, size } = await list(siteFolder(files));
    expect(pieces.map(({ name, neededBy }) => [name, neededBy])).toEqual([
      ['pe-x64', ['Install: bootImage']],
      ['win11', ['Install: 1.1 Apply']],
      ['Office', ['Install: 2 Apps']],
      ['Runtime', ['Office depends on it']],
      ['Tools', ['Child: 1 Tool']],
    ]);
    expect(size).toBe(100 + 5000 + 7 + 11 + 13);
  });

  test('EDIT-13: the list is made from the site each time: a changed step or content shows at once', async () => {
    const site = siteFolder(files);
    const set = ['task-sequence', 'edit', 'set', 'Child', 'Tool', '--set', 'PackageID=Not needed', '--site', site];
    await done(set);
    const { content: pieces } = await list(site);
    expect(pieces.map(({ name }) => name)).toContain('Not needed');
    expect(pieces.map(({ name }) => name)).not.toContain('Tools');
  });

  test('EDIT-15: targets are points, groups of points, and collections that stand for their group', async () => {
    const { targets, alreadyThere } = await list(siteFolder(files));
    expect([...targets, ...alreadyThere].map(({ kind, name }) => `${kind} ${name}`).sort()).toEqual([
      'collection Lab',
      'group Berlin',
      'group Everywhere',
      'point dp1',
      'point dp2',
      'point dp3',
    ]);
  });

  test('EDIT-16: points that have a piece are told with its version, and lack only the rest', async () => {
    const { content: pieces, targets } = await list(siteFolder(files));
    const win11 = pieces.find(({ name }) => name === 'win11');
    expect(win11).toMatchObject({ version: '10.0.26100.1', points: ['dp1', 'dp2'] });
    const lacks = new Map(targets.map(({ name, lacks: missing }) => [name, missing]));
    expect(lacks.get('dp1')).toEqual(['Office', 'Runtime', 'Tools']);
    expect(lacks.get('dp2')).toEqual(['pe-x64', 'Office', 'Runtime', 'Tools']);
    expect(lacks.get('dp3')).toEqual(['pe-x64', 'win11', 'Office', 'Runtime', 'Tools']);
  });

  test('EDIT-18: it holds what prestaged content must carry: dependencies, and for every file hash, size and version', async () => {
    const { content: pieces } = await list(siteFolder(files));
    expect(pieces.map(({ name, content: parts }) => [name, parts.map(({ sha256, size }) => [sha256, size])])).toEqual([
      ['pe-x64', [[hash('1'), 100]]],
      ['win11', [[hash('2'), 5000]]],
      ['Office', [[hash('5'), 11]]],
      ['Runtime', [[hash('6'), 13]]],
      ['Tools', [[hash('3'), 7]]],
    ]);
    expect(pieces.every(({ content: parts }) => parts.every(({ inLibrary }) => !inLibrary))).toBe(true);
  });
});

describe('osdkit task-sequence distribute', () => {
  test('EDIT-14 to EDIT-16: a group gets what it lacks, in the lines of the objects; then it is no target any more', async () => {
    const site = siteFolder(files);
    const words = ['task-sequence', 'distribute', 'Install', '--group', 'berlin', '--site', site];
    const shown = await done([...words, '--plan']);
    expect(shown).toContain('win11: already there: Berlin');
    expect(textOf(site, 'packages/tools.yaml')).toBe(files['packages/tools.yaml']);
    await done(words);
    expect(textOf(site, 'packages/tools.yaml')).toBe(
      `${files['packages/tools.yaml']}distribution:\n  groups:\n    - Berlin\n`,
    );
    expect(textOf(site, 'boot-images/pe.yaml')).toContain('distribution: { points: [dp1], groups: [Berlin] }\n');
    expect(textOf(site, 'operating-systems/win11.yaml')).toBe(files['operating-systems/win11.yaml']);
    expect(textOf(site, 'packages/other.yaml')).toBe(files['packages/other.yaml']);
    const { targets, alreadyThere } = await list(site);
    expect(alreadyThere.map(({ name }) => name)).toEqual(['dp1', 'dp2', 'Berlin']);
    expect(targets.map(({ name }) => name)).toEqual(['dp3', 'Everywhere', 'Lab']);
  });

  test('EDIT-15: a collection means its group; several targets at once; one without a group is refused', async () => {
    const site = siteFolder(files);
    const words = ['task-sequence', 'distribute', 'Install', '--site', site];
    await refused([...words, '--collection', 'No group'], 'APP_OPTION');
    await refused(words, 'APP_OPTION');
    await refused([...words, '--point', 'dp9'], 'APP_OBJECT');
    await done([...words, '--collection', 'Lab', '--point', 'dp3', '--group', 'Everywhere']);
    expect(textOf(site, 'packages/tools.yaml')).toContain('  points:\n    - dp3\n  groups:\n    - Everywhere\n');
    expect((await list(site)).targets).toEqual([]);
  });
});
