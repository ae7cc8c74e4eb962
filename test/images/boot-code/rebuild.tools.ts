/** The kept boot sectors are what NASM makes of their sources. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { requireTool, run, scratch } from '../../support/tools.ts';

requireTool('nasm');
const FOLDER = fileURLToPath(new URL('../../../images/boot-code/', import.meta.url));

test('build.sh gives the kept modules, byte for byte', async () => {
  const output = scratch();
  await run('bash', [join(FOLDER, 'build.sh'), output]);
  for (const name of ['cd.ts', 'mbr.ts', 'fat32.ts']) {
    expect(readFileSync(join(output, name), 'utf8'), name).toBe(readFileSync(join(FOLDER, name), 'utf8'));
  }
});
