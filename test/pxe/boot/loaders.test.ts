/** PXE-09: each cell of the table in behaviours.md, by what a client with all files and with few gets. */
import { describe, expect, test } from 'vitest';
import { type BootFile, chooseLoader, type Firmware, type Purpose } from '../../../pxe/boot/index.ts';
import { choice, everyFile, menu } from './samples.ts';

const only = (...names: BootFile[]) => Object.fromEntries(names.map((name) => [name, everyFile[name]]));
const outcome = (...args: Parameters<typeof chooseLoader>) => {
  const found = chooseLoader(...args);
  return found.kind === 'silence' ? `silence: ${found.reason}` : `${found.kind}: ${found.file}`;
};

describe('PXE-09', () => {
  test.each<[Firmware, Purpose, string]>([
    ['bios', 'required', 'boot: Boot\\pxeboot.n12'],
    ['bios', 'available', 'boot: Boot\\pxeboot.com'],
    ['bios', 'none', 'silence: nothingDeployed'],
    ['uefi', 'required', 'boot: Boot\\bootmgfw.efi'],
    ['uefi', 'available', 'silence: needsStart'],
    ['uefi', 'none', 'silence: nothingDeployed'],
    ['uefiHttp', 'required', 'boot: http://10.77.0.1/image.iso'],
    ['uefiHttp', 'available', 'silence: needsStart'],
    ['uefiHttp', 'none', 'silence: nothingDeployed'],
    ['ipxe', 'required', 'boot: http://10.77.0.1/boot.ipxe'],
    ['ipxe', 'available', 'boot: http://10.77.0.1/prompt.ipxe'],
    ['ipxe', 'none', 'boot: http://10.77.0.1/exit.ipxe'],
  ])('%s, %s: %s', (firmware, purpose, wanted) => expect(outcome(firmware, choice({ purpose }))).toBe(wanted));

  test('settings: fast return, menu, loader over HTTP', () => {
    expect(outcome('bios', choice({ purpose: 'none', fastReturn: true }))).toBe('boot: Boot\\abortpxe.com');
    expect(outcome('uefi', choice({ purpose: 'available', menu }))).toBe('menu: Boot\\bootmgfw.efi');
    expect(outcome('uefi', choice({ menu }))).toBe('boot: Boot\\bootmgfw.efi');
    expect(outcome('uefiHttp', choice({ preferLoaderUrl: true }))).toBe('boot: http://10.77.0.1/bootmgfw.efi');
    expect(outcome('uefiHttp', choice({ purpose: 'available', preferLoaderUrl: true }))).toBe('silence: needsStart');
  });

  test('BIOS without network boot files: iPXE where there is one, else named as not servable', () => {
    for (const purpose of ['required', 'available'] as const) {
      expect(outcome('bios', choice({ purpose, files: only('ipxe', 'bootmgfw.efi') }))).toBe('boot: undionly.kpxe');
      expect(outcome('bios', choice({ purpose, files: only('bootmgfw.efi') }))).toBe('silence: notServable');
    }
    expect(outcome('bios', choice({ purpose: 'none', fastReturn: true, files: {} }))).toBe('silence: nothingDeployed');
  });

  test('what is available never starts by the file that asks nobody', () => {
    expect(outcome('bios', choice({ purpose: 'available', files: only('pxeboot.n12') }))).toBe('silence: notServable');
    expect(outcome('ipxe', choice({ purpose: 'available', files: only('bootScript') }))).toBe('silence: notServable');
  });

  test.each<Firmware>(['bios', 'uefi', 'uefiHttp', 'ipxe'])('%s without any file is told so', (firmware) => {
    expect(outcome(firmware, choice({ files: {} }))).toBe('silence: notServable');
  });
});
