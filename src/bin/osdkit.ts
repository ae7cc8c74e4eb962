#!/usr/bin/env node
/** The command `osdkit`: wires signals, terminal and version to the command line. */
import { availableParallelism } from 'node:os';
import { main } from '../cli/index.ts';
import { version } from './version.ts';

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    // The second one does not wait for what is in flight; the exit hook still removes partial files.
    if (stop.signal.aborted) process.exit(130);
    stop.abort(signal);
  });
}

const workers = Number(process.env['OSDKIT_WORKERS'] ?? Math.min(4, availableParallelism()));
process.exitCode = await main(
  process.argv.slice(2),
  { version, workers: Number.isInteger(workers) && workers >= 0 ? workers : 1 },
  { stdout: process.stdout, stderr: process.stderr, signal: stop.signal },
);
