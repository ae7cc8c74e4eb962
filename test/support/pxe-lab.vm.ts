/** The lab itself, without our servers: firmware behind a relay boots from a foreign server, all of it recorded, nothing left. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bootX64 } from '../../images/sample/programs/index.ts';
import { LAB_TOOLS, openPxeLab, startRelay } from './pxe-lab.ts';
import { startDhcp } from './pxe-lab-dhcp.ts';
import { bootVmOnTap, VM_TOOLS } from './qemu.ts';
import { describeWithTools, run } from './tools.ts';

describeWithTools([...LAB_TOOLS, ...VM_TOOLS.ovmf, 'dumpcap', 'tshark'], 'the lab for network boot', () => {
  test('a relay with option 82, a foreign server in the other network, a recording of both sides', async () => {
    const lab = await openPxeLab();
    let fields = '';
    try {
      await lab.addLan('servers');
      await lab.addLan('clients');
      const server = await lab.addHost('dhcp', [{ lan: 'servers', address: '10.77.0.2/24' }], '10.77.0.254');
      const relay = await lab.addHost('relay', [
        { lan: 'servers', address: '10.77.0.254/24' },
        { lan: 'clients', address: '10.78.0.254/24' },
      ]);
      const root = join(lab.folder, 'root');
      mkdirSync(root);
      writeFileSync(join(root, 'loader.efi'), bootX64());
      const extra = ['--dhcp-option=option:router,10.78.0.254', '--dhcp-boot=loader.efi', '--enable-tftp'];
      await startDhcp(lab, server, {
        networks: ['10.78.0'],
        advertise: ['servers'],
        extra: [...extra, `--tftp-root=${root}`],
      });
      const passed = await startRelay(relay, 'clients', '10.78.0.254', ['10.77.0.2']);
      const recording = await lab.capture('servers');
      const card = { tap: await lab.addTap('clients'), mac: '52:54:00:aa:00:04', boot: 'pxe' } as const;
      const options = { firmware: 'ovmf', card, until: /osdkit-sample: done/, timeoutMs: 60_000 } as const;
      const { lines } = await bootVmOnTap({ ...options, namespace: lab.namespace, first: 'card' });
      expect(lines.slice(4, 6)).toEqual(['osdkit-sample: boot device pxe', 'osdkit-sample: server 10.77.0.2']);
      expect(passed.output().match(/answer of .*/g)).toEqual(
        Array.from({ length: 2 }, () => 'answer of 10.77.0.2: option 82 unchanged and last'),
      );
      const path = await recording.stop();
      const show = [
        '-Y',
        'dhcp || tftp.source_file',
        '-T',
        'fields',
        '-e',
        'dhcp.option.dhcp',
        '-e',
        'tftp.source_file',
      ];
      fields = (await run('tshark', ['-r', path, ...show])).stdout;
    } finally {
      await lab.close();
    }
    expect(
      fields
        .trim()
        .split('\n')
        .map((line) => line.trim()),
    ).toEqual(['1', '2', '3', '5', 'loader.efi', 'loader.efi', '\\BCD', '\\Boot\\BCD']);
    expect((await run('ip', ['netns', 'list'])).stdout).not.toContain(lab.namespace);
  });
});
