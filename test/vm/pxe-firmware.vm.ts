/**
 * Firmware boots from our server beside a DHCP server that is not ours: OVMF and AAVMF by PXE and by HTTP Boot, iPXE under BIOS and
 * UEFI. What the boot program read is what other programs read by the same names and in the same image file.
 */
import { expect, test } from 'vitest';
import type { LogLine } from '../support/pxe-lab-server.ts';
import { VM_TOOLS } from '../support/qemu.ts';
import { describeWithTools } from '../support/tools.ts';
import { linesOf, UEFI_FILES } from './demo-media.ts';
import { fileLines, filesOfImageUrl, linesByTftp, sampleWim } from './pxe-images.ts';
import { boot, PXE_TOOLS, SERVER, servedBy } from './pxe-lan.ts';

const SYSTEMS = [
  { firmware: 'ovmf', architecture: 'x64', mac: '52:54:00:aa:02:01' },
  { firmware: 'aavmf', architecture: 'arm64', mac: '52:54:00:aa:02:02' },
] as const;

/** Size and CRC of lines about files, without the names. */
const contents = (lines: readonly string[]) => lines.map((line) => line.replace(/^osdkit-sample: \S+ /, ''));

/** A whole file of this kind reached this computer. */
const delivered = (mac: string, kind: string) => (line: LogLine) =>
  line.event === 'finished' && line['mac'] === mac && line['class'] === kind && line['outcome'] === 'delivered';

/** What a UEFI boot program says before it reads anything. */
const head = (architecture: string) => [
  `osdkit-sample: sample boot program 1.0.0 ${architecture}`,
  expect.stringMatching(/firmware UEFI 2\.\d+ EDK II/),
  'osdkit-sample: Secure Boot off',
];

for (const { firmware, architecture, mac } of SYSTEMS) {
  const image = () => sampleWim(architecture);
  describeWithTools([...PXE_TOOLS, ...VM_TOOLS[firmware]], `network boot of ${firmware} (PXE-01)`, () => {
    test('PXE: the loader follows the BCD and reads boot.sdi and boot.wim by TFTP', async () => {
      await servedBy(['pxe', 'serve', '--boot-image', await image()], async ({ lab, other }, server) => {
        const { lines } = await boot(lab, { firmware, mac });
        const found = fileLines(lines);
        expect(lines).toEqual([
          ...head(architecture),
          expect.stringMatching(/loaded from PciRoot.*MAC\(.*IPv4\(/),
          'osdkit-sample: boot device pxe',
          `osdkit-sample: server ${SERVER}`,
          ...(await linesByTftp(other, SERVER, found)),
          'osdkit-sample: done',
        ]);
        const base = /(\\b\\[0-9a-f]{8}\\[0-9a-f]{12}\\)BCD /.exec(found[0] ?? '')?.[1] ?? 'none';
        expect(base).toContain(mac.replaceAll(':', ''));
        const udf = await filesOfImageUrl(other, `http://${SERVER}${base.replaceAll('\\', '/')}boot.iso`);
        expect(contents(found.slice(1))).toEqual(contents(linesOf(udf, UEFI_FILES.slice(1))));
        await server.told(delivered(mac, 'bootImage'));
      });
    });

    test('HTTP Boot: the image file becomes a RAM disk and starts', async () => {
      await servedBy(['pxe', 'serve', '--boot-image', await image()], async ({ lab, other }, server) => {
        const { lines } = await boot(lab, { firmware, mac, boot: 'http' });
        const { file } = await server.told(
          ({ event, file: name }) => event === 'asked' && String(name).includes('boot.iso'),
        );
        const udf = await filesOfImageUrl(other, String(file));
        expect(lines).toEqual([
          ...head(architecture),
          expect.stringMatching(/Uri\(http:.*VirtualCD.*CDROM\(/i),
          'osdkit-sample: boot device cdrom',
          ...linesOf(udf, UEFI_FILES),
          'osdkit-sample: done',
        ]);
        await server.told(delivered(mac, 'imageFile'));
      });
    });
  });
}

const IPXE_TOOLS = [...PXE_TOOLS, ...VM_TOOLS.seabios, ...VM_TOOLS.ovmf, 'ipxe'];
describeWithTools(IPXE_TOOLS, 'network boot of computers whose card carries iPXE (PXE-01)', () => {
  test('BIOS: the script starts pxeboot.n12, which starts bootmgr.exe, which reads everything by TFTP', async () => {
    const mac = '52:54:00:aa:02:03';
    await servedBy(['pxe', 'serve', '--boot-image', await sampleWim('x64')], async ({ lab, other }, server) => {
      const { lines } = await boot(lab, { firmware: 'seabios', rom: 'ipxe', mac });
      const [program, ...read] = await linesByTftp(other, SERVER, lines);
      expect(lines).toEqual([
        'osdkit-sample: stand-in for pxeboot.n12, 1.0.0, BIOS',
        expect.stringMatching(/boot file b\S+ server 10\.77\.0\.1$/),
        program,
        'osdkit-sample: stand-in for bootmgr.exe, 1.0.0, BIOS',
        'osdkit-sample: firmware BIOS',
        'osdkit-sample: boot device pxe',
        `osdkit-sample: server ${SERVER}`,
        ...read,
        'osdkit-sample: done',
      ]);
      expect(read.join()).toMatch(/\\Boot\\BCD .*boot\.sdi .*boot\.wim /);
      await server.told(delivered(mac, 'bootImage'));
    });
  });

  test('UEFI: the script gives the image file as a disc, from which the EFI program starts', async () => {
    const mac = '52:54:00:aa:02:04';
    await servedBy(['pxe', 'serve', '--boot-image', await sampleWim('x64')], async ({ lab, other }, server) => {
      const { lines } = await boot(lab, { firmware: 'ovmf', rom: 'ipxe', mac });
      const { file } = await server.told(
        ({ event, file: name }) => event === 'asked' && String(name).includes('.ipxe'),
      );
      const folder = String(file)
        .replace(/[^/\\]+$/, '')
        .replace(/^tftp:\/\/[^/]+|^http:\/\/[^/]+/, '')
        .replaceAll('\\', '/');
      const udf = await filesOfImageUrl(other, `http://${SERVER}/${folder.replace(/^\//, '')}boot.iso`);
      expect(lines).toEqual([
        ...head('x64'),
        expect.stringMatching(/loaded from .*CDROM/i),
        'osdkit-sample: boot device cdrom',
        ...linesOf(udf, UEFI_FILES),
        'osdkit-sample: done',
      ]);
    });
  });
});
