/** The boot program over the network, in a namespace with dnsmasq as DHCP and TFTP server: PXE, and HTTP Boot of a disc. */
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { bootAa64, bootX64 } from '../../../../images/sample/programs/index.ts';
import { LAB_TOOLS, SERVER_ADDRESS } from '../../../support/netlab.ts';
import { VM_TOOLS } from '../../../support/qemu.ts';
import { describeWithTools } from '../../../support/tools.ts';
import { type Files, foreignDisc, MEDIA_TOOLS } from './foreign-media.ts';
import { inLab, startTftp } from './foreign-network.ts';
import { fileLines, goodFiles } from './good-media.ts';
import { hostFolder } from './host-program.ts';

for (const [firmware, loader, name] of [
  ['ovmf', bootX64(), 'x64'],
  ['aavmf', bootAa64(), 'arm64'],
] as const) {
  describeWithTools([...MEDIA_TOOLS, ...LAB_TOOLS, ...VM_TOOLS[firmware]], `PXE, ${name}`, () => {
    test('BCD in the folder of the boot file, the rest by the store', async () => {
      const files = await goodFiles();
      const served: Files = {
        'Boot/x/bootmgfw.efi': loader,
        'Boot/x/BCD': files['EFI/Microsoft/Boot/BCD'] ?? new Uint8Array(),
        'boot/boot.sdi': files['boot/boot.sdi'] ?? new Uint8Array(),
        'sources/boot.wim': files['sources/boot.wim'] ?? new Uint8Array(),
      };
      const root = hostFolder(served);
      const lines = await inLab(firmware, 'pxe', (lab) => startTftp(lab, root, 'Boot\\x\\bootmgfw.efi'));
      expect(lines[0]).toContain(name);
      expect(lines.slice(4)).toEqual([
        'osdkit-sample: boot device pxe',
        `osdkit-sample: server ${SERVER_ADDRESS}`,
        ...fileLines(files, '\\Boot\\x\\BCD'),
      ]);
    });
  });
}

describeWithTools([...MEDIA_TOOLS, ...LAB_TOOLS, ...VM_TOOLS.ovmf], 'HTTP Boot', () => {
  test('a disc image as RAM disk is the whole medium', async () => {
    const files = await goodFiles();
    const image = await foreignDisc(files);
    const lines = await inLab('ovmf', 'http', async (lab) => {
      await lab.startHttp(dirname(image));
      await lab.startDhcp(`http://${SERVER_ADDRESS}/disc.iso`);
    });
    // longer than the console is wide: the line has to come in one piece all the same
    expect(lines[3]).toMatch(
      /^osdkit-sample: loaded from PciRoot.*Uri\(http:.*CDROM\(.*\) \\EFI\\BOOT\\BOOTX64\.EFI$/i,
    );
    expect(lines.slice(4)).toEqual(['osdkit-sample: boot device cdrom', ...fileLines(files)]);
  });
});
