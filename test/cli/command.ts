/** The real command in a process of its own, as a user starts it; from the build in `dist`. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { run, type RunResult } from '../support/tools.ts';

/** The command's file; `npm test` builds it first. */
export const commandFile = fileURLToPath(new URL('../../dist/src/bin/osdkit.js', import.meta.url));

if (!existsSync(commandFile)) throw new Error(`${commandFile} is not there: npm run build`);

/** Runs `osdkit ...args` in `folder`; never throws for an exit code. */
export function osdkit(folder: string, args: readonly string[], nodeFlags: readonly string[] = []): Promise<RunResult> {
  return run(process.execPath, [...nodeFlags, commandFile, ...args], { cwd: folder, allowFailure: true });
}

/** Runs jobs, two at a time, and gives their results in order: the machines of CI have two cores. */
export async function twoAtATime<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) results[index] = await work(items[index] as T);
  };
  await Promise.all([lane(), lane()]);
  return results;
}
