#!/usr/bin/env node
/** The command `osdkit`: wires signals, terminal and version to the command line. */
import { availableParallelism } from 'node:os';
import { askPasswordAt, main, standardInput } from '../cli/index.ts';
import { version } from './version.ts';

const stop = new AbortController();
// SIGHUP: the terminal was closed (on Windows the console window). None of them may leave a partial file.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    // A server without a terminal listens by itself: its service manager asks for a reload.
    if (signal === 'SIGHUP' && process.listenerCount(signal) > 1) return;
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
  {
    version,
    workers: Number.isInteger(workers) && workers >= 0 ? workers : 1,
    input: standardInput(process.stdin),
  },
  {
    stdout: process.stdout,
    stderr: process.stderr,
    signal: stop.signal,
    ask: askPasswordAt(process.stdin, process.stderr),
  },
);

// Else V8 takes its heap to pieces first: 30 ms after work over many objects. Never before all that was said is out.
await new Promise((resolve) => setImmediate(resolve));
if (process.stdout.writableLength === 0 && process.stderr.writableLength === 0) process.exit();
