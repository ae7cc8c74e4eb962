/** A journal: what was added is there after a restart, a line that broke off is not. */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openJournal } from '../../../src/store/index.ts';
import { scratch } from '../../support/scratch.ts';

const all = (lines: readonly string[]): readonly string[] => lines;

test('lines are on the disk in the order in which they came, and are read again', async () => {
  const path = join(scratch(), 'state', 'lines');
  const journal = await openJournal(path, all);
  expect(journal.lines).toEqual([]);
  await Promise.all(['a', 'b', 'two\nlines', 'c'].map((line) => journal.add(line)));
  expect(readFileSync(path, 'utf8')).toBe('a\nb\ntwo lines\nc\n');
  await journal.close();
  const again = await openJournal(path, all);
  expect(again.lines).toEqual(['a', 'b', 'two lines', 'c']);
  await again.close();
});

test('what broke off or is worth nothing leaves the file when it is opened', async () => {
  const path = join(scratch(), 'lines');
  const journal = await openJournal(path, all);
  for (const line of ['a1', 'b1', 'a2']) await journal.add(line);
  await journal.close();
  appendFileSync(path, 'b2 broke o');
  const again = await openJournal(path, (lines) => lines.filter((line) => !line.endsWith('1')));
  expect(again.lines).toEqual(['a2']);
  expect(readFileSync(path, 'utf8')).toBe('a2\n');
  expect(existsSync(`${path}.new`)).toBe(false);
  await again.add('c');
  await again.close();
  expect(readFileSync(path, 'utf8')).toBe('a2\nc\n');
});

test('a place that cannot be written is an error with the path', async () => {
  const folder = scratch();
  await expect(openJournal(folder, all)).rejects.toThrow(folder);
});
