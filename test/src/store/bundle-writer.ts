/** A program of this folder as one file, so that a process starts in a blink. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { scratch } from '../../support/scratch.ts';

/** Where libsql lies. */
export const DRIVER = fileURLToPath(import.meta.resolve('libsql'));

/** Without a driver state-writer.ts finds none. */
export async function bundleWriter(driver?: string, source = 'state-writer.ts'): Promise<string> {
  const outfile = join(scratch(), 'writer.mjs');
  await build({
    entryPoints: [fileURLToPath(new URL(source, import.meta.url))],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    external: ['libsql', ...(driver === undefined ? [] : [driver])],
    ...(driver === undefined ? {} : { alias: { libsql: driver } }),
    logLevel: 'error',
  });
  return outfile;
}
