/** A journal on a disk that is full for a while: what it confirmed before and afterwards is there. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { describeWithTools, run, scratch } from '../../support/tools.ts';

const WRITER = fileURLToPath(new URL('journal-writer.ts', import.meta.url));

describeWithTools(['unshare'], 'a disk that is full for a while', () => {
  test('the line that broke off there spoils no other', async () => {
    const folder = join(scratch(), 'small');
    mkdirSync(folder);
    const writer = `mount -t tmpfs -o size=1m none ${folder} && exec ${process.execPath} --import tsx ${WRITER} ${folder}`;
    const { stdout } = await run('unshare', ['-rm', 'sh', '-c', writer], { timeout: 60_000 });
    const found = JSON.parse(stdout) as Readonly<Record<string, unknown>>;
    expect(found['kept']).toBeGreaterThan(100);
    expect(found).toMatchObject({ lost: 0, broken: 1, behind: true, failure: { exitCode: 4 } });
  });
});
