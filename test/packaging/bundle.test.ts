/** What a command line loads before its work begins: counted in files and bytes, since times depend on the machine. */
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Metafile } from 'esbuild';
import { beforeAll, describe, expect, test } from 'vitest';
import { commands } from '../../src/cli/commands/index.ts';
import { scanFolders } from '../architecture/scan.ts';
import { scratch } from '../support/tools.ts';
import { bundleCommand, LICENCES } from './bundle.ts';

/** Names that the sources give to `startWorker`. */
function startedThreads(): string[] {
  const texts = scanFolders('.', ['src', 'images', 'media', 'pxe']).map(({ path }) => readFileSync(path, 'utf8'));
  const names = texts.flatMap((text) => [...text.matchAll(/startWorker\(import\.meta\.url, '([\w-]+)'/g)]);
  if (names.length === 0) throw new Error('no thread is started');
  return names.map(([, name = '']) => name);
}

describe('the bundled command', () => {
  const folder = join(scratch(), 'bin');
  let outputs: Metafile['outputs'] = {};

  beforeAll(async () => {
    outputs = (await bundleCommand(folder)).outputs;
  }, 60_000);

  /** Every file that is loaded with `path`, itself included. */
  function loaded(path: string, found = new Set<string>()): ReadonlySet<string> {
    if (found.has(path)) return found;
    found.add(path);
    for (const { path: next, kind, external } of outputs[path]?.imports ?? []) {
      if (kind === 'import-statement' && external !== true) loaded(next, found);
    }
    return found;
  }
  const output = (start: string): string => {
    const [found, ...others] = Object.entries(outputs).filter(
      ([path, { entryPoint }]) => entryPoint === start || basename(path) === start,
    );
    if (found === undefined || others.length > 0) throw new Error(`${start} is not one file of the bundle`);
    return found[0];
  };
  const sources = (start: string): string[] =>
    [...loaded(output(start))].flatMap((path) => Object.keys(outputs[path]?.inputs ?? {}));
  const bytes = (start: string): number =>
    [...loaded(output(start))].reduce((sum, path) => sum + (outputs[path]?.bytes ?? 0), 0);
  const packages = (paths: readonly string[]): string[] => [
    ...new Set(paths.flatMap((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? [])),
  ];

  test('--version and help of groups load commander and our command line: no use case, no format', () => {
    const paths = sources('osdkit.js');
    expect(packages(paths)).toEqual(['commander']);
    const own = paths.filter((path) => !path.includes('node_modules/'));
    expect(own.filter((path) => !/^src\/(bin|cli|core)\//.test(path))).toEqual([]);
    expect(own.filter((path) => /^src\/cli\/commands\/(?!(?:index|network-boot)\.ts)/.test(path))).toEqual([]);
    expect(bytes('osdkit.js')).toBeLessThan(120_000);
  });

  /** One file a command; the kinds of new sequences share theirs, and a site is made beside its other commands. */
  const fileOf = (name: string): string => {
    const file = name === 'init' ? 'site init' : name.replace(/^(task-sequence new) .*/, '$1');
    return `src/cli/commands/${file.replaceAll(' ', '-')}.ts`;
  };

  test.each(commands.map(({ name }) => name))('%s loads its own use case and no other', (name) => {
    const file = fileOf(name);
    const paths = sources(file);
    const others = commands.map((other) => fileOf(other.name)).filter((path) => path !== file && paths.includes(path));
    expect(others).toEqual([]);
    expect(paths).not.toContain('src/app/index.ts');
    // What is for a few inputs only comes later: signatures, media, discs.
    expect(paths.filter((path) => /^(images\/(pe|disc|sample)|media)\//.test(path))).toEqual([]);
    // A site's commands read all of it: YAML's reader is outside, the schemas of every object and step are not.
    const ofSite = paths.some((path) => path.startsWith('src/site/'));
    expect(loaded(output(file)).size).toBeLessThan(ofSite ? 40 : 25);
    expect(bytes(file)).toBeLessThan(ofSite ? 900_000 : 480_000);
  });

  test.each(startedThreads())('the thread %s is there and loads no package', (name) => {
    expect(packages(sources(`${name}.js`))).toEqual([]);
    expect(bytes(`${name}.js`)).toBeLessThan(125_000);
  });

  test('every package in it has its licence beside it', () => {
    const text = readFileSync(join(folder, LICENCES), 'utf8');
    const found = packages(Object.values(outputs).flatMap(({ inputs }) => Object.keys(inputs)));
    expect(found.toSorted()).toEqual(['commander', 'zod']);
    for (const name of found) {
      expect(text).toContain(readFileSync(join('node_modules', name, 'LICENSE'), 'utf8').trim());
    }
  });
});
