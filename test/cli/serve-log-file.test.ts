/** A log file: appended to, gone on with in a new file when the old one was moved away, never in the way. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openLogFile } from '../../src/cli/serve-log-file.ts';
import { scratch } from '../support/scratch.ts';

const never = (error: Error): void => {
  throw error;
};

test('lines are added to what is there; after a rotation they go to the new file', async () => {
  const path = join(scratch(), 'osdkit.jsonl');
  writeFileSync(path, 'before\n');
  const log = openLogFile(path, never);
  log.line('one');
  renameSync(path, `${path}.1`);
  log.line('two');
  log.reopen();
  log.line('three');
  await log.close();
  expect(readFileSync(path, 'utf8')).toBe('three\n');
  for (const end = performance.now() + 2000; performance.now() < end; ) {
    if (readFileSync(`${path}.1`, 'utf8').endsWith('two\n')) break;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  expect(readFileSync(`${path}.1`, 'utf8')).toBe('before\none\ntwo\n');
});

test('a place that cannot be written is told before anything is served', () => {
  expect(() => openLogFile(join(scratch(), 'no', 'folder', 'x.log'), never)).toThrow(/writing the log .*x\.log/);
});
