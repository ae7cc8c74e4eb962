/** Compares text with a golden in `test/cli/golden`; UPDATE_GOLDEN=1 rewrites it, for review before the commit. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';

/** Fails with a diff when `text` is not what the golden `name` holds. */
export function expectGolden(name: string, text: string): void {
  const path = fileURLToPath(new URL(`golden/${name}`, import.meta.url));
  if (process.env['UPDATE_GOLDEN'] === '1') {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  expect(text, `UPDATE_GOLDEN=1 rewrites ${path}`).toBe(readFileSync(path, 'utf8'));
}
