/** Scratch folders that go away with the test, or with the file when made outside one. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, onTestFinished } from 'vitest';

const ofFile: string[] = [];

const remove = (folder: string) => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });

// Registered when the test file imports this module: its own file's hook, and the last one to run.
afterAll(() => {
  for (const folder of ofFile.splice(0)) remove(folder);
});

/**
 * Makes an empty folder. Called in a test it is removed when that test ends, called in a hook or at the top of a file
 * when the file ends. OSDKIT_KEEP_SCRATCH=1 keeps it, to look at what a failed test left.
 */
export function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'osdkit-test-'));
  if (process.env['OSDKIT_KEEP_SCRATCH'] === '1') return folder;
  try {
    onTestFinished(() => remove(folder));
  } catch {
    ofFile.push(folder);
  }
  return folder;
}
