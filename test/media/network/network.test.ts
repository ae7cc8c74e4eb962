/** What a boot image prepared for the network is: each role byte for byte, who can start from it, why others cannot. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { memorySource, readAll } from '../../../images/bytes/index.ts';
import { openWim } from '../../../images/wim/index.ts';
import {
  networkRoles,
  preparedDocument,
  preparedKey,
  readPrepared,
  versionPart,
  type NetworkRole,
} from '../../../media/network/index.ts';
import { mediaPath } from '../../../src/protocol/index.ts';
import { codeOf, program, signedProgram } from '../boot-image/winpe-image.ts';
import { planned, sampleWim, sha256, specOf, wimOf, written } from './preparing.ts';

/** Where each role lies in the image given; boot.wim is that image with our files appended, boot.iso is made. */
const places: Partial<Record<NetworkRole, string>> = {
  'boot.sdi': 'Windows/Boot/DVD/EFI/boot.sdi',
  'bootmgfw.efi': 'Windows/Boot/EFI/bootmgfw.efi',
  'bootmgr.exe': 'Windows/Boot/PXE/bootmgr.exe',
  'pxeboot.n12': 'Windows/Boot/PXE/pxeboot.n12',
  'pxeboot.com': 'Windows/Boot/PXE/pxeboot.com',
  'abortpxe.com': 'Windows/Boot/PXE/abortpxe.com',
};

describe('a prepared boot image', () => {
  it.each(['x64', 'arm64'] as const)('%s: every role is the file of the image, byte for byte', async (architecture) => {
    const wim = await sampleWim(architecture);
    const { prepared, bytes, folder } = await written(await specOf(wim));
    const image = await (await openWim(memorySource(wim))).image(1);
    for (const role of networkRoles) {
      const slice = prepared.roles[role];
      const place = places[role];
      const original = place === undefined ? undefined : image.file(place);
      if (place !== undefined) expect(slice === undefined, role).toBe(original === undefined);
      if (!slice) continue;
      expect(sha256(bytes(slice)), role).toBe(slice.sha256);
      if (original) expect(Buffer.compare(bytes(slice), await readAll(original)), role).toBe(0);
    }
    expect(Object.keys(prepared.roles)).toHaveLength(architecture === 'x64' ? 8 : 4);
    const bios = architecture === 'x64';
    expect(prepared.starts).toEqual({ uefi: true, uefiHttp: true, bios, biosDisc: bios, ipxe: true });
    expect(prepared.image.architecture).toBe(architecture);
    for (const { name, size, sha256: digest } of prepared.files) {
      const file = readFileSync(join(folder, name));
      expect([file.length, sha256(file)], name).toEqual([size, digest]);
    }
  });

  it('boot.wim is the image with the bootstrap inside, and no policy', async () => {
    const bootstrap = Buffer.from(
      '{"bootImage":{"id":"ABC00001","name":"PE"},"kind":"bootstrap","osdkit":1,"servers":[],"site":{"code":"ABC","name":"T","signing":null},"unattended":false,"unknownComputers":true,"variables":{}}',
    );
    const { prepared, bytes } = await written(await specOf(await sampleWim('x64'), { bootstrap }));
    const image = await (await openWim(memorySource(bytes(prepared.roles['boot.wim'])))).image(1);
    const file = image.file(mediaPath.bootstrap);
    expect(file && Buffer.from(await readAll(file)).toString()).toBe(bootstrap.toString());
    expect(image.file(mediaPath.policy)).toBeUndefined();
    expect(image.file('Windows/System32/startnet.cmd')).toBeDefined();
  });

  it('is the same bytes from the same inputs', async () => {
    const spec = await specOf(await sampleWim('x64'));
    const [a, b] = [await written(spec), await written(spec)];
    expect(a.prepared).toEqual(b.prepared);
    expect(readFileSync(join(a.folder, preparedDocument))).toEqual(readFileSync(join(b.folder, preparedDocument)));
  });

  it('serves fonts, boot.stl and policies by their paths on a medium', async () => {
    const wim = await wimOf({ 'Windows/Boot/EFI/SiPolicy.p7b': 'policy' });
    const { prepared, bytes } = await written(await specOf(wim));
    const texts = prepared.beside.map(({ path, ...slice }) => [path, Buffer.from(bytes(slice)).toString()]);
    expect(Object.fromEntries(texts)).toEqual({
      'boot/fonts/segmono_boot.ttf': 'segmono',
      'boot/fonts/wgl4_boot.ttf': 'wgl4',
      'efi/microsoft/boot/boot.stl': 'revoked',
      'efi/microsoft/boot/fonts/segmono_boot.ttf': 'segmono',
      'efi/microsoft/boot/fonts/wgl4_boot.ttf': 'wgl4',
      'efi/microsoft/boot/sipolicy.p7b': 'policy',
    });
  });
});

