/**
 * A program that is measured, as one bundle of JavaScript, as the product is: run from source, the TypeScript loader of each thread takes
 * more memory than what is measured, and names each function anew whenever it is made, which costs a third of an answer.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { scanWorkers } from '../wine/workers.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const built = new Map<string, string>();

/**
 * Bundles `entry` (a path below the project's root) once a process, with the threads of `pxe` beside it. What an earlier process left goes
 * first: test runners end their processes without a word.
 */
export function bundledProgram(entry: string): string {
  const earlier = built.get(entry);
  if (earlier !== undefined) return earlier;
  const name = basename(entry, '.ts');
  // Below `node_modules` packages are found.
  const folder = join(root, 'node_modules/.cache', `osdkit-${name}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  const threads = scanWorkers(root).filter((path) => path.startsWith('pxe/'));
  buildSync({
    absWorkingDir: root,
    entryPoints: [entry, ...threads].map((path) => ({ in: path, out: basename(path, '.ts') })),
    outdir: folder,
    bundle: true,
    splitting: true,
    platform: 'node',
    target: 'node20.19',
    format: 'esm',
    logLevel: 'warning',
    packages: 'external',
  });
  const program = join(folder, `${name}.js`);
  built.set(entry, program);
  return program;
}
