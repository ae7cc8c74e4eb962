/** A boot image without PXE programs, under a BIOS whose card carries iPXE: the image file becomes a disc by HTTP. */
import { expect, test } from 'vitest';
import { bootmgrStandIn } from '../../images/sample/programs/index.ts';
import { fileLine } from '../images/sample/programs/foreign-media.ts';
import { VM_TOOLS } from '../support/qemu.ts';
import { describeWithTools, run } from '../support/tools.ts';
import { sampleWim } from './pxe-images.ts';
import { boot, PXE_TOOLS, servedBy } from './pxe-lan.ts';

describeWithTools([...PXE_TOOLS, ...VM_TOOLS.seabios, 'ipxe', 'wimlib-imagex'], 'BIOS without PXE programs', () => {
  test('iPXE: our boot sector on the disc starts bootmgr, as it expects to be started', async () => {
    const wim = await sampleWim('x64', 'no-pxe.wim');
    await run('wimlib-imagex', ['update', wim, '1', '--command=delete /Windows/Boot/PXE --recursive']);
    await servedBy(['pxe', 'serve', '--boot-image', wim], async ({ lab }) => {
      const { lines } = await boot(lab, { firmware: 'seabios', rom: 'ipxe', mac: '52:54:00:aa:02:05' });
      expect(lines).toEqual([
        'osdkit-sample: stand-in for bootmgr, 1.0.0, BIOS',
        'osdkit-sample: firmware BIOS',
        'osdkit-sample: boot device drive 80',
        fileLine('\\bootmgr', bootmgrStandIn()),
        'osdkit-sample: done',
      ]);
    });
  });
});
