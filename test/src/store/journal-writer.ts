/**
 * `journal-writer FOLDER`: adds lines to a journal until the disk is full, makes room, adds one more, and prints what is there after it is
 * opened anew. For journal-disk.tools.ts, on a disk of its own.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv, stdout } from 'node:process';
import { openJournal } from '../../../src/store/index.ts';

const [folder = ''] = argv.slice(2);
const ballast = join(folder, 'ballast');
const path = join(folder, 'lines');
const all = (lines: readonly string[]): readonly string[] => lines;

writeFileSync(ballast, new Uint8Array(256 * 1024));
const journal = await openJournal(path, all);
const kept: string[] = [];
// No multiple of a page, so that a line breaks off where the disk ends.
const untilFull = async (): Promise<unknown> => {
  for (let n = 0; ; n++) {
    const line = `${n} ${'x'.repeat(700)}`;
    try {
      await journal.add(line);
    } catch (error) {
      return error;
    }
    kept.push(line);
  }
};
const failure = await untilFull();
rmSync(ballast);
await journal.add('behind it');
await journal.close();
const again = await openJournal(path, all);
await again.close();
const lines = new Set(again.lines);
stdout.write(
  JSON.stringify({
    kept: kept.length,
    lost: kept.filter((line) => !lines.has(line)).length,
    broken: again.lines.filter((line) => /^\d/.test(line) && !kept.includes(line)).length,
    behind: lines.has('behind it'),
    failure,
  }),
);
