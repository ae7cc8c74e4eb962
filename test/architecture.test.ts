/** The layers of the architecture, held against every source file; test/architecture/rules.ts is the table. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { judgeImports, judgeShape } from './architecture/judge.ts';
import { LINE_LIMIT, MODULE_RULES, PACKAGE_RULES } from './architecture/rules.ts';
import { type SourceFile, scanFolders, scanImports } from './architecture/scan.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const PRODUCT = ['src', 'images', 'media', 'pxe'];

const source = (path: string, text: string): SourceFile => ({
  path,
  lines: text.split('\n').length,
  ...scanImports(text),
});

describe('the sources', () => {
  const files = scanFolders(root, PRODUCT);

  test('are found', () => {
    expect(files.length).toBeGreaterThan(10);
    expect(files.map(({ path }) => path)).toContain('src/core/errors.ts');
  });

  test('import only what their module may', () => {
    expect(files.flatMap(judgeImports).join('\n')).toBe('');
  });

  test('have telling names and a size one can hold in the head, tests included', () => {
    expect([...files, ...scanFolders(root, ['test'])].flatMap(judgeShape).join('\n')).toBe('');
  });
});

test('the table itself: no folder twice, no name that is no rule, no package that is not a dependency', () => {
  const folders = MODULE_RULES.map(({ folder }) => folder);
  expect(new Set(folders).size).toBe(folders.length);
  for (const { folder, may } of MODULE_RULES) {
    for (const name of may.filter((entry) => !entry.endsWith('/'))) {
      expect(folders, `${folder} may import`).toContain(name);
    }
  }
  const { dependencies, optionalDependencies } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as {
    readonly dependencies: object;
    readonly optionalDependencies: object;
  };
  const packages = Object.keys({ ...dependencies, ...optionalDependencies });
  expect(Object.keys(PACKAGE_RULES).sort()).toEqual(packages.sort());
});

describe('the judge', () => {
  const verdict = (path: string, text: string) => judgeImports(source(path, text)).join('\n');

  test.each([
    ['images/fat/read.ts', "import { x } from '../bytes/index.ts';"],
    ['images/fat/read.ts', "import { x } from './layout.ts';\nexport * from './types.ts';"],
    ['images/bytes/file-source.ts', "import { openSync } from 'node:fs';"],
    ['src/app/demo.ts', "import { sample } from '../../images/sample/index.ts';"],
    ['images/wim/xml/parse.ts', "import { SaxesParser } from 'saxes';"],
    ['src/core/errors.ts', "// import { x } from '../app/index.ts';\n/*\nimport './y.ts';\n*/"],
  ])('accepts %s with %j', (path, text) => {
    expect(verdict(path, text)).toBe('');
  });

  test.each([
    ['images/fat/read.ts', "import { x } from '../iso9660/index.ts';", 'images/fat may import src/core'],
    ['images/fat/read.ts', "import {\n  x,\n} from '../bytes/cursor.ts';", 'only its index.ts'],
    ['images/fat/read.ts', "import { openSync } from 'node:fs';", "Node module 'fs', which is for images/bytes/file-"],
    ['images/fat/read.ts', "import { openSync } from 'node:fs/promises';", "Node module 'fs'"],
    ['images/fat/read.ts', "const x = await import('node:worker_threads');", "Node module 'worker_threads'"],
    ['images/fat/read.ts', 'const x = await import(name);', 'cannot be checked'],
    ['images/fat/read.ts', "import 'left-pad';", "package 'left-pad', which test/architecture/rules.ts does not list"],
    ['images/fat/read.ts', "import { z } from 'zod';", "package 'zod', which is for src/, media/"],
    ['images/fat/read.ts', "import type { App } from '../../src/app/index.ts';", 'imports src/app'],
    ['images/fat/read.ts', "export * from '../../test/support/run.ts';", 'which no rule covers'],
    ['images/sample/programs/index.ts', "export { x } from '../../bcd/index.ts';", 'imports images/bcd'],
    ['src/core/errors.ts', "import { x } from '../../images/bytes/index.ts';", 'may import nothing of ours'],
    ['src/app/media.ts', "import { sample } from '../../images/sample/index.ts';", 'imports images/sample'],
    ['media/builder/run.ts', "import { spawn } from 'node:child_process';", 'which is for no file'],
    ['images/stray.ts', '', 'no rule covers this file'],
    ['images/newformat/read.ts', '', 'no rule covers this file'],
  ])('refuses %s with %j', (path, text, reason) => {
    expect(verdict(path, text)).toContain(reason);
  });

  test('refuses names and sizes', () => {
    const shape = (path: string, lines: number) => judgeShape({ ...source(path, ''), lines }).join('\n');
    expect(shape('images/fat/read.ts', LINE_LIMIT)).toBe('');
    expect(shape('test/images/fat/read-all.tools.ts', 1)).toBe('');
    expect(shape('images/fat/read.ts', LINE_LIMIT + 1)).toContain('is the ceiling');
    expect(shape('images/fat/utils.ts', 1)).toContain("'utils' says nothing");
    expect(shape('images/helpers/read.ts', 1)).toContain("'helpers' says nothing");
    expect(shape('images/fat/name-utils.ts', 1)).toContain("'utils' says nothing");
    expect(shape('images/fat/readAll.ts', 1)).toContain('kebab-case');
    expect(shape('images/fat/read.js', 1)).toContain('sources are TypeScript');
  });
});
