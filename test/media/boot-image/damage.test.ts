import { describe, expect, test } from 'vitest';
import { bootImageCode as code, inspectBootImage, selectBootFiles } from '../../../media/boot-image/index.ts';
import { FormatError } from '../../../src/core/index.ts';
import { bootmgr, bootSdi, peWim, program, select } from './winpe-image.ts';

describe('damage', () => {
  const mangled = Uint8Array.from([0xc3, 0xa9, 0xc3, 0x95, 0x01, ...new Uint8Array(637_000)]);
  const jump = (...head: number[]) => Uint8Array.from([...head, ...new Uint8Array(1000)]);
  const sdi = (change: (bytes: Uint8Array) => Uint8Array) => change(bootSdi());
  test.each<[string, string, Uint8Array, string]>([
    ['bootmgr over 524,288 bytes', 'PCAT/bootmgr', bootmgr(524_289), code.BOOT_IMAGE_BOOTMGR_TOO_LARGE],
    ['bootmgr as UTF-8', 'PCAT/bootmgr', mangled, code.BOOT_IMAGE_BOOTMGR_MANGLED],
    ['bootmgr with U+FFFD', 'PCAT/bootmgr', jump(0xef, 0xbf, 0xbd), code.BOOT_IMAGE_BOOTMGR_MANGLED],
    ['bootmgr without a jump', 'PCAT/bootmgr', jump(0x4d, 0x5a), code.BOOT_IMAGE_BOOTMGR_NO_JUMP],
    ['an empty bootmgr', 'PCAT/bootmgr', new Uint8Array(), code.BOOT_IMAGE_BOOTMGR_NO_JUMP],
    ['a loader that is no program', 'EFI/bootmgfw.efi', jump(0), code.BOOT_IMAGE_LOADER],
    ['bootmgr.efi as loader', 'EFI/bootmgfw.efi', program('x64', 16), code.BOOT_IMAGE_LOADER],
    ['boot.sdi of zeros', 'DVD/EFI/boot.sdi', sdi((b) => b.fill(0)), code.BOOT_IMAGE_BOOT_SDI],
    ['boot.sdi cut short', 'DVD/EFI/boot.sdi', sdi((b) => b.subarray(0, 0x2100)), code.BOOT_IMAGE_BOOT_SDI],
    ['boot.sdi of 100 bytes', 'DVD/EFI/boot.sdi', sdi((b) => b.subarray(0, 100)), code.BOOT_IMAGE_BOOT_SDI],
    ['boot.sdi without volume', 'DVD/EFI/boot.sdi', sdi((b) => b.fill(0, 0x400, 0x404)), code.BOOT_IMAGE_BOOT_SDI],
  ])('%s is refused, and told by inspection', async (_what, path, bytes, expected) => {
    const files = { [`Windows/Boot/${path}`]: bytes };
    const inspected = await inspectBootImage(await peWim([{ files }]));
    const told = inspected.facts.problems.filter(({ severity }) => severity === 'error');
    expect(told.map((problem) => problem.code)).toEqual([expected]);
    const bios = path.startsWith('EFI');
    expect(inspected.facts.starts['bios-media']).toBe(bios);
    const error = await selectBootFiles(inspected).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(FormatError);
    expect(error).toMatchObject({ code: expected });
    expect((error as Error).message).toContain(`Windows/Boot/${path}`);
  });

  test.each([bootmgr(524_288), jump(0xeb), jump(0xe9)])('a whole bootmgr of any version passes', async (bytes) => {
    expect((await select({ 'Windows/Boot/PCAT/bootmgr': bytes })).bios).toBe(true);
  });
});
