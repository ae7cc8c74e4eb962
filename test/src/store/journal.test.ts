/** A journal: what was added is there after a restart, a line that broke off is not. */
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openJournal } from '../../../src/store/index.ts';
import { scratch } from '../../support/scratch.ts';
import { growingJournal, keyOf } from './growing-journal.ts';

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

describe('one that grows while it is open', () => {
  const growing = (path: string) => growingJournal(path, 500);
  const sizeOf = (path: string): number => statSync(path).size;
  /** Not longer than these: the limit, and what was added in one go. */
  const MOST = 700;

  test('is written anew: it stays short, says the same, and can be added to', async () => {
    const path = join(scratch(), 'lines');
    const { journal, add } = await growing(path);
    for (let number = 0; number < 200; number++) {
      await Promise.all(['a', 'b', 'c'].map((key) => add(`${key} ${number} ${'x'.repeat(20)}`)));
      expect(sizeOf(path)).toBeLessThan(MOST);
    }
    await add('d last');
    await journal.close();
    const again = await growing(path);
    expect(again.journal.lines).toEqual([...['a', 'b', 'c'].map((key) => `${key} 199 ${'x'.repeat(20)}`), 'd last']);
    await again.journal.close();
  });

  test('keeps lines that are added while it is written anew, behind those that hold', async () => {
    const path = join(scratch(), 'lines');
    const { journal, add, live } = await growing(path);
    // Never waited for: each batch is added while the one before is written, or the file is.
    const added = Array.from({ length: 50 }, async (_, round) => {
      for (let i = 0; i < round; i++) await Promise.resolve();
      await Promise.all(Array.from({ length: 40 }, (_line, number) => add(`k${number % 7} ${round} ${number}`)));
    });
    await Promise.all(added);
    const newest = new Map(live().map((line) => [keyOf(line), line]));
    await journal.close();
    const again = await growing(path);
    expect(new Map(again.journal.lines.map((line) => [keyOf(line), line]))).toEqual(newest);
    await again.journal.close();
  });

  test('that cannot be written anew goes on as it is, and is tried again later', async () => {
    const path = join(scratch(), 'lines');
    const { journal, add } = await growing(path);
    // As good as a full disk: see journal-disk.tools.ts.
    mkdirSync(`${path}.new`);
    const lines = Array.from({ length: 60 }, (_, number) => `a ${number} ${'x'.repeat(20)}`);
    for (const line of lines) await add(line);
    expect(readFileSync(path, 'utf8')).toBe(lines.map((line) => `${line}\n`).join(''));
    rmdirSync(`${path}.new`);
    for (let number = 60; number < 200; number++) await add(`a ${number}`);
    expect(sizeOf(path)).toBeLessThan(MOST);
    await journal.close();
    const again = await growing(path);
    expect(again.journal.lines).toEqual(['a 199']);
    await again.journal.close();
  });

  test('what a process left that ended while it wrote anew is removed, and counts for nothing', async () => {
    const path = join(scratch(), 'lines');
    writeFileSync(path, 'a 1\n');
    writeFileSync(`${path}.new`, 'a 0\nb 0\n');
    const { journal } = await growing(path);
    expect(journal.lines).toEqual(['a 1']);
    expect(existsSync(`${path}.new`)).toBe(false);
    await journal.close();
  });
});
