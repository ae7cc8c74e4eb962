/** What a site says decides who boots: required once until cleared, available when someone asks, three kinds of computers at once. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { done } from '../cli/site-commands.ts';
import { HELLO_TOOLS, helloImages } from '../support/hello-efi.ts';
import { writePrintingDisk } from '../support/printing-disk.ts';
import { VM_TOOLS } from '../support/qemu.ts';
import { describeWithTools, scratch } from '../support/tools.ts';
import { fileLines, linesByTftp } from './pxe-images.ts';
import { boot, type Machine, PXE_TOOLS, SERVER, servedBy } from './pxe-lan.ts';
import { MAC, makePxeSite } from './pxe-site.ts';

const TOOLS = [...PXE_TOOLS, ...VM_TOOLS.seabios, ...VM_TOOLS.ovmf, ...VM_TOOLS.aavmf, 'ipxe', ...HELLO_TOOLS];

const NEXT = 'osdkit-sample: the next boot device';

/** A BIOS PC whose card carries iPXE; its second boot device says so. */
function biosPc(): Machine {
  const path = join(scratch(), 'disk.img');
  writePrintingDisk(path, NEXT);
  const until = /osdkit-sample: (?:done|the next boot device)/;
  return { firmware: 'seabios', rom: 'ipxe', mac: MAC.bios, medium: { kind: 'disk', path }, until };
}

describeWithTools(TOOLS, 'network boot of a site', () => {
  test('PXE-05: three computers of different kinds at once, each with the boot image of its architecture', async () => {
    const site = await makePxeSite();
    site.deploy('required');
    await servedBy(['serve', '--site', site.folder], async ({ lab, other }) => {
      const machines = [biosPc(), { firmware: 'ovmf', mac: MAC.x64 }, { firmware: 'aavmf', mac: MAC.arm64 }] as const;
      const results = await Promise.all(machines.map((machine) => boot(lab, machine)));
      for (const [at, { lines }] of results.entries()) {
        expect(lines.at(-1), machines[at]?.firmware).toBe('osdkit-sample: done');
        const found = fileLines(lines);
        expect(found.join(), machines[at]?.firmware).toMatch(/BCD.*boot\.sdi.*boot\.wim/i);
        expect(found, machines[at]?.firmware).toEqual(await linesByTftp(other, SERVER, found));
      }
    });
  });

  test('PXE-04: a required deployment boots once, not again, and again after pxe clear', async () => {
    const site = await makePxeSite();
    site.deploy('required');
    await servedBy(['serve', '--site', site.folder], async ({ lab }, server) => {
      const pc = biosPc();
      const first = await boot(lab, pc);
      expect(first.lines.at(-1)).toBe('osdkit-sample: done');
      await server.told(
        ({ event, mac, class: kind, outcome }) =>
          event === 'finished' && mac === pc.mac && kind === 'bootImage' && outcome === 'delivered',
      );
      expect((await boot(lab, pc)).lines).toEqual([NEXT]);
      await done(['pxe', 'clear', 'bios', '--site', site.folder]);
      expect((await boot(lab, pc)).lines.at(-1)).toBe('osdkit-sample: done');
    });
  });

  test('PXE-04: HTTP Boot and iPXE, which reads the parts of the image file that it needs, use it up as well', async () => {
    const site = await makePxeSite();
    site.deploy('required');
    await servedBy(['serve', '--site', site.folder], async ({ lab }, server) => {
      const machines = [
        { firmware: 'ovmf', mac: MAC.x64, boot: 'http' },
        { firmware: 'ovmf', mac: MAC.ipxe, rom: 'ipxe' },
      ] as const;
      const results = await Promise.all(machines.map((machine) => boot(lab, machine)));
      for (const { lines } of results) expect(lines.slice(4)).toContain('osdkit-sample: done');
      // iPXE leaves its connection open: that the last part has arrived shows when the server closes it.
      for (const name of ['x64', 'ipxe'] as const) {
        const client = MAC[name].replaceAll(':', '');
        await server.told(({ event, client: of }) => event === 'delivered' && of === client, 40_000);
        expect(await done(['pxe', 'why', name, '--site', site.folder]), name).toContain('[delivered]');
      }
    });
  });

  test('UNK-01 UNK-03 PXE-07: a computer without a record boots only where the point serves unknown computers', async () => {
    const site = await makePxeSite();
    site.deploy('required', 'Unknown Computers');
    await servedBy(['serve', '--site', site.folder], async ({ lab }, server) => {
      const pc = { ...biosPc(), mac: '52:54:00:aa:01:77' };
      expect((await boot(lab, pc)).lines).toEqual([NEXT]);
      site.point('unknownComputers: true');
      await server.told(({ event }) => event === 'reloaded');
      expect((await boot(lab, pc)).lines.at(-1)).toBe('osdkit-sample: done');
    });
  });

  test('PXE-09: an available one waits for a key, then the next boot device starts; pxe start boots it', async () => {
    const site = await makePxeSite();
    site.point('menuTimeout: 2', 'menu: true');
    site.deploy('available');
    const { fat } = await helloImages('ovmf', scratch());
    // Without an answer HTTP Boot would ask for a minute before the disk has its turn.
    const refused = ['--dhcp-match=set:http,option:client-arch,16', '--dhcp-option-force=tag:http,60,HTTPClient'];
    await servedBy(
      ['serve', '--site', site.folder],
      async ({ lab }) => {
        const pc = biosPc();
        expect((await boot(lab, pc)).lines).toEqual([NEXT]);
        const uefi = { firmware: 'ovmf', mac: MAC.x64, medium: { kind: 'disk', path: fat } } as const;
        expect((await boot(lab, { ...uefi, until: /osdkit-sample: (?:hello|done)/ })).lines).toEqual([
          'osdkit-sample: hello',
        ]);
        await done(['pxe', 'start', 'x64', '--site', site.folder]);
        expect((await boot(lab, uefi)).lines.at(-1)).toBe('osdkit-sample: done');
      },
      [...refused, '--dhcp-boot=tag:http,http://10.77.0.2:9/none.efi'],
    );
  });
});
