/**
 * A disk that answers nobody until it is let go: all threads that Node reads files with wait for a pipe that nobody writes to. They are
 * one for all threads of the process, so that reads of a server under test wait behind them.
 */
import { execFileSync } from 'node:child_process';
import { close, constants, open, openSync, closeSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { scratch } from '../../support/scratch.ts';

/** Node's threads for files, unless the environment says otherwise. */
const THREADS = Number(process.env['UV_THREADPOOL_SIZE'] ?? 4);

/** Whether there are such pipes here. */
export const hasPipes = process.platform !== 'win32';

/** Stops the disk; what it gives lets it go on, at the latest the end of the test does. */
export function stopDisk(): () => void {
  const path = join(scratch(), 'pipe');
  execFileSync('mkfifo', [path]);
  for (let thread = 0; thread < THREADS; thread++) {
    open(path, 'r', (error, fd) => {
      if (error === null) close(fd, () => {});
    });
  }
  let stopped = true;
  const go = (): void => {
    if (!stopped) return;
    stopped = false;
    // Opened for both it wakes all who wait, and does not wait itself.
    const fd = openSync(path, constants.O_RDWR);
    setTimeout(() => closeSync(fd), 200);
  };
  onTestFinished(go);
  return go;
}
