/** Starts worker threads from a module of ours, whether it runs from source (tsx, vitest) or compiled. */
import { Worker } from 'node:worker_threads';

/**
 * Starts `./name.ts` (or its compiled `./name.js`) beside the module whose `import.meta.url` is given. From source the
 * thread loads tsx, a development dependency; the published package holds JavaScript only and never does.
 */
export function startWorker(moduleUrl: string, name: string, workerData: unknown): Worker {
  const fromSource = moduleUrl.endsWith('.ts');
  const url = new URL(`./${name}${fromSource ? '.ts' : '.js'}`, moduleUrl);
  return new Worker(url, { workerData, ...(fromSource ? { execArgv: ['--import', 'tsx'] } : {}) });
}
