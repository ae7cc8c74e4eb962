/** The systemd unit: systemd reads it, and a user with nothing but its capability serves on the ports that everybody knows. */
import { chmodSync, chownSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { networkSite } from '../src/app/network-boot/network-site.ts';
import { openPxeLab } from '../support/pxe-lab.ts';
import { describeWithTools, run, scratch } from '../support/tools.ts';
import { commandFile, osdkit } from './command.ts';
import { startServing, stopServing } from './serving.ts';

afterEach(stopServing);

/** Of nobody on every Linux. */
const nobody = 65_534;

/** Values of a key of the unit. */
const valuesOf = (unit: string, key: string): string[] =>
  unit
    .split('\n')
    .filter((line) => line.startsWith(`${key}=`))
    .map((line) => line.slice(key.length + 1));

describeWithTools(['systemd-analyze'], 'the unit', (tools) => {
  test('is one that systemd takes without a word', async () => {
    const folder = scratch();
    const { stdout } = await osdkit(folder, [
      'pxe',
      'unit',
      '--site',
      '.',
      '--user',
      'root',
      '--',
      '--interface',
      'eth1',
    ]);
    const path = join(folder, 'osdkit.service');
    writeFileSync(path, stdout);
    const verified = await run(tools.path('systemd-analyze'), ['verify', path], { allowFailure: true });
    // What it says of other units of this computer is none of ours.
    expect(verified.stderr.split('\n').filter((line) => line.includes('osdkit'))).toEqual([]);
    expect(stdout).toContain(`serve --site ${folder} --interface eth1\n`);
  });
});

describeWithTools(['ip', 'network', 'setpriv', 'curl'], 'the rights of the unit', (tools) => {
  test('are enough for DHCP, TFTP and HTTP, and without them it says what to do', async () => {
    const lab = await openPxeLab();
    const site = await networkSite();
    chmodSync(site.folder, 0o755);
    // The folder that the unit lets it write.
    await run('mkdir', [join(site.folder, 'state')]);
    chownSync(join(site.folder, 'state'), nobody, nobody);
    const { stdout: unit } = await osdkit(site.folder, ['pxe', 'unit', '--site', site.folder]);
    const [capability = ''] = valuesOf(unit, 'AmbientCapabilities');
    expect(valuesOf(unit, 'CapabilityBoundingSet')).toEqual([capability]);
    const name = capability.toLowerCase().replace(/^cap_/, '');
    const asNobody = ['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups', '--no-new-privs'];
    const rights = ['--inh-caps', '--ambient-caps', '--bounding-set'].map((set) => `${set}=-all,+${name}`);
    const none = ['--inh-caps', '--ambient-caps'].map((set) => `${set}=-all`);
    try {
      await lab.addLan('lan');
      const host = await lab.addHost('server', [{ lan: 'lan', address: '10.77.0.2/24' }]);
      const client = await lab.addHost('client', [{ lan: 'lan', address: '10.77.0.3/24' }]);
      const inside = ['ip', 'netns', 'exec', host.namespace];
      const program = [process.execPath, commandFile];
      const words = ['serve', '--site', site.folder, '--interface', 'lan'];
      const serving = await startServing(words, [...inside, ...asNobody, ...rights, ...program]);
      expect(serving.ports).toEqual({ dhcp: 67, bootServer: 4011, tftp: 69, http: 80 });
      const file = join(lab.folder, 'got');
      for (const scheme of ['tftp', 'http']) {
        const url = `${scheme}://10.77.0.2/b/${serving.version}/525400123456/boot.sdi`;
        await client.run(tools.path('curl'), ['-sS', '-f', '-o', file, url]);
        expect(readFileSync(file).length, scheme).toBeGreaterThan(1_000_000);
      }
      serving.send('SIGTERM');
      expect((await serving.ended()).code).toBe(0);

      const refused = await run('ip', ['netns', 'exec', host.namespace, ...asNobody, ...none, ...program, ...words], {
        allowFailure: true,
      });
      expect(refused.code).toBe(4);
      expect(refused.stderr).toMatch(/osdkit pxe unit.*ip_unprivileged_port_start/s);
    } finally {
      await lab.close();
    }
  }, 60_000);
});
