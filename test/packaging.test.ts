/** The repository as the design card has it, and a package.json that gives everyone the same versions. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { missingOptional } from './tools/complete-lock.ts';

const root = fileURLToPath(new URL('../', import.meta.url));

/** The design card's names, with lock file and licence. */
const TOP_LEVEL = [
  'LICENSE',
  'README.md',
  'images',
  'media',
  'package-lock.json',
  'package.json',
  'pxe',
  'src',
  'test',
  'tsconfig.json',
  'vendor',
];

/** Made by npm, the build and the demo; .gitignore names them too. */
const MADE_HERE = ['node_modules', 'dist', 'osdkit-demo'];

interface PackageJson {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly engines: Readonly<Record<string, string>>;
  readonly license: string;
}

const manifest = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as PackageJson;

test('the top level holds the names of the design card and nothing else', () => {
  const names = readdirSync(root).filter((name) => !name.startsWith('.') && !MADE_HERE.includes(name));
  expect(names.filter((name) => !name.endsWith('.tgz')).sort()).toEqual(TOP_LEVEL);
});

test('every dependency is pinned to one version', () => {
  for (const [name, version] of Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })) {
    expect(version, name).toMatch(/^\d+\.\d+\.\d+$/);
  }
});

test('the lock holds the packages of every platform: npm ci refuses it otherwise', () => {
  const lock = JSON.parse(readFileSync(`${root}package-lock.json`, 'utf8')) as Parameters<typeof missingOptional>[0];
  const missing = missingOptional(lock).map(([name, version]) => `${name}@${version}`);
  expect(missing, 'npx tsx test/tools/complete-lock.ts adds them').toEqual([]);
});

test('Node floor and licence are what README and LICENSE say', () => {
  expect(manifest.engines['node']).toBe('>=20.19');
  expect(manifest.license).toBe('Apache-2.0');
  expect(readFileSync(`${root}LICENSE`, 'utf8')).toContain('Apache License');
});
