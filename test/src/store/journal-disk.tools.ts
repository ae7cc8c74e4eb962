/** A journal on a disk that is full for a while: what it confirmed before and afterwards is there. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { describeWithTools, run, scratch } from '../../support/tools.ts';

/** Runs a program on a disk of 1 MiB; what it prints. */
async function onSmallDisk(name: string): Promise<Readonly<Record<string, unknown>>> {
  const program = fileURLToPath(new URL(name, import.meta.url));
  const folder = join(scratch(), 'small');
  mkdirSync(folder);
  const command = `mount -t tmpfs -o size=1m none ${folder} && exec ${process.execPath} --import tsx ${program} ${folder}`;
  const { stdout } = await run('unshare', ['-rm', 'sh', '-c', command], { timeout: 60_000 });
  return JSON.parse(stdout) as Readonly<Record<string, unknown>>;
}

describeWithTools(['unshare'], 'a disk that is full for a while', () => {
  test('the line that broke off there spoils no other', async () => {
    const found = await onSmallDisk('journal-writer.ts');
    expect(found['kept']).toBeGreaterThan(100);
    expect(found).toMatchObject({ lost: 0, broken: 1, behind: true, failure: { exitCode: 4 } });
  });

  test('without room to write it anew the old one goes on, with all of the room; later it is written anew', async () => {
    const found = await onSmallDisk('journal-full-writer.ts');
    expect(found).toMatchObject({ failure: { exitCode: 4 }, leftOver: false, keys: 15, lost: [] });
    const { whileFull, later } = found['largest'] as { whileFull: number; later: number };
    // All but the ballast of 320 KiB, and less than a line.
    expect(whileFull).toBeGreaterThan(690_000);
    expect(later).toBeLessThan(690_000);
  });
});
