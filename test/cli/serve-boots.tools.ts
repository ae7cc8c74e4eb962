/** `osdkit serve` and `pxe serve` against simulated computers: each kind boots, a required deployment does so once. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { readAll } from '../../images/bytes/index.ts';
import { sampleBootImage } from '../../images/sample/index.ts';
import { knownMac, networkSite } from '../src/app/network-boot/network-site.ts';
import type { RunResult } from '../support/run.ts';
import { scratch } from '../support/scratch.ts';
import { osdkit } from './command.ts';
import { onLoopback, startServing, stopServing, type Serving } from './serving.ts';

afterEach(stopServing);

const folder = scratch();

/** Exit code 0: it has read all that it starts. */
function boot({ ports }: Serving, kind: string, ...more: string[]): Promise<RunResult> {
  return osdkit(folder, [
    'pxe',
    'doctor',
    '--simulate',
    kind,
    '--server=127.0.0.1',
    '--address=127.0.0.1',
    `--dhcp-port=${ports.dhcp}`,
    `--boot-server-port=${ports.bootServer}`,
    `--tftp-port=${ports.tftp}`,
    '--patience=0.1',
    ...more,
  ]);
}

describe('one boot image for every computer', () => {
  let wim: string;

  beforeAll(async () => {
    wim = join(folder, 'boot.wim');
    writeFileSync(wim, await readAll(await sampleBootImage({ architecture: 'x64', size: 1 << 20 })));
  });

  test('each kind of firmware boots it (PXE-09); one that it is not for is told why, and boots nothing', async () => {
    const serving = await startServing(['pxe', 'serve', '--boot-image', wim, ...onLoopback]);
    for (const kind of ['uefi-x64', 'bios', 'http', 'ipxe', 'ipxe-uefi']) {
      const { code, stdout } = await boot(serving, kind);
      expect(code, `${kind}: ${stdout}`).toBe(0);
    }
    expect((await boot(serving, 'uefi-arm64')).code).toBe(5);
    await serving.told(({ event, text }) => event === 'asked' && String(text).includes('the boot image is for x64'));

    // Questions, TFTP and HTTP of one computer carry one id; different computers different ones.
    const ids = new Map<string, Set<string>>();
    for (const { boot: id, mac } of serving.lines()) {
      if (id === null || typeof mac !== 'string') continue;
      ids.set(mac, (ids.get(mac) ?? new Set()).add(id));
    }
    expect(ids.size).toBe(6);
    expect([...ids.values()].map((set) => set.size)).toEqual([1, 1, 1, 1, 1, 1]);
    serving.send('SIGTERM');
    expect((await serving.ended()).result).toMatchObject({ computers: 6, booted: 5 });
  }, 120_000);
});

describe('a site', () => {
  test('a required deployment boots once, not again, and again after pxe clear (PXE-04)', async () => {
    const site = await networkSite({ purpose: 'required' });
    const serving = await startServing(['serve', '--site', site.folder, ...onLoopback]);
    const pc1 = ['--mac', knownMac];
    expect((await boot(serving, 'uefi-x64', ...pc1)).code).toBe(0);
    const used = await serving.told(({ event }) => event === 'delivered');
    expect(used).toMatchObject({ deployment: 'ABC20001', required: true });
    expect((await boot(serving, 'uefi-x64', ...pc1)).code).toBe(5);
    const cleared = await osdkit(site.folder, ['pxe', 'clear', 'PC1']);
    expect(cleared.code, cleared.stderr).toBe(0);
    // The server sees that another process wrote.
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect((await boot(serving, 'http', ...pc1)).code).toBe(0);
    await serving.told(({ event }) => event === 'delivered', serving.lines().indexOf(used) + 1);
    // Another computer is not known, and unknown ones are not served.
    expect((await boot(serving, 'uefi-x64', '--mac', '52:54:00:99:99:99')).code).toBe(5);
  }, 120_000);

  test('what an edit deploys is offered without a restart', async () => {
    const site = await networkSite({ purpose: 'required' });
    const deployment = 'deployments/d.yaml';
    site.put(
      deployment,
      'id: ABC20001\nname: Deploy\ntaskSequence: Script\ncollection: Lab\npurpose: required\navailableTo: mediaAndPxe\nenabled: false\n',
    );
    const serving = await startServing(['serve', '--site', site.folder, ...onLoopback]);
    const pc1 = ['--mac', knownMac];
    expect((await boot(serving, 'uefi-x64', ...pc1)).code).toBe(5);
    site.put(
      deployment,
      'id: ABC20001\nname: Deploy\ntaskSequence: Script\ncollection: Lab\npurpose: required\navailableTo: mediaAndPxe\n',
    );
    await serving.told(({ event }) => event === 'reloaded');
    expect((await boot(serving, 'uefi-x64', ...pc1)).code).toBe(0);
  }, 120_000);
});
