/**
 * `journal-full-writer FOLDER`: adds lines to a journal on a disk of 1 MiB which gets so full that it cannot be written anew, then that
 * nothing can be added, then makes room and goes on; prints what became of it. For journal-disk.tools.ts.
 */
import { existsSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv, stdout } from 'node:process';
import { growingJournal } from './growing-journal.ts';

const [folder = ''] = argv.slice(2);
const ballast = join(folder, 'ballast');
const path = join(folder, 'lines');
const growing = await growingJournal(path);
let number = 0;
/** What was confirmed, by its key. */
const kept = new Map<string, number>();
async function add(): Promise<void> {
  const line = `k${number % 15} ${number++} ${'x'.repeat(10_000)}`;
  await growing.add(line);
  const [key = '', confirmed = ''] = line.split(' ');
  kept.set(key, Number(confirmed));
}

// 150 KB hold; it is written anew from 600 KB on.
while (number < 40) await add();
writeFileSync(ballast, new Uint8Array(320 * 1024));
const largest = { whileFull: 0, later: 0 };
const untilFull = async (): Promise<unknown> => {
  for (;;) {
    try {
      await add();
    } catch (error) {
      return error;
    }
    largest.whileFull = Math.max(largest.whileFull, statSync(path).size);
  }
};
const failure = await untilFull();
const leftOver = existsSync(`${path}.new`);
rmSync(ballast);
for (let more = 0; more < 100; more++) {
  await add();
  largest.later = statSync(path).size;
}
await growing.journal.close();
const { journal: again } = await growingJournal(path);
await again.close();
const found = new Map(again.lines.map((line) => [line.split(' ')[0], Number(line.split(' ')[1])]));
const lost = [...kept].filter(([key, confirmed]) => (found.get(key) ?? -1) < confirmed);
stdout.write(JSON.stringify({ failure, leftOver, largest, keys: found.size, lost }));
