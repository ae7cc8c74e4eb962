/** Every file of the zoo gets the verdict that the list says; what fuzzing found and nobody mended fails here. */
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { badBytes, nameOf, readBadFiles } from './bad-files.ts';
import { parsers } from './parsers/index.ts';
import { judge } from './verdict.ts';

const files = readBadFiles();

test('the folder holds the files of the list and no others', () => {
  const folder = readdirSync(fileURLToPath(new URL('../fixtures/bad/', import.meta.url)));
  const names = files.map(({ name }) => `${name}.gz`);
  expect(folder.sort()).toEqual([...names, 'README.md', 'bad-files.json'].sort());
});

test.each(files.map((file) => [file.name, file] as const))('%s', async (_, file) => {
  const parser = parsers.find(({ name }) => name === file.parser);
  if (!parser) throw new Error(`no parser ${file.parser}`);
  const verdict = await judge(parser, badBytes(file), file.facts);
  expect(verdict).toEqual(file.verdict === 'valid' ? { kind: 'valid' } : { kind: 'refused', code: file.verdict });
});

test('a finding is named by what happened, without numbers', () => {
  const what = 'RangeError: Offset 77 is outside the bounds of the DataView | at x.ts:3 | at y.ts';
  expect(nameOf({ parser: 'hive', number: 5, what })).toBe(
    'hive-rangeerror-offset-is-outside-the-bounds-of-the-dataview',
  );
});
