/** Runs one side once: wall and processor time and peak memory of the command with all its children, by GNU time. */
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../support/run.ts';
import type { Sample } from './result.ts';

/** One side of a row. Commands are lines of bash. */
export interface Side {
  readonly name: string;
  /** Before each run, not timed. */
  readonly setup?: string;
  readonly command: string;
  /** File whose size is reported. */
  readonly output?: string;
  /** Timed in each run and taken off: what the peer does beside the work that is compared. */
  readonly without?: string;
  /** The command prints its own figures as JSON in its last line; memory is still that of the whole process. */
  readonly figures?: boolean;
}

const timeout = 1_800_000;

async function timed(command: string, folder: string): Promise<{ sample: Sample; stdout: string }> {
  const scratch = mkdtempSync(join(tmpdir(), 'osdkit-bench-'));
  try {
    const file = join(scratch, 'time');
    // `exec` would hide the children of a list of commands; bash waits for each, so all of them count.
    const args = ['-f', '%e %U %S %M', '-o', file, 'bash', '-c', `set -e; ${command}`];
    const start = performance.now();
    const { stdout } = await run('/usr/bin/time', args, { cwd: folder, timeout });
    const wall = (performance.now() - start) / 1000;
    const [, user = 0, system = 0, peak = 0] =
      readFileSync(file, 'utf8').trim().split('\n').at(-1)?.split(' ').map(Number) ?? [];
    return { sample: { wall, cpu: user + system, peak: peak / 1024 }, stdout };
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/** Throws the Error of a command that fails. */
export async function measure(side: Side, folder: string): Promise<Sample> {
  if (side.setup !== undefined) await run('bash', ['-c', `set -e; ${side.setup}`], { cwd: folder, timeout });
  const { sample, stdout } = await timed(side.command, folder);
  const own = side.figures === true ? (JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Partial<Sample>) : {};
  const size = side.output === undefined ? {} : { size: statSync(join(folder, side.output)).size };
  if (side.without === undefined) return { ...sample, ...size, ...own };
  const { sample: rest } = await timed(side.without, folder);
  return { ...sample, ...size, wall: sample.wall - rest.wall, cpu: sample.cpu - rest.cpu };
}
