/** What figures were taken with: machine, commit, versions of Node and of foreign tools. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { run } from '../support/run.ts';

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  /** GiB. */
  readonly memory: number;
  readonly kernel: string;
  readonly node: string;
  /** Abbreviated; `+` behind it when files differed from it. */
  readonly commit: string;
}

export function machine(): Machine {
  const git = (...args: string[]): string => execFileSync('git', args, { encoding: 'utf8' }).trim();
  const changed = git('status', '--porcelain', '--untracked-files=no') === '' ? '' : '+';
  const model = /^model name\s*:\s*(.+)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1];
  return {
    cpu: model ?? cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memory: Math.round(totalmem() / 2 ** 30),
    kernel: release(),
    node: process.version,
    commit: git('rev-parse', '--short=10', 'HEAD') + changed,
  };
}

/** First line of what each program says about its version. */
export async function versionsOf(
  commands: Readonly<Record<string, readonly string[]>>,
): Promise<Record<string, string>> {
  const versions: Record<string, string> = {};
  for (const [name, args] of Object.entries(commands)) {
    const { stdout, stderr } = await run(name, args, { allowFailure: true });
    versions[name] =
      `${stdout}\n${stderr}`
        .split('\n')
        .find((line) => /\d/.test(line))
        ?.trim() ?? 'unknown';
  }
  return versions;
}
