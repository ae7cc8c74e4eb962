#!/usr/bin/env node
/** The command `osdkit`: wires signals, terminal and version to the command line. */
import { availableParallelism } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { askPasswordAt, main } from '../cli/index.ts';
import { version } from './version.ts';

// Left alone, V8 lets the heap become some three times what is in use: 430 MiB and more for an image file of 100,000 files.
// A quarter more than is in use makes that 270 in the same time; capturing as many takes some 5 % more CPU time, work on
// data none. A V8 that does not know the flag says so and goes on.
setFlagsFromString('--heap-growing-percent=25');

const stop = new AbortController();
// SIGHUP: the terminal was closed (on Windows the console window). None of them may leave a partial file.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    // The second one does not wait for what is in flight; the exit hook still removes partial files.
    if (stop.signal.aborted) process.exit(130);
    stop.abort(signal);
  });
}

// Whoever reads us may stop early (`osdkit image list X | head`): no reason for a stack trace.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

const workers = Number(process.env['OSDKIT_WORKERS'] ?? Math.min(4, availableParallelism()));
process.exitCode = await main(
  process.argv.slice(2),
  { version, workers: Number.isInteger(workers) && workers >= 0 ? workers : 1 },
  {
    stdout: process.stdout,
    stderr: process.stderr,
    signal: stop.signal,
    ask: askPasswordAt(process.stdin, process.stderr),
  },
);