describe('the loader', () => {
  const both = {
    'Windows/Boot/EFI/bootmgfw.efi': signedProgram('Microsoft Windows Production PCA 2011'),
    'Windows/Boot/EFI_EX/bootmgfw_EX.efi': signedProgram('Windows UEFI CA 2023'),
  };
  it.each([
    ['newest', '2023', both],
    ['2011', '2011', both],
    ['2023', '2023', both],
    ['newest', '2011', { 'Windows/Boot/EFI/bootmgfw.efi': both['Windows/Boot/EFI/bootmgfw.efi'] }],
    // The certificate counts, not the folder.
    ['newest', '2023', { 'Windows/Boot/EFI/bootmgfw.efi': both['Windows/Boot/EFI_EX/bootmgfw_EX.efi'] }],
  ] as const)('%s: that of %s', async (signingAuthority, expected, files) => {
    const { loader, medium } = await planned(files, { signingAuthority });
    expect(loader?.signingCa).toBe(expected);
    const wanted = Object.values(files).find((bytes) =>
      Buffer.from(bytes).includes(expected === '2023' ? 'UEFI CA 2023' : 'PCA 2011'),
    );
    const chosen = medium.layout.files.find(({ path }) => path === 'EFI/BOOT/BOOTX64.EFI');
    expect(chosen && Buffer.compare(await readAll(chosen.file.content), wanted as Uint8Array)).toBe(0);
  });

  it('of a CA that the image does not have is refused', async () => {
    expect(await codeOf(planned({}, { signingAuthority: '2023' }))).toBe('BOOT_IMAGE_SIGNING_CA');
  });
});

