/** The state and its disk: what is confirmed was synchronised before, and a full disk is told. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeWithTools, run, scratch } from '../../support/tools.ts';
import { bundleWriter, DRIVER } from './bundle-writer.ts';

describeWithTools(['unshare'], 'a full disk', () => {
  test('ends as an error of the environment that names the file, and what was confirmed before is there', async () => {
    const folder = join(scratch(), 'small');
    mkdirSync(folder);
    const program = await bundleWriter(DRIVER);
    const path = join(folder, 'state', 'osdkit.db');
    const mount = `mount -t tmpfs -o size=3m none ${folder}`;
    const count = join(scratch(), 'count.mjs');
    writeFileSync(
      count,
      `import D from ${JSON.stringify(DRIVER)};
      console.log('kept', new D(process.argv[2]).prepare('SELECT count(*) AS n FROM delivered').get().n);`,
    );
    const script = `${mount} && node ${program} ${path} w; node ${count} ${path}`;
    const { stdout } = await run('unshare', ['-rm', 'sh', '-c', script]);
    expect(stdout).toMatch(/^failed .*STORE_STATE_WRITE.*"exitCode":4/m);
    const said = (what: string) => stdout.split('\n').filter((line) => line.startsWith(what)).length;
    expect(said('delivered')).toBeGreaterThan(20);
    const kept = Number(/^kept (\d+)/m.exec(stdout)?.[1]);
    // The last one may have been told by neither.
    expect([0, 1]).toContain(kept - (said('delivered') - said('cleared')));
  });
});

describeWithTools(['strace'], 'durability', () => {
  test('PXE-04: between a delivery and its confirmation the disk was synchronised', async () => {
    const program = await bundleWriter(DRIVER);
    const log = join(scratch(), 'calls');
    const path = join(scratch(), 'state', 'osdkit.db');
    const trace = `strace -f -o ${log} -e trace=write,fdatasync,fsync -e signal=none`;
    await run('sh', ['-c', `${trace} timeout -s KILL 2 node ${program} ${path} w >/dev/null; true`]);
    const calls = readFileSync(log, 'utf8').match(/fdatasync\(|fsync\(|write\(1, "(delivered|cleared|approved)/g) ?? [];
    const told = calls.filter((call) => call.startsWith('write'));
    expect(told.length).toBeGreaterThan(10);
    const before = calls.flatMap((call, index) => (call.startsWith('write') ? [calls[index - 1] ?? 'nothing'] : []));
    expect(before.filter((call) => !/sync/.test(call))).toEqual([]);
  });
});
