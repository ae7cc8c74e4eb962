/** The command line without a new process: for what is asked hundreds of times and does not depend on one. */
import { version } from '../../src/bin/version.ts';
import { main } from '../../src/cli/index.ts';
import type { RunResult } from '../support/tools.ts';

/** Runs `osdkit ...args`; paths are relative to this process's folder. */
export async function osdkitInProcess(args: readonly string[]): Promise<RunResult> {
  const out: string[] = [];
  const err: string[] = [];
  const terminal = {
    stdout: { write: (text: string) => out.push(text) },
    stderr: { write: (text: string) => err.push(text) },
    signal: new AbortController().signal,
  };
  const code = await main(args, { version, workers: 0 }, terminal);
  return { stdout: out.join(''), stderr: err.join(''), code };
}
