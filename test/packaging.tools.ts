/** The packed package, as a user gets it: packed from a copy of the sources, installed in an empty folder, run there. */
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { run, scratch } from './support/tools.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const LIMIT_MS = 240_000;

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

  beforeAll(async () => {
    const tarball = await pack(folder);
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
      (name) => !/^package\/(dist\/.*\.(js|d\.ts)|LICENSE|README\.md|package\.json)$/.test(name),
    );
    expect(other).toEqual([]);
    expect(files.filter((name) => name.startsWith('package/dist/test'))).toEqual([]);
  });

  test('runs from an empty folder: version and help', async () => {
    const { stdout: version } = await run('npx', ['--no-install', 'osdkit', '--version'], { cwd: installed });
    const { version: packed } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    expect(version.trim()).toBe(packed);
    const { stdout: help } = await run('npx', ['--no-install', 'osdkit', '--help'], { cwd: installed });
    expect(help).toContain('demo');
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
