/** The packed package, as a user gets it: packed from a copy of the sources, installed in an empty folder, run there. */
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { commands } from '../src/cli/commands/index.ts';
import { run, scratch } from './support/tools.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const LIMIT_MS = 240_000;
/** 1,690,000 bytes when this was written: modules and, beside them, the bundled command. A leap means that something strange got in. */
const MOST_BYTES = 2_200_000;
/** Every command, as typed. */
const COMMANDS = commands.map(({ name }) => name);

/** A copy, so that the build before packing does not change the dist folder that other tests run. */
async function pack(folder: string): Promise<string> {
  const copy = join(folder, 'copy');
  mkdirSync(copy);
  for (const name of [
    'package.json',
    'tsconfig.json',
    'LICENSE',
    'README.md',
    'src',
    'images',
    'media',
    'pxe',
    'test',
  ]) {
    if (existsSync(join(root, name))) await run('cp', ['-r', join(root, name), copy]);
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  await run('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: copy, timeout: LIMIT_MS });
  const [tarball] = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
  if (tarball === undefined) throw new Error('npm pack made no .tgz');
  return join(folder, tarball);
}

describe('the package', () => {
  const folder = scratch();
  const installed = join(folder, 'installed');
  let files: string[] = [];
  let size = 0;
  const osdkit = (...args: string[]) => run(join(installed, 'node_modules/.bin/osdkit'), args, { cwd: installed });

  beforeAll(async () => {
    const tarball = await pack(folder);
    size = statSync(tarball).size;
    const { stdout } = await run('tar', ['-tzf', tarball]);
    files = stdout.trim().split('\n');
    mkdirSync(installed);
    writeFileSync(join(installed, 'package.json'), '{ "private": true }\n');
    const flags = ['--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts'];
    await run('npm', ['install', ...flags, tarball], { cwd: installed, timeout: LIMIT_MS });
  }, LIMIT_MS);

  test('holds compiled code, README and licence: no tests, no sources, no maps of our machine', () => {
    expect(files).toContain('package/dist/src/bin/osdkit.js');
    expect(files).toContain('package/LICENSE');
    expect(files).toContain('package/README.md');
    const other = files.filter(
      (name) =>
        !/^package\/(dist\/.*\.(js|d\.ts)|dist\/src\/bin\/LICENSES\.txt|LICENSE|README\.md|package\.json)$/.test(name),
    );
    expect(other).toEqual([]);
    expect(files.filter((name) => name.startsWith('package/dist/test'))).toEqual([]);
    expect(size).toBeLessThan(MOST_BYTES);
    // Modules of the command's folder lie in the bundle alone.
    expect(files).not.toContain('package/dist/src/bin/version.js');
    expect(files).toContain('package/dist/images/wim/index.d.ts');
  });

  test('holds nothing of others, and brings the packages that package.json names and no more', () => {
    expect(files.filter((name) => /\/(node_modules|vendor)\/|\.(exe|efi|dll|wim|iso|sdi|node)$/i.test(name))).toEqual(
      [],
    );
    const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      dependencies: Readonly<Record<string, string>>;
    };
    const modules = join(installed, 'node_modules');
    const direct = readdirSync(modules).flatMap((name) =>
      name.startsWith('@') ? readdirSync(join(modules, name)).map((scoped) => `${name}/${scoped}`) : [name],
    );
    expect(direct).toEqual(expect.arrayContaining(['osdkit', ...Object.keys(dependencies)]));
    expect(direct.filter((name) => ['tsx', 'typescript', 'vitest', 'esbuild'].includes(name))).toEqual([]);
  });

  test.each(COMMANDS)('osdkit %s --help shows examples of that command', async (command) => {
    const { stdout } = await osdkit(...command.split(' '), '--help');
    const [, examples = ''] = stdout.split('\nExamples:\n');
    expect(examples).toContain(`  osdkit ${command}`);
  });

  test('help lists these commands and no others', async () => {
    const listed = async (words: readonly string[]): Promise<string[]> => {
      const { stdout } = await osdkit(...words, '--help');
      const [, commands = ''] = stdout.split('\nCommands:\n');
      const names = [...commands.matchAll(/^ {2}([\w-]+)/gm)]
        .map(([, name = '']) => name)
        .filter((name) => name !== 'help');
      if (names.length === 0) return [words.join(' ')];
      const below: string[] = [];
      for (const name of names) below.push(...(await listed([...words, name])));
      return below;
    };
    expect((await listed([])).toSorted()).toEqual(COMMANDS.toSorted());
  });

  test('runs from an empty folder: version and help', async () => {
    const { stdout: version } = await run('npx', ['--no-install', 'osdkit', '--version'], { cwd: installed });
    const { version: packed } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    expect(version.trim()).toBe(packed);
    const { stdout: help } = await run('npx', ['--no-install', 'osdkit', '--help'], { cwd: installed });
    expect(help).toContain('demo');
  });

  test('its modules can be imported by themselves', async () => {
    const code = `import { openWim } from 'osdkit/dist/images/wim/index.js';
      import { imageCapture } from 'osdkit/dist/src/app/index.js';
      console.log(typeof openWim, imageCapture.name);`;
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', code], { cwd: installed });
    expect(stdout.trim()).toBe('function image capture');
  });

  test('builds the demo there, in less than a minute', { timeout: 120_000 }, async () => {
    const started = performance.now();
    await run('npx', ['--no-install', 'osdkit', 'demo', '--output', 'made'], { cwd: installed });
    expect(performance.now() - started).toBeLessThan(60_000);
    const made = readdirSync(join(installed, 'made'));
    const images = made.filter(
      (name) => name.endsWith('.iso') && statSync(join(installed, 'made', name)).size > 1 << 20,
    );
    expect(images, `among ${made.join(', ')}`).not.toEqual([]);
  });
});
