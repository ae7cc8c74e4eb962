/** Commands on a site as a user gives them, in this process; exit code and both streams must be what is said. */
import { expect } from 'vitest';
import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import { scratch } from '../support/scratch.ts';
import type { RunResult } from '../support/tools.ts';
import { osdkitInProcess } from './in-process.ts';

/** A new site in a scratch folder, made by `osdkit init`. */
export async function newSite(siteCode = 'ABC'): Promise<string> {
  const folder = scratch();
  const password = join(folder, 'pw.txt');
  writeFileSync(password, 'correct horse\n');
  const site = join(folder, 'site');
  await done(['init', site, '--site-code', siteCode, '--name', 'Test', '--password-file', password]);
  return site;
}

/** Runs a command that must succeed; its text. */
export async function done(args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await osdkitInProcess(args);
  expect({ code, stderr: stderr.replace(/^osdkit: warning: .*\n/gm, '') }, `${args.join(' ')}\n${stdout}`).toEqual({
    code: 0,
    stderr: '',
  });
  return stdout;
}

/** The result for programs of a command that must succeed. */
export async function result<T = Record<string, unknown>>(args: readonly string[]): Promise<T> {
  return JSON.parse(await done([...args, '--json'])) as T;
}

/** Runs a command that must be refused with this error code; what stderr says. */
export async function refused(args: readonly string[], code: string): Promise<RunResult> {
  const run = await osdkitInProcess(args);
  expect(run.stderr, args.join(' ')).toContain(`[${code}]`);
  expect(run.code, args.join(' ')).toBe(2);
  return run;
}
