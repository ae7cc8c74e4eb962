/** The demo image given as UEFI HTTP Boot URL by a plain file server, in a network of the test's own (boot-chain 10.1). */
import { basename, dirname } from 'node:path';
import { expect, test } from 'vitest';
import { LAB_TOOLS, openNetLab, SERVER_ADDRESS } from '../support/netlab.ts';
import { bootVmOnTap, VM_TOOLS } from '../support/qemu.ts';
import { describeWithTools } from '../support/tools.ts';
import { filesByDisc, linesOf, makeDemo, READER_TOOLS, UEFI_FILES } from './demo-media.ts';

describeWithTools(
  [...READER_TOOLS, ...LAB_TOOLS, ...VM_TOOLS.ovmf],
  'UEFI HTTP Boot (MEDIA-02: media start the computer)',
  () => {
    test('the demo image becomes a RAM disk and starts; nothing else is asked for', async () => {
      const iso = (await makeDemo('x64')).medium.output;
      const udf = await filesByDisc(iso, 'udf');
      const lab = await openNetLab();
      try {
        const http = await lab.startHttp(dirname(iso));
        await lab.startDhcp(`http://${SERVER_ADDRESS}/${basename(iso)}`);
        const card = { tap: lab.taps[0] ?? '', mac: '52:54:00:aa:00:03', boot: 'http' } as const;
        const options = { firmware: 'ovmf', until: /never printed/, memoryMiB: 1024, timeoutMs: 150_000 } as const;
        const { lines, ended } = await bootVmOnTap({ ...options, namespace: lab.namespace, card });
        expect(ended).toBe('exit');
        expect(lines[3]).toMatch(
          /^osdkit-sample: loaded from PciRoot.*Uri\(http:.*CDROM\(.*\) \\EFI\\BOOT\\BOOTX64\.EFI$/i,
        );
        expect(lines.slice(4)).toEqual([
          'osdkit-sample: boot device cdrom',
          ...linesOf(udf, UEFI_FILES),
          'osdkit-sample: done',
        ]);
        const asked = http.output().match(/^(?:GET|HEAD) .*$/gm);
        expect(asked).toEqual([`HEAD /${basename(iso)} 200`, `GET /${basename(iso)} 200`]);
      } finally {
        await lab.close();
      }
    });
  },
);
