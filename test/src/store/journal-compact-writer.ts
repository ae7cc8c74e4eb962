/**
 * `journal-compact-writer PATH FROM`: adds lines `KEY NUMBER padding` to a journal that is written anew all the time, with rising numbers
 * from FROM on, until it is killed. It prints each number whose lines, one of each key, were confirmed. Bundled by journal-kill.test.ts.
 */
import { writeSync } from 'node:fs';
import { argv } from 'node:process';
import { growingJournal } from './growing-journal.ts';

const KEYS = 8;

const [path = '', from = '0'] = argv.slice(2);
const { add } = await growingJournal(path, 1024);
writeSync(1, 'open\n');
for (let number = Number(from); ; number++) {
  await Promise.all(Array.from({ length: KEYS }, (_, key) => add(`k${key} ${number} ${'x'.repeat(100)}`)));
  writeSync(1, `${number}\n`);
}
