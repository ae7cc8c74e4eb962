/**
 * The boot programs in qemu, on media made by foreign tools with stores written by libhivex: every way to start, the
 * CRCs of what they read, and what they refuse. Short list: what needs real firmware; the rest is in stores.tools.ts and places.tools.ts.
 */
import { expect, test } from 'vitest';
import { bootmgrStandIn } from '../../../../images/sample/programs/index.ts';
import { bootVm, type Firmware, type Medium, VM_TOOLS } from '../../../support/qemu.ts';
import { describeWithTools } from '../../../support/tools.ts';
import { fileLine, foreignDisc, foreignStick, MEDIA_TOOLS } from './foreign-media.ts';
import { foreignStore } from './foreign-store.ts';
import { fileLines, goodFiles } from './good-media.ts';

async function boot(firmware: Firmware, medium: Medium, extra: readonly string[] = []): Promise<string[]> {
  const result = await bootVm({ firmware, medium, until: /never printed/, extra });
  expect(result.ended).toBe('exit');
  return result.lines;
}

describeWithTools([...MEDIA_TOOLS, ...VM_TOOLS.ovmf], 'x64 UEFI', () => {
  test('CD: whole disc by UDF', async () => {
    const files = await goodFiles();
    const lines = await boot('ovmf', { kind: 'cd', path: await foreignDisc(files) });
    expect(lines[0]).toBe('osdkit-sample: sample boot program 1.0.0 x64');
    expect(lines[1]).toMatch(/^osdkit-sample: firmware UEFI 2\.\d+ EDK II/);
    expect(lines[2]).toBe('osdkit-sample: Secure Boot off');
    expect(lines[3]).toMatch(/^osdkit-sample: loaded from PciRoot.*CDROM\(.*\) \\EFI\\BOOT\\BOOTX64\.EFI$/i);
    expect(lines[4]).toBe('osdkit-sample: boot device cdrom');
    expect(lines.slice(5)).toEqual(fileLines(files));
  });

  test('the same disc on a stick: whole medium through its El Torito volume', async () => {
    const files = await goodFiles();
    const lines = await boot('ovmf', { kind: 'usb', path: await foreignDisc(files) });
    expect(lines.slice(4)).toEqual(['osdkit-sample: boot device cdrom', ...fileLines(files)]);
  });

  test('CD without UDF: ISO 9660', async () => {
    const files = await goodFiles();
    const lines = await boot('ovmf', { kind: 'cd', path: await foreignDisc(files, { systems: ['-iso-level', '3'] }) });
    expect(lines.slice(4)).toEqual(['osdkit-sample: boot device cdrom', ...fileLines(files)]);
  });

  test('trap: a partition entry in the El Torito image makes it a partition, without a store', async () => {
    const lines = await boot('ovmf', { kind: 'cd', path: await foreignDisc(await goodFiles(), { mformat: true }) });
    expect(lines.slice(4)).toEqual([
      'osdkit-sample: boot device partition',
      'osdkit-sample: failed 0xc000000f \\EFI\\Microsoft\\Boot\\BCD',
      'osdkit-sample: done',
    ]);
  });

  for (const table of ['mbr', 'gpt'] as const) {
    test(`stick with ${table}: its FAT volume`, async () => {
      const files = await goodFiles();
      const lines = await boot('ovmf', { kind: 'usb', path: await foreignStick(files, table) });
      expect(lines.slice(4)).toEqual(['osdkit-sample: boot device partition', ...fileLines(files)]);
    });
  }

  test('stick with a hybrid MBR beside its GPT is refused', async () => {
    const files = await goodFiles();
    const lines = await boot('ovmf', { kind: 'usb', path: await foreignStick(files, 'hybrid') });
    expect(lines.slice(4)).toEqual([
      'osdkit-sample: boot device partition',
      'osdkit-sample: failed 0xc00000bb hybrid MBR beside a GPT',
      'osdkit-sample: done',
    ]);
  });

  test('a store without its root Description fails as the real one does', async () => {
    const files = await goodFiles();
    files['EFI/Microsoft/Boot/BCD'] = await foreignStore((store) => {
      store.description = false;
    });
    const lines = await boot('ovmf', { kind: 'usb', path: await foreignStick(files, 'mbr') });
    expect(lines.slice(5)).toEqual([
      fileLines(files)[0],
      'osdkit-sample: failed 0xc0000034 \\EFI\\Microsoft\\Boot\\BCD no key Description',
      'osdkit-sample: done',
    ]);
  });
});

describeWithTools([...MEDIA_TOOLS, ...VM_TOOLS.aavmf], 'arm64 UEFI', () => {
  test('CD and stick', async () => {
    const files = await goodFiles();
    const disc = await boot('aavmf', { kind: 'cd', path: await foreignDisc(files) });
    expect(disc[0]).toBe('osdkit-sample: sample boot program 1.0.0 arm64');
    expect(disc.slice(4)).toEqual(['osdkit-sample: boot device cdrom', ...fileLines(files)]);
    const stick = await boot('aavmf', { kind: 'usb', path: await foreignStick(files, 'mbr') });
    expect(stick.slice(4)).toEqual(['osdkit-sample: boot device partition', ...fileLines(files)]);
  });
});

describeWithTools([...MEDIA_TOOLS, ...VM_TOOLS.seabios], 'BIOS', () => {
  const expected = (drive: string) => [
    'osdkit-sample: stand-in for bootmgr, 1.0.0, BIOS',
    'osdkit-sample: firmware BIOS',
    `osdkit-sample: boot device drive ${drive}`,
    fileLine('\\bootmgr', bootmgrStandIn()),
    'osdkit-sample: done',
  ];
  test('our CD sector loads bootmgr', async () => {
    const lines = await boot('seabios', { kind: 'cd', path: await foreignDisc(await goodFiles(), { bios: true }) });
    expect(lines).toEqual(expected('e0'));
  });

  test('our MBR and FAT32 boot record load bootmgr', async () => {
    const lines = await boot('seabios', { kind: 'usb', path: await foreignStick(await goodFiles(), 'mbr') });
    expect(lines).toEqual(expected('80'));
  });

  test('with a screen of its own the serial port still carries each line once', async () => {
    const path = await foreignStick(await goodFiles(), 'mbr');
    const lines = await boot('seabios', { kind: 'usb', path }, ['-machine', 'graphics=on', '-device', 'VGA']);
    expect(lines).toEqual(expected('80'));
  });
});
