/**
 * `journal-compact-writer PATH FROM`: adds lines `KEY NUMBER padding` to a journal that is written anew all the time, with rising numbers
 * from FROM on, until it is killed. It prints each number whose lines, one of each key, were confirmed. Bundled by journal-kill.test.ts.
 */
import { writeSync } from 'node:fs';
import { argv } from 'node:process';
import { openJournal } from '../../../src/store/index.ts';

const KEYS = 8;

const [path = '', from = '0'] = argv.slice(2);
const newest = new Map<string, string>();
const note = (line: string): void => void newest.set(line.split(' ')[0] ?? '', line);
const live = (): string[] => [...newest.values()];
const readAll = (lines: readonly string[]): string[] => {
  for (const line of lines) note(line);
  return live();
};

const journal = await openJournal(path, readAll, { live, least: 1024 });
writeSync(1, 'open\n');
for (let number = Number(from); ; number++) {
  await Promise.all(
    Array.from({ length: KEYS }, (_, key) => {
      const line = `k${key} ${number} ${'x'.repeat(100)}`;
      note(line);
      return journal.add(line);
    }),
  );
  writeSync(1, `${number}\n`);
}
