/** A server that runs beside a test: started, waited for, stopped, and gone even when the test run is killed. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';

/** A running server. */
export interface Child {
  /** Both outputs so far. */
  output(): string;
  /** Kills it and waits until it is gone. */
  stop(): Promise<void>;
  /** Asks it to end by this signal and waits until it has; gives the exit code, null when a signal ended it. */
  end(signal: 'SIGINT' | 'SIGTERM'): Promise<number | null>;
}

/** Command prefix: the kernel kills the program when this process dies, so that a stopped run leaves nothing behind. */
export const WITH_PARENT: readonly string[] = existsSync('/usr/bin/setpriv')
  ? ['/usr/bin/setpriv', '--pdeathsig', 'KILL', '--']
  : [];

const START_MS = 15_000;

function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}

function ended(child: ChildProcess, signal: 'SIGINT' | 'SIGTERM'): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => {
    // Not `exit`: what it wrote last must have arrived.
    child.once('close', (code) => resolve(code));
    child.kill(signal);
  });
}

/** Starts a program and waits until `ready` shows in its output. Throws with the output when it ends or waits too long. */
export function startChild(command: readonly string[], ready: RegExp): Promise<Child> {
  const [program = '', ...args] = [...WITH_PARENT, ...command];
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  return new Promise((resolve, reject) => {
    const fail = (why: string) => {
      clearTimeout(timer);
      void stopped(child).then(() => reject(new Error(`${command.join(' ')}: ${why}\n${text}`)));
    };
    const timer = setTimeout(() => fail(`did not print ${String(ready)} in ${START_MS} ms`), START_MS);
    const take = (chunk: string) => {
      text += chunk;
      if (!ready.test(text)) return;
      clearTimeout(timer);
      resolve({ output: () => text, stop: () => stopped(child), end: (signal) => ended(child, signal) });
    };
    child.stdout.setEncoding('utf8').on('data', take);
    child.stderr.setEncoding('utf8').on('data', take);
    child.once('error', (error) => fail(error.message));
    child.once('exit', (code) => fail(`ended with code ${code ?? 'none'}`));
  });
}
