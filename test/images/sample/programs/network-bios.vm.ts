/** BIOS network boot of the sample, in a namespace with dnsmasq as DHCP and TFTP server and iPXE as the card's PXE. */
import { expect, test } from 'vitest';
import { bootmgrExeStandIn, pxebootN12 } from '../../../../images/sample/programs/index.ts';
import { LAB_TOOLS, SERVER_ADDRESS } from '../../../support/netlab.ts';
import { VM_TOOLS } from '../../../support/qemu.ts';
import { describeWithTools } from '../../../support/tools.ts';
import { fileLine, type Files, MEDIA_TOOLS } from './foreign-media.ts';
import { inLab, startTftp } from './foreign-network.ts';
import { foreignStore, LOADER, text } from './foreign-store.ts';
import { goodFiles } from './good-media.ts';
import { hostFolder } from './host-program.ts';

const LOADER_PATH = '\\windows\\system32\\boot\\winload.exe';

async function bootBios(store: Uint8Array): Promise<{ lines: readonly string[]; files: Files }> {
  const files = await goodFiles();
  const served: Files = {
    'Boot/x/pxeboot.n12': pxebootN12(),
    'Boot/x/bootmgr.exe': bootmgrExeStandIn(),
    'Boot/BCD': store,
    'boot/boot.sdi': files['boot/boot.sdi'] ?? new Uint8Array(),
    'sources/boot.wim': files['sources/boot.wim'] ?? new Uint8Array(),
  };
  const root = hostFolder(served);
  const lines = await inLab('seabios', 'pxe', (lab) => startTftp(lab, root, 'Boot\\x\\pxeboot.n12'));
  return { lines, files: served };
}

const started = [
  'osdkit-sample: stand-in for pxeboot.n12, 1.0.0, BIOS',
  `osdkit-sample: boot file Boot\\x\\pxeboot.n12 server ${SERVER_ADDRESS}`,
  fileLine('Boot\\x\\bootmgr.exe', bootmgrExeStandIn()),
  'osdkit-sample: stand-in for bootmgr.exe, 1.0.0, BIOS',
  'osdkit-sample: firmware BIOS',
  'osdkit-sample: boot device pxe',
  `osdkit-sample: server ${SERVER_ADDRESS}`,
];

describeWithTools([...MEDIA_TOOLS, ...LAB_TOOLS, ...VM_TOOLS.seabios], 'PXE, BIOS', () => {
  test('bootmgr.exe from beside the boot file, \\Boot\\BCD, boot.sdi and boot.wim by the store', async () => {
    const store = await foreignStore(({ objects }) => {
      const loader = objects[LOADER];
      if (loader) loader.elements['12000002'] = text(LOADER_PATH);
    });
    const { lines, files } = await bootBios(store);
    expect(lines).toEqual([
      ...started,
      fileLine('\\Boot\\BCD', store),
      fileLine('\\boot\\boot.sdi', files['boot/boot.sdi'] ?? new Uint8Array()),
      fileLine('\\sources\\boot.wim', files['sources/boot.wim'] ?? new Uint8Array()),
      'osdkit-sample: done',
    ]);
  });

  test('a store for UEFI is refused', async () => {
    const store = await foreignStore();
    const { lines } = await bootBios(store);
    expect(lines).toEqual([
      ...started,
      fileLine('\\Boot\\BCD', store),
      'osdkit-sample: failed 0xc00000bb \\windows\\system32\\boot\\winload.efi not BIOS',
      'osdkit-sample: done',
    ]);
  });
});