describe('what an image lacks', () => {
  const without = async (...paths: string[]) => {
    const { starts, problems } = await planned(Object.fromEntries(paths.map((path) => [path, undefined])));
    return { starts, told: problems.filter(({ code }) => code.startsWith('NETWORK_BOOT_')) };
  };

  it('nothing', async () => {
    expect(await without()).toEqual({
      starts: { uefi: true, uefiHttp: true, bios: true, biosDisc: true, ipxe: true },
      told: [],
    });
  });

  it('PXE programs: BIOS cannot start, UEFI can', async () => {
    const { starts, told } = await without('Windows/Boot/PXE/pxeboot.n12', 'Windows/Boot/PXE/bootmgr.exe');
    expect(starts).toEqual({ uefi: true, uefiHttp: true, bios: false, biosDisc: true, ipxe: true });
    expect(told.map(({ code, message }) => [code, message])).toEqual([
      [
        'NETWORK_BOOT_NO_BIOS',
        'boot.wim: BIOS computers cannot start from it, Windows\\Boot\\PXE\\pxeboot.n12 and Windows\\Boot\\PXE\\bootmgr.exe are missing; ' +
          'UEFI computers can, by PXE and by HTTP Boot; BIOS computers with iPXE can, by HTTP',
      ],
    ]);
  });

  it('boot.stl: a hint that can be followed here', async () => {
    const { problems } = await planned({ 'Windows/Boot/EFI/boot.stl': undefined });
    const told = problems.find(({ code }) => code === 'BOOT_IMAGE_NO_BOOT_STL');
    expect(told?.hint).toContain('osdkit image update');
    expect(problems.filter(({ hint }) => hint?.includes('--boot-files'))).toEqual([]);
  });

  it('winload.exe: BIOS would stop after boot.wim was read', async () => {
    const { starts, told } = await without('Windows/System32/boot/winload.exe');
    expect(starts.bios).toBe(false);
    expect(told[0]?.message).toContain('winload.exe is missing');
  });

  it('winload.efi: UEFI cannot start, BIOS can', async () => {
    const { starts, told } = await without('Windows/System32/boot/winload.efi');
    expect(starts).toEqual({ uefi: false, uefiHttp: false, bios: true, biosDisc: true, ipxe: true });
    expect(told.map(({ code }) => code)).toEqual(['NETWORK_BOOT_NO_UEFI']);
  });

  const loader = 'Windows/Boot/EFI/bootmgfw.efi';
  const pxe = ['Windows/Boot/PXE/pxeboot.n12', 'Windows/Boot/PXE/bootmgr.exe'];

  it('the UEFI boot manager: UEFI cannot start, BIOS can', async () => {
    const { starts, told } = await without(loader);
    expect(starts).toEqual({ uefi: false, uefiHttp: false, bios: true, biosDisc: true, ipxe: true });
    expect(told.map(({ code, message }) => [code, message])).toEqual([
      [
        'NETWORK_BOOT_NO_UEFI',
        'boot.wim: UEFI computers cannot start from it, Windows\\Boot\\EFI\\bootmgfw.efi is missing; BIOS computers can, by PXE',
      ],
    ]);
    expect(told[0]?.hint).toContain('osdkit image update');
  });

  it('the UEFI boot manager, and all that only UEFI reads: what is made has everything for BIOS, byte for byte', async () => {
    const files = {
      [loader]: undefined,
      'Windows/Boot/EFI/boot.stl': undefined,
      'Windows/Boot/PCAT/bootmgr': undefined,
    };
    const wim = await wimOf(files);
    const { prepared, bytes } = await written(await specOf(wim, { signingAuthority: '2023' }));
    expect(prepared.loader).toBeNull();
    expect(Object.keys(prepared.roles).sort()).toEqual([
      'boot.iso',
      'boot.sdi',
      'boot.wim',
      'bootmgr.exe',
      'pxeboot.n12',
    ]);
    const image = await (await openWim(memorySource(wim))).image(1);
    for (const role of ['boot.sdi', 'bootmgr.exe', 'pxeboot.n12'] as const) {
      const original = image.file(places[role] ?? '');
      expect(original && Buffer.compare(bytes(prepared.roles[role]), await readAll(original)), role).toBe(0);
    }
    const served = await (await openWim(memorySource(bytes(prepared.roles['boot.wim'])))).image(1);
    expect(served.file('Windows/System32/boot/winload.exe')).toBeDefined();
    // It has no use for what is said of discs and UEFI.
    expect(prepared.problems.map(({ code }) => code)).toEqual(['NETWORK_BOOT_NO_UEFI']);
    expect(prepared.starts).toEqual({ uefi: false, uefiHttp: false, bios: true, biosDisc: false, ipxe: true });
  });

  it('the UEFI boot manager and PXE programs: the disc is left, for iPXE', async () => {
    const { starts, told } = await without(loader, ...pxe);
    expect(starts).toEqual({ uefi: false, uefiHttp: false, bios: false, biosDisc: true, ipxe: true });
    for (const { message } of told) expect(message).toMatch(/missing; BIOS computers with iPXE can, by HTTP$/);
    expect(told).toHaveLength(2);
  });

  it.each([
    [
      'x64',
      [loader, ...pxe, 'Windows/Boot/PCAT/bootmgr'],
      /for UEFI .*bootmgfw\.efi is missing; for BIOS .*n12 and .*exe are/,
    ],
    [
      'x64',
      [loader, 'Windows/System32/boot/winload.exe'],
      /bootmgfw\.efi is missing; for BIOS .*winload\.exe is missing$/,
    ],
    [
      'x64',
      ['Windows/System32/boot/winload.exe', 'Windows/System32/boot/winload.efi'],
      /for UEFI .*winload\.efi is missing; for BIOS .*winload\.exe is missing$/,
    ],
    ['arm64', [loader], /by the network: Windows\\Boot\\EFI\\bootmgfw\.efi is missing$/],
  ] as const)('%s without %j: refused with one error that names all', async (machine, paths, message) => {
    const work = planned(Object.fromEntries(paths.map((path) => [path, undefined])), {}, machine);
    await expect(work).rejects.toMatchObject({
      code: 'NETWORK_BOOT_NOTHING',
      message: expect.stringMatching(message),
      hint: expect.stringContaining('osdkit image update'),
    });
  });

  it('is not said of a loader that is damaged: that is its own error', async () => {
    expect(await codeOf(planned({ [loader]: 'MZ no program' }))).toBe('BOOT_IMAGE_LOADER');
  });

  it('BIOS programs of arm64 are not missed', async () => {
    const { starts, problems } = await planned({ 'Windows/Boot/EFI/bootmgfw.efi': program('arm64') }, {}, 'arm64');
    expect(starts.bios).toBe(false);
    expect(problems.filter(({ code }) => code === 'NETWORK_BOOT_NO_BIOS')).toEqual([]);
  });

  it.each([[[]], [[loader]], [[loader, ...pxe]]])('boot.sdi and %j: nothing can be served, by name', async (more) => {
    const files = ['Windows/Boot/DVD/EFI/boot.sdi', ...more].map((path) => [path, undefined]);
    expect(await codeOf(planned(Object.fromEntries(files)))).toBe('BOOT_IMAGE_NO_BOOT_SDI');
  });
});

