/** Bundles the checks and the worker threads that the product starts into one folder that node.exe can run. */
import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { scanWorkers } from './workers.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Writes `checks.js` and, beside it as `startWorker` expects, each worker; gives the path of `checks.js`. */
export async function bundleChecks(folder: string): Promise<string> {
  const workers = scanWorkers(root);
  const names = ['test/wine/checks.ts', ...workers];
  await build({
    absWorkingDir: root,
    entryPoints: names.map((path) => ({ in: path, out: basename(path, '.ts') })),
    outdir: folder,
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'esm',
    logLevel: 'error',
    // CommonJS packages inside the bundle ask for Node's modules by require.
    banner: {
      js: "import { createRequire as bundleRequire } from 'node:module'; const require = bundleRequire(import.meta.url);",
    },
  });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
  return join(folder, 'checks.js');
}
