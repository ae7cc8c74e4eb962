/** Runs a foreign program to its end and gives its output; no shell in between. Knows nothing of vitest. */
import { spawn } from 'node:child_process';

/** How to run a program. */
export interface RunOptions {
  readonly cwd?: string;
  /** Written to standard input, which is empty and closed otherwise. */
  readonly input?: string | Uint8Array;
  /** Added to this process's environment; LC_ALL is C.UTF-8 unless given, so that output does not depend on the machine. */
  readonly env?: Readonly<Record<string, string>>;
  /** Milliseconds; the program is killed after it. Default 120,000. */
  readonly timeout?: number;
  /** Give the result of a failed program instead of throwing. */
  readonly allowFailure?: boolean;
}

/** Output of a program; `code` is -1 when a signal ended it. */
export interface RunResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

const TAIL = 2000;

function failure(command: string, args: readonly string[], what: string, result: RunResult): Error {
  const tail = `${result.stdout}\n${result.stderr}`.trim().slice(-TAIL);
  return new Error(`${command} ${args.join(' ')}: ${what}\n${tail}`);
}

/**
 * Runs a program. Throws an Error with command line, exit code and the end of its output when it cannot start, runs
 * longer than `timeout` or ends with another code than 0 (`allowFailure` keeps only the last from throwing).
 */
export function run(command: string, args: readonly string[] = [], options: RunOptions = {}): Promise<RunResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      // Debian's sbin folders hold fsck.fat, sfdisk and sgdisk, and are not in an ordinary user's PATH.
      env: { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`, LC_ALL: 'C.UTF-8', ...options.env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    const timeout = options.timeout ?? 120_000;
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      child.kill('SIGKILL');
    }, timeout);
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    // A program that ends before reading its input is not an error of ours: its exit code tells.
    child.stdin.on('error', () => {});
    child.stdin.end(options.input ?? '');
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(new Error(`${command} ${args.join(' ')}: cannot start: ${error.message}`));
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      const result = {
        stdout: Buffer.concat(stdout).toString('utf8'),
        stderr: Buffer.concat(stderr).toString('utf8'),
        code: code ?? -1,
      };
      if (late) reject(failure(command, args, `killed after ${timeout} ms`, result));
      else if (result.code !== 0 && options.allowFailure !== true) {
        reject(failure(command, args, `exit code ${result.code}`, result));
      } else resolve(result);
    });
  });
}
