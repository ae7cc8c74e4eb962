/** Finds the product's worker thread modules: each needs a file of its own beside the bundle. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { scanFolders } from '../architecture/scan.ts';

/** Paths from the repository's root. */
export function scanWorkers(root: string): string[] {
  return scanFolders(root, ['src', 'images', 'media', 'pxe'])
    .map(({ path }) => path)
    .filter((path) => /\bparentPort\b/.test(readFileSync(join(root, path), 'utf8')));
}
