/**
 * The server process of a fleet as one bundle, as the product is one: run from source, the TypeScript loader of each thread takes more
 * memory than all that is measured.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { scanWorkers } from '../../wine/workers.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

export interface BundledServer {
  readonly program: string;
  remove(): void;
}

/** Bundles it into a folder below `node_modules`, where packages are found. */
export async function bundledServer(): Promise<BundledServer> {
  const folder = join(root, 'node_modules/.cache', `osdkit-fleet-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  const workers = scanWorkers(root).filter((path) => path.startsWith('pxe/'));
  await build({
    absWorkingDir: root,
    entryPoints: ['test/pxe/fleet/fleet-server-process.ts', ...workers].map((path) => ({
      in: path,
      out: basename(path, '.ts'),
    })),
    outdir: folder,
    bundle: true,
    splitting: true,
    platform: 'node',
    target: 'node20.19',
    format: 'esm',
    logLevel: 'warning',
    packages: 'external',
  });
  return {
    program: join(folder, 'fleet-server-process.js'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
