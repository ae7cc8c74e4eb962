/** A closed network without any other DHCP server: ours gives firmware and boot manager their addresses, and the boot files with them. */
import { expect, test } from 'vitest';
import { openPxeLab } from '../support/pxe-lab.ts';
import { startServer } from '../support/pxe-lab-server.ts';
import { VM_TOOLS } from '../support/qemu.ts';
import { describeWithTools } from '../support/tools.ts';
import { fileLines } from './pxe-images.ts';
import { boot, LAN, PXE_TOOLS, SERVER } from './pxe-lan.ts';
import { MAC, makePxeSite } from './pxe-site.ts';

describeWithTools(
  [...PXE_TOOLS, ...VM_TOOLS.ovmf, ...VM_TOOLS.seabios, 'ipxe'],
  'network boot with addresses of our own',
  () => {
    test('PXE of OVMF, iPXE under BIOS and HTTP Boot take address and boot file of one server', async () => {
      const site = await makePxeSite();
      site.point('dhcpServer: { range: 10.77.0.100-10.77.0.120 }');
      site.deploy('required');
      const lab = await openPxeLab();
      try {
        await lab.addLan(LAN);
        const host = await lab.addHost('pxe', [{ lan: LAN, address: `${SERVER}/24` }]);
        await startServer(host, ['serve', '--site', site.folder, '--address', SERVER]);
        const uefi = await boot(lab, { firmware: 'ovmf', mac: MAC.x64 });
        expect(fileLines(uefi.lines)).toHaveLength(3);
        expect(uefi.lines.at(-1)).toBe('osdkit-sample: done');
        // iPXE asks for its address, then for the script that the same offer names.
        const bios = await boot(lab, { firmware: 'seabios', rom: 'ipxe', mac: MAC.bios });
        expect(bios.lines.at(-1)).toBe('osdkit-sample: done');
        const http = await boot(lab, { firmware: 'ovmf', mac: MAC.ipxe, boot: 'http' });
        expect(http.lines).toContain('osdkit-sample: boot device cdrom');
        expect(http.lines.at(-1)).toBe('osdkit-sample: done');
      } finally {
        await lab.close();
      }
    });
  },
);
