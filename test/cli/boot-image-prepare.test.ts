/** `osdkit boot-image prepare`: of a file and of a site; what is lacking is said; mistakes have their exit codes. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { BootWhy, PreparedBootImage } from '../../src/app/index.ts';
import { sampleWim, wimOf } from '../media/network/preparing.ts';
import { networkSite } from '../src/app/network-boot/network-site.ts';
import { scratch } from '../support/scratch.ts';
import { osdkitInProcess } from './in-process.ts';

async function json(...args: readonly string[]): Promise<PreparedBootImage> {
  const { code, stdout, stderr } = await osdkitInProcess(['boot-image', 'prepare', ...args, '--json']);
  expect([code, stderr]).toEqual([0, '']);
  return JSON.parse(stdout) as PreparedBootImage;
}

describe('osdkit boot-image prepare', () => {
  it('prepares a WIM file once, and shows what it serves', async () => {
    const folder = scratch();
    const wim = join(folder, 'pe.wim');
    writeFileSync(wim, await sampleWim('x64'));
    const output = join(folder, 'out');
    const first = await json(wim, '--output', output);
    expect(first.made).toBe(true);
    expect(first.folder).toBe(join(output, first.prepared.key));
    expect(existsSync(join(first.folder, 'boot.iso'))).toBe(true);
    const { code, stdout } = await osdkitInProcess(['boot-image', 'prepare', wim, '--output', output, '--verify']);
    expect(code).toBe(0);
    expect(stdout).toContain('was ready in');
    for (const line of [
      /UEFI PXE +yes/,
      /BIOS PXE +yes/,
      /boot\.wim +\S+ \S+ +boot\.iso at \d+/,
      /bootmgr\.exe +146 KiB/,
    ]) {
      expect(stdout).toMatch(line);
    }
  });

  it('says what BIOS lacks, and goes on', async () => {
    const folder = scratch();
    const wim = join(folder, 'pe.wim');
    writeFileSync(wim, await wimOf({ 'Windows/Boot/PXE/bootmgr.exe': undefined }));
    const { code, stdout } = await osdkitInProcess(['boot-image', 'prepare', wim, '--output', folder]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/BIOS PXE +no/);
    expect(stdout).toContain('bootmgr.exe is missing; UEFI computers can');
  });

  it('says what UEFI lacks, and prepares what BIOS needs', async () => {
    const folder = scratch();
    const wim = join(folder, 'pe.wim');
    writeFileSync(wim, await wimOf({ 'Windows/Boot/EFI/bootmgfw.efi': undefined }));
    const { code, stdout } = await osdkitInProcess(['boot-image', 'prepare', wim, '--output', folder]);
    expect(code).toBe(0);
    for (const line of [
      /UEFI PXE +no/,
      /UEFI HTTP +no/,
      /BIOS PXE +yes/,
      /iPXE +of BIOS only/,
      /pxeboot\.n12 +3 bytes/,
    ]) {
      expect(stdout).toMatch(line);
    }
    expect(stdout).toContain('bootmgfw.efi is missing; BIOS computers can, by PXE');
    expect(stdout).toContain('osdkit image update');
    expect(stdout).not.toContain('Secure Boot');
    const { prepared } = await json(wim, '--output', folder);
    expect([prepared.loader, prepared.starts.bios, prepared.starts.uefi]).toEqual([null, true, false]);
  });

  it('refuses an image that no firmware can start from: one error that names all that lacks', async () => {
    const folder = scratch();
    const wim = join(folder, 'pe.wim');
    const lacking = ['EFI/bootmgfw.efi', 'PXE/pxeboot.n12', 'PCAT/bootmgr'].map((path) => [
      `Windows/Boot/${path}`,
      undefined,
    ]);
    writeFileSync(wim, await wimOf(Object.fromEntries(lacking)));
    const { code, stderr } = await osdkitInProcess(['boot-image', 'prepare', wim, '--output', join(folder, 'out')]);
    expect(code).toBe(2);
    expect(stderr.match(/NETWORK_BOOT_\w+/g)).toEqual(['NETWORK_BOOT_NOTHING']);
    expect(stderr).toMatch(/for UEFI .*bootmgfw\.efi is missing; for BIOS .*pxeboot\.n12 is missing/);
    expect(existsSync(join(folder, 'out'))).toBe(false);
  });

  it('of a site without UEFI files: osdkit pxe why names what lacks for each firmware, and BIOS gets its program', async () => {
    const site = await networkSite({ size: 200_000 });
    site.replaceWim(await wimOf({ 'Windows/Boot/EFI/bootmgfw.efi': undefined }));
    await json('pe-x64', '--site', site.folder);
    const { code, stdout } = await osdkitInProcess(['pxe', 'why', 'PC1', '--site', site.folder, '--json']);
    expect(code).toBe(0);
    const why = JSON.parse(stdout) as BootWhy;
    const lacks = expect.stringMatching(/bootmgfw\.efi is missing; BIOS computers can, by PXE\. .*osdkit image update/);
    expect(Object.fromEntries(why.loaders.map(({ firmware, file, silence }) => [firmware, file ?? silence]))).toEqual({
      uefi: lacks,
      bios: 'pxeboot.n12',
      uefiHttp: lacks,
      ipxe: lacks,
    });
    const text = await osdkitInProcess(['pxe', 'why', 'PC1', '--site', site.folder]);
    expect(text.stdout).toMatch(/UEFI PXE +UEFI x64 +nothing: .*bootmgfw\.efi is missing/);
  });

  it('of a site goes into its state folder, as its point says', async () => {
    const site = await networkSite({ size: 200_000, pxe: '  signingAuthority: 2011\n' });
    const first = await json('pe-x64', '--site', site.folder);
    expect(first.folder.startsWith(join(site.folder, 'state', 'network-boot'))).toBe(true);
    const point = await json('ABC00001', '--site', site.folder, '--point', 'DP1');
    expect(point).toEqual({ ...first, made: false });
    const other = await json('pe-x64', '--site', site.folder, '--signing-ca', 'newest');
    expect(other.prepared.key).not.toBe(first.prepared.key);
  });

  it.each([
    [['no-such.wim'], 2, 'CORE_FILE_NOT_FOUND'],
    [['pe-x64', '--site', 'no-such'], 2, 'STORE_NO_SITE'],
    [['x.wim', '--signing-ca', '2024'], 2, 'APP_OPTION'],
  ])('%j is told with code %i', async (args, expected, says) => {
    const { code, stderr } = await osdkitInProcess(['boot-image', 'prepare', ...args]);
    expect(code).toBe(expected);
    expect(stderr).toContain(says);
  });
});