describe('the key', () => {
  const spec = { sha256: 'a'.repeat(64), signingAuthority: 'newest' } as const;
  it('is another one for each thing that decides', () => {
    const keys = [
      spec,
      { ...spec, sha256: 'b'.repeat(64) },
      { ...spec, index: 1 },
      { ...spec, signingAuthority: '2011' as const },
      { ...spec, bootstrap: Uint8Array.of(1) },
      { ...spec, bootstrap: Uint8Array.of(2) },
    ].map(preparedKey);
    expect(new Set(keys).size).toBe(keys.length);
    expect(preparedKey({ ...spec })).toBe(keys[0]);
    expect(versionPart(keys[0] as string)).toMatch(/^[0-9a-f]{8}$/);
  });
});

describe('prepared.json', () => {
  const read = (text: string) => () => readPrepared(Buffer.from(text), 'x/prepared.json');
  it('is refused when it is none, of another version, or leads out of its files', async () => {
    const { folder } = await written(await specOf(await sampleWim('arm64')));
    const text = readFileSync(join(folder, preparedDocument), 'utf8');
    expect(read(text)).not.toThrow();
    const changed = (change: (value: Record<string, never>) => unknown) => JSON.stringify(change(JSON.parse(text)));
    for (const bad of [
      '',
      '{}',
      `${text}x`,
      changed((value) => ({ ...value, osdkit: 2 })),
      changed((value) => ({ ...value, more: 1 })),
      text.replaceAll('"boot.iso"', '"../boot.iso"'),
      text.replace(/"offset":\d+/, '"offset":999999999999'),
      text.replace(/"offset":\d+/, '"offset":-1'),
      text.replace(/"size":\d+/, '"size":1e300'),
    ]) {
      expect(read(bad), bad.slice(0, 60)).toThrow(expect.objectContaining({ code: 'NETWORK_BOOT_DOCUMENT' }));
    }
  });
});
