/** One boot image for everybody: PXE-09, its column of required deployments, and who is told that the image is not for it. */
import { describe, expect, test } from 'vitest';
import { ARCHITECTURES, type BootClient, type BootFile, chooseLoader } from '../../../../pxe/boot/index.ts';
import type { PublishedImage, PublishedImages } from '../../../../src/app/network-boot/decide-types.ts';
import { runsOn, singleDecider, singleImage } from '../../../../src/app/network-boot/serve-single.ts';

const all: Readonly<Partial<Record<BootFile, string>>> = {
  'pxeboot.n12': 'pxeboot.n12',
  'pxeboot.com': 'pxeboot.com',
  'bootmgfw.efi': 'bootmgfw.efi',
  imageUrl: 'http://10.0.0.1/boot.iso',
  bootScript: 'http://10.0.0.1/boot.ipxe',
  promptScript: 'http://10.0.0.1/prompt.ipxe',
  exitScript: 'http://10.0.0.1/exit.ipxe',
};

function client(firmware: BootClient['firmware'], code: number): BootClient {
  const architecture = ARCHITECTURES.find((one) => one.code === code);
  if (architecture === undefined) throw new Error(`architecture ${code}`);
  return {
    firmware,
    architecture,
    mac: '52:54:00:12:34:56',
    guid: null,
    vendorClass: firmware === 'uefiHttp' ? 'HTTPClient' : 'PXEClient',
    ipxeHttp: firmware === 'ipxe',
    maximumReply: 1472,
    quirks: [],
  };
}

function images(architecture: PublishedImage['architecture'], files = all): PublishedImages {
  const image: PublishedImage = {
    bootImage: singleImage,
    name: 'boot.wim',
    version: '3f2a91cc',
    architecture,
    filesFor: () => files,
    whyNot: () => undefined,
  };
  return {
    find: (id) => (id === singleImage ? image : 'not there'),
    common: () => ({ exitScript: 'exit.ipxe' }),
  };
}

const boots = async (who: BootClient, of: PublishedImages): Promise<string> => {
  const choice = await singleDecider(of).decide(who, '10.0.0.1');
  const loader = chooseLoader(who.firmware, choice);
  return loader.kind === 'silence' ? `${loader.reason}: ${choice.why.text}` : loader.file;
};

test.each([
  ['bios', 0, 'pxeboot.n12'],
  ['uefi', 7, 'bootmgfw.efi'],
  ['uefi', 9, 'bootmgfw.efi'],
  ['uefiHttp', 16, 'http://10.0.0.1/boot.iso'],
  ['ipxe', 0, 'http://10.0.0.1/boot.ipxe'],
  ['ipxe', 7, 'http://10.0.0.1/boot.ipxe'],
] as const)('PXE-09 %s of architecture %d boots %s without a key', async (firmware, code, file) => {
  expect(await boots(client(firmware, code), images('x64'))).toBe(file);
});

describe('a computer that the image is not for', () => {
  test('is told why, and goes on to its next boot device', async () => {
    expect(await boots(client('uefi', 11), images('x64'))).toMatch(
      /^nothingDeployed: the boot image is for x64, the computer says UEFI ARM64$/,
    );
    expect(await boots(client('bios', 0), images('arm64'))).toContain('the boot image is for arm64');
    expect(await boots(client('ipxe', 11), images('x64'))).toBe('exit.ipxe');
  });

  test('is one whose program would not run there', () => {
    expect(runsOn('x86', client('bios', 0))).toBe(true);
    expect(runsOn('x64', client('bios', 0))).toBe(true);
    expect(runsOn('x86', client('uefi', 7))).toBe(false);
    expect(runsOn('x86', client('uefi', 6))).toBe(true);
  });

  test('without the files for its firmware says so', async () => {
    const { 'pxeboot.n12': _n12, 'pxeboot.com': _com, ...efi } = all;
    expect(await boots(client('bios', 0), images('x64', efi))).toMatch(/^notServable/);
    const { 'pxeboot.n12': n12 = '', exitScript = '' } = all;
    const bios = images('x64', { 'pxeboot.n12': n12, exitScript });
    for (const [firmware, code] of [
      ['uefi', 7],
      ['uefiHttp', 16],
      ['ipxe', 7],
    ] as const) {
      expect(await boots(client(firmware, code), bios), firmware).toMatch(/^notServable/);
    }
    expect(await boots(client('bios', 0), bios)).toBe('pxeboot.n12');
  });
});
