/** Networks around the server: a relay with option 82, two interfaces, a DHCP server on the same computer, a rival. */
import { expect, test } from 'vitest';
import { osdkitInProcess } from '../cli/in-process.ts';
import { startDhcp, startRivalProxy } from '../support/pxe-lab-dhcp.ts';
import { openPxeLab, startRelay } from '../support/pxe-lab.ts';
import { startServer } from '../support/pxe-lab-server.ts';
import { VM_TOOLS } from '../support/qemu.ts';
import { describeWithTools } from '../support/tools.ts';
import { fileLines, linesByTftp, sampleWim } from './pxe-images.ts';
import { boot, LAN, openPxeLan, PXE_TOOLS, SERVER } from './pxe-lan.ts';
import { MAC, makePxeSite } from './pxe-site.ts';

const TOOLS = [...PXE_TOOLS, ...VM_TOOLS.ovmf, ...VM_TOOLS.seabios];

describeWithTools(TOOLS, 'network boot in networks of several kinds', () => {
  test('a relay that adds option 82: it comes back unchanged, and the computer boots', async () => {
    const site = await makePxeSite();
    site.point('relays: [10.78.0.254]');
    site.deploy('required');
    const lab = await openPxeLab();
    try {
      await lab.addLan(LAN);
      await lab.addLan('clients');
      const server = await lab.addHost('pxe', [{ lan: LAN, address: `${SERVER}/24` }], '10.77.0.254');
      const dhcp = await lab.addHost('dhcp', [{ lan: LAN, address: '10.77.0.2/24' }], '10.77.0.254');
      const relay = await lab.addHost('relay', [
        { lan: LAN, address: '10.77.0.254/24' },
        { lan: 'clients', address: '10.78.0.254/24' },
      ]);
      const router = ['--dhcp-option=option:router,10.78.0.254'];
      await startDhcp(lab, dhcp, { networks: ['10.78.0'], advertise: [], extra: router });
      await startServer(server, ['serve', '--site', site.folder, '--address', SERVER]);
      const passed = await startRelay(relay, 'clients', '10.78.0.254', ['10.77.0.2', SERVER]);
      const { lines } = await boot(lab, { firmware: 'ovmf', mac: MAC.x64, lan: 'clients' });
      expect(fileLines(lines)).toHaveLength(3);
      expect(fileLines(lines)).toEqual(await linesByTftp(dhcp, SERVER, lines));
      const answers = passed.output().match(/answer of .*/g) ?? [];
      expect(answers).toContain(`answer of ${SERVER}: option 82 unchanged and last`);
      expect(answers.filter((line) => !line.endsWith('unchanged and last'))).toEqual([]);
    } finally {
      await lab.close();
    }
  });

  test('two interfaces: each network is told the address that it can reach', async () => {
    const lab = await openPxeLab();
    try {
      for (const name of [LAN, 'lan1']) await lab.addLan(name);
      const server = await lab.addHost('pxe', [
        { lan: LAN, address: `${SERVER}/24` },
        { lan: 'lan1', address: '10.79.0.1/24' },
      ]);
      for (const [lan, network] of [
        [LAN, '10.77.0'],
        ['lan1', '10.79.0'],
      ] as const) {
        const dhcp = await lab.addHost(`dhcp-${lan}`, [{ lan, address: `${network}.2/24` }]);
        await startDhcp(lab, dhcp, { networks: [network], advertise: [lan] });
      }
      await startServer(server, [
        'pxe',
        'serve',
        '--boot-image',
        await sampleWim('x64'),
        '--interface',
        LAN,
        '--interface',
        'lan1',
      ]);
      const machines = [
        { firmware: 'ovmf', mac: '52:54:00:aa:04:01' },
        { firmware: 'ovmf', mac: '52:54:00:aa:04:02', lan: 'lan1' },
      ] as const;
      const results = await Promise.all(machines.map((machine) => boot(lab, machine)));
      expect(results.map(({ lines }) => [lines[5], lines.at(-1)])).toEqual([
        [`osdkit-sample: server ${SERVER}`, 'osdkit-sample: done'],
        ['osdkit-sample: server 10.79.0.1', 'osdkit-sample: done'],
      ]);
      for (const { lines } of results) expect(fileLines(lines)).toHaveLength(3);
    } finally {
      await lab.close();
    }
  });

  test('a DHCP server on the same computer: option 60 of it, and port 4011 alone of ours', async () => {
    const site = await makePxeSite();
    site.point('optionOnly: true');
    site.deploy('required');
    const lab = await openPxeLab();
    try {
      await lab.addLan(LAN);
      const server = await lab.addHost('pxe', [{ lan: LAN, address: `${SERVER}/24` }]);
      const option = ['--dhcp-vendorclass=set:pxe,PXEClient', '--dhcp-option-force=tag:pxe,60,PXEClient'];
      await startDhcp(lab, server, { networks: ['10.77.0'], advertise: [LAN], extra: option });
      await startServer(server, ['serve', '--site', site.folder, '--address', SERVER]);
      const { lines } = await boot(lab, { firmware: 'ovmf', mac: MAC.x64 });
      expect(lines[5]).toBe(`osdkit-sample: server ${SERVER}`);
      expect(fileLines(lines)).toHaveLength(3);
    } finally {
      await lab.close();
    }
  });

  test('a rival ProxyDHCP server is named in the log, and by pxe doctor in a recording', async () => {
    const lan = await openPxeLan();
    try {
      const rival = await lan.lab.addHost('rival', [{ lan: LAN, address: '10.77.0.66/24' }]);
      await startRivalProxy(lan.lab, rival, '10.77.0', 'none');
      const server = await startServer(lan.server, [
        'pxe',
        'serve',
        '--boot-image',
        await sampleWim('x64'),
        '--address',
        SERVER,
      ]);
      const recording = await lan.lab.capture(LAN);
      const named = await server.told(({ event }) => event === 'rival', 30_000);
      expect(named.message).toContain('10.77.0.66');
      await boot(lan.lab, { firmware: 'ovmf', mac: '52:54:00:aa:04:03', until: /Station IP address/ });
      const { stdout } = await osdkitInProcess(['pxe', 'doctor', '--pcap', await recording.stop()]);
      expect(stdout).toMatch(/\(rivalServer\).*10\.77\.0\.66/);
    } finally {
      await lan.lab.close();
    }
  });
});
