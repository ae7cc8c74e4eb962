/** Addresses for foreign DHCP clients: got, renewed, given back; boot files in the same offer; refused where another server answers. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Rival } from '../../../pxe/responder/index.ts';
import type { LeaseRecord, LeaseSettings } from '../../../pxe/lease/index.ts';
import { LAB_TOOLS, openPxeLab, type PxeLab } from '../../support/pxe-lab.ts';
import { startDhcp } from '../../support/pxe-lab-dhcp.ts';
import { describeWithTools } from '../../support/tools.ts';
import { addClient, ask, complaints, refused, serve, told, until } from '../responder/network.ts';

const lease: LeaseSettings = {
  first: '10.88.0.100',
  last: '10.88.0.110',
  prefixLength: 24,
  router: '10.88.0.1',
  domain: 'stage.example',
  leaseTime: 3600,
};
const full = { mode: 'full', lease } as const;

async function withServer(body: (lab: PxeLab, server: Awaited<ReturnType<typeof serve>>) => Promise<void>) {
  const lab = await openPxeLab();
  try {
    await lab.addLan('lan');
    const host = await lab.addHost('server', [{ lan: 'lan', address: '10.88.0.1/24' }]);
    await body(lab, await serve(host, { interfaces: ['lan'], settings: full }));
  } finally {
    await lab.close();
  }
}

describeWithTools([...LAB_TOOLS, 'udhcpc', 'dhclient', 'tshark', 'dumpcap'], 'the small DHCP server', (tools) => {
  test('busybox gets an address, and the same the next time', () =>
    withServer(async (lab, server) => {
      const client = await addClient(lab, 'client', 'lan');
      const recording = await lab.capture('lan');
      const args = ['-f', '-n', '-q', '-t', '3', '-T', '2', '-s', '/bin/true', '-i', 'lan'];
      const { stderr } = await client.run('udhcpc', args);
      expect(stderr).toContain('lease of 10.88.0.100 obtained from 10.88.0.1, lease time 3600');
      expect((await client.run('udhcpc', args)).stderr).toContain('lease of 10.88.0.100 obtained');
      await until(() => told(server, 'leased').length === 2);
      expect(await complaints(tools.path('tshark'), await recording.stop())).toEqual([]);
    }));

  test('dhclient gets an address with router and domain, and after a restart the same, and gives it back', () =>
    withServer(async (lab, server) => {
      const client = await addClient(lab, 'client', 'lan');
      const file = (name: string) => join(lab.folder, name);
      const args = [
        '-1',
        '-v',
        '-sf',
        '/bin/true',
        '-lf',
        file('leases'),
        '-pf',
        file('pid'),
        '-cf',
        '/dev/null',
        'lan',
      ];
      const first = await client.run('dhclient', args);
      expect(first.stderr).toMatch(/DHCPOFFER of 10\.88\.0\.100 from 10\.88\.0\.1[^]*DHCPACK of 10\.88\.0\.100 from/);
      await client.run('sh', ['-c', `kill $(cat ${file('pid')})`]);
      const leases = (await client.run('cat', [file('leases')])).stdout;
      expect(leases).toMatch(/option routers 10\.88\.0\.1;[^]*option domain-name "stage.example";/);
      const second = await client.run('dhclient', args);
      expect(second.stderr).toMatch(/DHCPREQUEST for 10\.88\.0\.100[^]*DHCPACK of 10\.88\.0\.100/);
      expect(second.stderr).not.toContain('DHCPDISCOVER');
      // Its script gave the interface no address, and a release is sent from it.
      await client.run('ip', ['addr', 'add', '10.88.0.100/24', 'dev', 'lan']);
      await client.run('dhclient', ['-r', ...args]);
      await until(() => told(server, 'leased').length === 3);
      const [taken, renewed, givenBack] = told<LeaseRecord>(server, 'leased');
      expect([taken, renewed, givenBack].map((record) => record?.address)).toEqual([
        '10.88.0.100',
        '10.88.0.100',
        '10.88.0.100',
      ]);
      expect(givenBack?.ends).toBeLessThan((renewed?.ends ?? 0) - 3_000_000);
    }));

  test('firmware gets address and boot file in one offer; the boot manager, which sends no option 60, its address', () =>
    withServer(async (lab) => {
      const client = await addClient(lab, 'client', 'lan');
      const recording = await lab.capture('lan');
      const replies = await ask(client, [
        { arch: 0, mac: 1 },
        { arch: 16, http: true, mac: 2 },
        { arch: 7, mac: 3 },
        { arch: 7, mac: 4, vendorClass: '' },
      ]);
      const seen = replies.map(({ mac, yiaddr, file, codes }) => [
        mac,
        /^10\.88\.0\.1\d\d$/.test(yiaddr),
        file,
        codes.includes(60),
      ]);
      expect(seen.sort(([a], [b]) => Number(a) - Number(b))).toEqual([
        [1, true, 'Boot\\pxeboot.n12', true],
        [2, true, 'http://10.77.0.1/image.iso', true],
        [3, true, null, true],
        [4, true, null, false],
      ]);
      expect(new Set(replies.map(({ yiaddr }) => yiaddr)).size).toBe(4);
      expect(await complaints(tools.path('tshark'), await recording.stop())).toEqual([]);
    }));

  test('a DHCP server that comes later is named', async () => {
    const lab = await openPxeLab();
    try {
      await lab.addLan('lan');
      const host = await lab.addHost('server', [{ lan: 'lan', address: '10.88.0.1/24' }]);
      const server = await serve(host, { interfaces: ['lan'], settings: full, options: { probeEvery: 1000 } });
      const other = await lab.addHost('other', [{ lan: 'lan', address: '10.88.0.2/24' }]);
      await startDhcp(lab, other, { networks: ['10.88.0'], advertise: [] });
      await until(() => told(server, 'rival').length > 0);
      expect(told<Rival>(server, 'rival')[0]).toMatchObject({
        kind: 'alsoGives',
        text: 'DHCP server 10.88.0.2 on lan gives addresses, too: two computers may get the same one.',
      });
    } finally {
      await lab.close();
    }
  });

  test('does not start where another DHCP server answers, and names it', async () => {
    const lab = await openPxeLab();
    try {
      await lab.addLan('lan');
      const other = await lab.addHost('other', [{ lan: 'lan', address: '10.88.0.2/24' }]);
      await startDhcp(lab, other, { networks: ['10.88.0'], advertise: [] });
      const host = await lab.addHost('server', [{ lan: 'lan', address: '10.88.0.1/24' }]);
      expect(await refused(host, { interfaces: ['lan'], settings: full })).toEqual({
        refused: 'RESPONDER_OTHER_DHCP',
        message: 'addresses are not given: DHCP server 10.88.0.2 on lan gives addresses and no boot file.',
      });
    } finally {
      await lab.close();
    }
  });
});
