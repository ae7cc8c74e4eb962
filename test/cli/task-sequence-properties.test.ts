/** Properties of a sequence from the command line: the notice and what users are told. */
import { describe, expect, test } from 'vitest';
import { siteFolder, textOf } from '../src/app/site-folder.ts';
import { done, refused, result } from './site-commands.ts';

const path = 'task-sequences/script.yaml';
const steps = `steps:
  - step: Run it
    type: run-command-line
    with: { CommandLine: cmd /c ver }
`;
const file = `id: ABC00010\nname: Script\n${steps}`;
const child = `id: ABC00011
name: Child
steps:
  - step: Wipe it
    type: format-and-partition-disk
    with: { DiskIndex: 0, Partitions: [{ Type: Primary, Size: 100, SizeUnits: Percent }] }
`;
const parent = `id: ABC00012
name: Parent
steps:
  - step: Run the child
    type: run-task-sequence
    with: { TsPackageID: Child }
`;

interface Shown {
  readonly properties: {
    readonly highImpact: { is: boolean; marked: boolean; steps: string[]; notice: Record<string, unknown> | null };
  };
}

function sequences() {
  const site = siteFolder({
    [path]: file,
    'task-sequences/child.yaml': child,
    'task-sequences/parent.yaml': parent,
    'boot-images/pe.yaml': 'id: ABC00001\nname: pe-x64\narchitecture: x64\n',
  });
  const words = (...more: string[]) => ['task-sequence', 'properties', ...more, '--site', site];
  return { words, text: () => textOf(site, path) };
}

describe('the high-impact notice', () => {
  test('HI-01: a sequence is marked, and the mark is removed', async () => {
    const { words, text } = sequences();
    const { properties } = await result<Shown>(words('Script', '--high-impact'));
    expect(properties.highImpact).toMatchObject({ is: true, marked: true, steps: [] });
    expect(text()).toBe(file.replace('steps:', 'highImpact:\n  marked: true\nsteps:'));
    await done(words('Script', '--no-high-impact'));
    expect(text()).toBe(file);
  });

  test('HI-02: a step of a child makes the parent high impact, and the reason is shown', async () => {
    const { words } = sequences();
    expect((await result<Shown>(words('Script'))).properties.highImpact).toMatchObject({ is: false, notice: null });
    const { properties } = await result<Shown>(words('Parent'));
    expect(properties.highImpact).toMatchObject({ is: true, marked: false, steps: ['Child: Wipe it'] });
    expect(await done(words('Parent'))).toContain('yes: because of Child: Wipe it');
  });

  test('HI-03: own text of a sequence that is not high impact is refused with that reason', async () => {
    const { words, text } = sequences();
    for (const option of [['--custom-text'], ['--headline', 'x'], ['--main-text', 'x']]) {
      const { stderr } = await refused(words('Script', ...option), 'APP_SITE');
      expect(stderr).toContain('SITE_HIGH_IMPACT_TEXT');
      expect(stderr).toContain('only for a high-impact sequence');
    }
    expect(text()).toBe(file);
  });

  test.each(['headline', 'main-text', 'bold-text', 'last-line'])(
    'HI-04: %s takes 255 characters, of more than one byte too, and no more',
    async (option) => {
      const { words } = sequences();
      const own = ['Script', '--high-impact', '--custom-text'];
      await done(words(...own, `--${option}`, 'ä'.repeat(254) + '😀'));
      const { stderr } = await refused(words(...own, `--${option}`, 'a'.repeat(256)), 'APP_OPTION');
      expect(stderr).toContain(`--${option}`);
    },
  );

  test('HI-05: with own text no box may be empty', async () => {
    const { words } = sequences();
    const own = ['Script', '--high-impact', '--custom-text'];
    for (const box of ['--main-text', '--bold-text', '--last-line']) {
      const { stderr } = await refused(words(...own, box, ' '), 'APP_SITE');
      expect(stderr).toContain('all three message boxes');
    }
  });

  test('HI-10: the notice is shown as users see it', async () => {
    const { words } = sequences();
    const texts = ['--headline', 'Head', '--main-text', 'Main', '--bold-text', 'Bold', '--last-line', 'Last'];
    const shown = await done(words('Script', '--high-impact', '--custom-text', ...texts));
    expect(shown.slice(shown.indexOf('Notice'))).toBe(
      'Notice (own text)\n  Head\n  Main\n  Bold\n  Last\n  [Install] [Cancel]\n',
    );
  });
});

describe('Software Center data', () => {
  test('HI-12 to HI-14: restart, whole megabytes and whole minutes', async () => {
    const { words, text } = sequences();
    await done(words('Script', '--restart-required', '--download-size', '4000', '--run-time', '60'));
    expect(text()).toBe(
      file.replace('steps:', 'softwareCenter:\n  restartRequired: true\n  downloadSize: 4000\n  runTime: 60\nsteps:'),
    );
    await refused(words('Script', '--download-size', '1.5'), 'CLI_USAGE');
    await refused(words('Script', '--run-time', '-1'), 'CLI_USAGE');
    const clear = ['--clear', 'restart-required', '--clear', 'download-size', '--clear', 'run-time'];
    await done(words('Script', ...clear));
    expect(text()).toBe(file);
  });

  test('HI-15: they are information only: any values leave the checks of the site as they are', async () => {
    const { words } = sequences();
    const changed = await result<{ changed: { warnings: unknown[] } }>(
      words('Script', '--no-restart-required', '--download-size', '0', '--run-time', '999999999'),
    );
    expect(changed.changed.warnings).toEqual([]);
    expect(await done(words('Script'))).toMatch(/Download size +0 MB \(information only\)/);
  });
});

describe('EDIT-08', () => {
  test('EDIT-08: name, description, category, boot image and others change, no step does', async () => {
    const { words, text } = sequences();
    await done(
      words(
        'Script',
        '--name',
        'Other',
        '--description',
        'why',
        '--category',
        'Clients',
        '--boot-image',
        'pe-x64',
        '--maximum-run-time',
        '90',
        '--progress-message',
        'Wait',
      ),
    );
    expect(text()).toBe(
      `id: ABC00010\nname: Other\ndescription: why\ncategory: Clients\nbootImage: pe-x64\nmaximumRunTime: 90\nprogressMessage: Wait\n${steps}`,
    );
    const clear = ['description', 'category', 'boot-image', 'maximum-run-time', 'progress-message'];
    await done(words('Other', '--name', 'Script', ...clear.flatMap((key) => ['--clear', key])));
    expect(text()).toBe(file);
  });

  test('a boot image that is not there, and a name that others refer to, are refused; a plan writes nothing', async () => {
    const { words, text } = sequences();
    expect((await refused(words('Script', '--boot-image', 'pe-x86'), 'APP_OBJECT')).stderr).toContain('pe-x64');
    const { stderr } = await refused(words('Child', '--name', 'Renamed'), 'APP_REFERRED');
    expect(stderr).toContain('task-sequences/parent.yaml:6');
    expect(await done(words('Script', '--category', 'x', '--plan'))).toContain('+category: x');
    expect(text()).toBe(file);
  });
});
