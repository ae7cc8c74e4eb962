/** Starts worker threads from a module of ours, whether it runs from source (tsx, vitest) or compiled. */
import { Worker, type ResourceLimits } from 'node:worker_threads';

/**
 * Starts `./name.ts` (or its compiled `./name.js`) beside the module whose `import.meta.url` is given. From source the
 * thread loads tsx, a development dependency; the published package holds JavaScript only and never does. `resourceLimits`
 * are Node's.
 */
export function startWorker(
  moduleUrl: string,
  name: string,
  workerData: unknown,
  resourceLimits: ResourceLimits = {},
): Worker {
  const options = { workerData, resourceLimits };
  if (!moduleUrl.endsWith('.ts')) return new Worker(new URL(`./${name}.js`, moduleUrl), options);
  // `--import tsx` in execArgv does nothing in a thread (seen with tsx 4.23.15 on Node 20.20), its API does;
  // of that only the ES module form, which a thread started from text can name by its file alone.
  const source = JSON.stringify(new URL(`./${name}.ts`, moduleUrl).href);
  const code = `const { createRequire } = require('node:module');
    const { pathToFileURL } = require('node:url');
    const tsx = pathToFileURL(createRequire(${source}).resolve('tsx/package.json'));
    import(new URL('dist/esm/api/index.mjs', tsx).href).then(({ register }) => { register(); return import(${source}); });`;
  return new Worker(code, { eval: true, ...options });
}
