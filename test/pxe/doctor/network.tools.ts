/** `pxe doctor` in a network of its own: a simulated client that asks by broadcast, and listening on the server's own computer. */
import { expect, test } from 'vitest';
import { LAB_TOOLS, openPxeLab } from '../../support/pxe-lab.ts';
import { startDhcp } from '../../support/pxe-lab-dhcp.ts';
import { describeWithTools } from '../../support/tools.ts';
import { commandFile } from '../../cli/command.ts';
import { serve } from '../responder/network.ts';

describeWithTools(LAB_TOOLS, 'pxe doctor in a network', () => {
  test('a simulated broadcast gets offers of both servers; a listener beside the server hears them and takes nothing away', async () => {
    const lab = await openPxeLab();
    try {
      await lab.addLan('lan');
      const dhcp = await lab.addHost('dhcp', [{ lan: 'lan', address: '10.83.0.2/24' }]);
      await startDhcp(lab, dhcp, { networks: ['10.83.0'], advertise: [] });
      const server = await lab.addHost('server', [{ lan: 'lan', address: '10.83.0.1/24' }]);
      await serve(server, { interfaces: ['lan'], settings: {} });
      const client = await lab.addHost('client', [{ lan: 'lan', address: '10.83.0.3/24' }]);
      const doctor = (...words: string[]) =>
        [process.execPath, commandFile, 'pxe', 'doctor', '--json', ...words] as const;
      const [node, ...listening] = doctor('--listen', '--for', '8s');
      const heard = server.run(node, listening, { allowFailure: true, timeout: 30_000 });
      // It needs a moment until its ports are open.
      await new Promise((resolve) => setTimeout(resolve, 2500));
      const [, ...asking] = doctor('--simulate', 'bios', '--address', '10.83.0.3', '--patience', '0.5');
      const { stdout } = await client.run(node, asking, { allowFailure: true, timeout: 30_000 });
      const simulated = JSON.parse(stdout) as { steps: { text: string }[]; files: { name: string }[] };
      const steps = simulated.steps.map(({ text }) => text).join('\n');
      expect(steps).toContain('asks who can boot it, by broadcast');
      expect(steps).toMatch(/10\.83\.0\.1 offers: no address; option 60 "PXEClient"; boot file/);
      expect(steps).toMatch(/10\.83\.0\.2 offers: address 10\.83\.0\./);
      expect(steps).toContain('takes 10.83.0.1: an address, and the first boot server whose offer has PXE options');
      // There is no TFTP server here: the client gets that far and no further.
      expect(simulated.files.map(({ name }) => name.includes('pxeboot'))).toEqual([true]);
      const { exchanges } = (
        JSON.parse((await heard).stdout) as { explanation: { exchanges: { lines: { text: string }[] }[] } }
      ).explanation;
      const told = exchanges[0]?.lines.map(({ text }) => text).join('\n') ?? '';
      expect(told).toContain('asks who can boot it');
      expect(told).toMatch(/10\.83\.0\.1 offers no address/);
      expect(exchanges).toHaveLength(1);
    } finally {
      await lab.close();
    }
  });
});
