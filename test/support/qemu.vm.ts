/** The VM runner itself, without any image of ours: a BIOS program of a few bytes, and firmware that finds nothing. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { HELLO_TOOLS, helloImages } from './hello-efi.ts';
import { writePrintingDisk } from './printing-disk.ts';
import { bootVm, VM_TOOLS } from './qemu.ts';
import { describeWithTools, run, scratch } from './tools.ts';

describeWithTools(VM_TOOLS.seabios, 'SeaBIOS', () => {
  test('gives the lines of a boot sector and the end by power-off', async () => {
    const path = join(scratch(), 'disk.img');
    writePrintingDisk(path, 'osdkit-sample: hello');
    const result = await bootVm({
      firmware: 'seabios',
      medium: { kind: 'usb', path },
      until: /never printed/,
      timeoutMs: 20_000,
    });
    expect(result.lines).toEqual(['osdkit-sample: hello']);
    expect(result.ended).toBe('exit');
  });

  test('fails with the output when the text does not come, and leaves no VM', async () => {
    const path = join(scratch(), 'empty.img');
    writeFileSync(path, new Uint8Array(1 << 20));
    const booted = bootVm({
      firmware: 'seabios',
      medium: { kind: 'usb', path },
      until: /never printed/,
      timeoutMs: 2000,
    });
    await expect(booted).rejects.toThrow(/did not print .never printed. within 2000 ms[^]*not a bootable disk/);
    const { stdout } = await run('ps', ['-eo', 'args']);
    expect(stdout).not.toContain(path);
  });
});

describe.each(['ovmf', 'aavmf'] as const)('UEFI, %s', (firmware) => {
  describeWithTools([...VM_TOOLS[firmware], ...HELLO_TOOLS], 'on media made by other tools', () => {
    test('starts a loader from CD and from stick', async () => {
      const { iso, fat } = await helloImages(firmware, scratch());
      for (const medium of [
        { kind: 'cd', path: iso },
        { kind: 'usb', path: fat },
        { kind: 'disk', path: fat },
      ] as const) {
        const result = await bootVm({ firmware, medium, until: /never printed/, timeoutMs: 60_000 });
        expect(result, medium.kind).toMatchObject({ lines: ['osdkit-sample: hello'], ended: 'exit' });
      }
    });

    test('says so when a medium holds no loader', async () => {
      const path = join(scratch(), 'empty.img');
      writeFileSync(path, new Uint8Array(1 << 20));
      const result = await bootVm({
        firmware,
        medium: { kind: 'cd', path },
        until: /failed to load Boot0001.*Not Found/,
      });
      expect(result.lines).toEqual([]);
    });
  });
});
