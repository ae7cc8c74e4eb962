import { describe, expect, test } from 'vitest';
import { bootFiles, bootImageCode as code, inspectBootImage } from '../../../media/boot-image/index.ts';
import { InputError } from '../../../src/core/index.ts';
import { bootSdi, codes, peWim, program, select, targets, textAt, type Files } from './winpe-image.ts';

/** What an image serviced with 2024-4B has besides. */
const serviced: Files = {
  'Windows/Boot/EFI_EX/bootmgfw_EX.efi': program('x64', 10, 28000),
  'Windows/Boot/EFI/winsipolicy.p7b': 'policy',
  'Windows/Boot/EFI/CIPolicies/Active/{a}.cip': 'active',
  'Windows/Boot/Fonts_EX/wgl4_boot_EX.ttf': 'wgl4 2023',
};

describe('places on the medium', () => {
  test('a whole x64 image', async () => {
    const selection = await select();
    expect(targets(selection)).toEqual([
      'boot/boot.sdi',
      'boot/fonts/segmono_boot.ttf',
      'boot/fonts/wgl4_boot.ttf',
      'bootmgr',
      'EFI/BOOT/BOOTX64.EFI',
      'EFI/Microsoft/Boot/boot.stl',
      'EFI/Microsoft/Boot/Fonts/segmono_boot.ttf',
      'EFI/Microsoft/Boot/Fonts/wgl4_boot.ttf',
    ]);
    expect(selection).toMatchObject({ bios: true, problems: [] });
    expect(selection.loader).toMatchObject({
      signingCa: '2011',
      from: 'image',
      path: 'Windows/Boot/EFI/bootmgfw.efi',
      target: 'EFI/BOOT/BOOTX64.EFI',
      version: '10.0.26100.1',
    });
    expect(selection.files.find(({ target }) => target === 'bootmgr')).toEqual({
      target: 'bootmgr',
      from: 'image',
      path: 'Windows/Boot/PCAT/bootmgr',
      size: 400_000,
    });
  });

  test.each([
    ['arm64', 'EFI/BOOT/BOOTAA64.EFI', false],
    ['x86', 'EFI/BOOT/BOOTIA32.EFI', true],
  ] as const)('%s has the loader %s', async (machine, target, bios) => {
    const selection = await select({}, {}, machine);
    expect(selection.loader.target).toBe(target);
    expect(targets(selection)).toContain(target);
    expect(selection.bios).toBe(bios);
    expect(targets(selection).includes('boot/fonts/wgl4_boot.ttf')).toBe(bios);
  });

  test('policies beside the loader go along', async () => {
    const selection = await select(serviced);
    expect(targets(selection)).toContain('EFI/Microsoft/Boot/winsipolicy.p7b');
    expect(targets(selection)).toContain('EFI/Microsoft/Boot/CIPolicies/Active/{a}.cip');
  });

  test('names in the image may have any case', async () => {
    const selection = await select({
      'Windows/Boot/EFI/boot.stl': undefined,
      'Windows/Boot/efi/BOOT.STL': 'other case',
    });
    expect(await textAt(selection, 'EFI/Microsoft/Boot/boot.stl')).toBe('other case');
  });

  test.each(['Windows/Boot/DVD/PCAT/boot.sdi', 'sms/boot/boot.sdi'])('boot.sdi may lie at %s', async (path) => {
    const selection = await select({ 'Windows/Boot/DVD/EFI/boot.sdi': undefined, [path]: bootSdi() });
    expect(selection.files.find(({ target }) => target === 'boot/boot.sdi')?.path).toBe(path);
  });
});

describe('signing CA', () => {
  test('2011 unless told; 2023 takes its own loader and fonts, under the ordinary names', async () => {
    expect((await select(serviced)).loader.signingCa).toBe('2011');
    const selection = await select(serviced, { signingCa: '2023' });
    expect(selection.loader).toMatchObject({
      signingCa: '2023',
      path: 'Windows/Boot/EFI_EX/bootmgfw_EX.efi',
      version: '10.0.28000.1',
    });
    expect(selection.loader.boots).toMatch(/^Not signed: with Secure Boot on no PC starts it\./);
    expect(await textAt(selection, 'EFI/Microsoft/Boot/Fonts/wgl4_boot.ttf')).toBe('wgl4 2023');
    expect(await textAt(selection, 'boot/fonts/wgl4_boot.ttf')).toBe('wgl4');
    expect(targets(selection)).not.toContain('EFI/Microsoft/Boot/bootmgfw_EX.efi');
  });

  test('2023 where only that is there', async () => {
    const selection = await select({ ...serviced, 'Windows/Boot/EFI/bootmgfw.efi': undefined });
    expect(selection.loader.signingCa).toBe('2023');
  });

  test('a wished one that is absent is refused and says what there is', async () => {
    const error = await select({}, { signingCa: '2023' }).catch((e: unknown) => e as InputError);
    expect(error).toMatchObject({ code: code.BOOT_IMAGE_SIGNING_CA });
    expect((error as InputError).message).toBe(
      '--signing-ca 2023: no boot manager of the CA of 2023, neither by certificate nor unsigned in Windows\\Boot\\EFI_EX; ' +
        'there is one of 2011',
    );
  });
});

describe('missing files', () => {
  const absent: [file: string, expected: string, severity: string, text: RegExp][] = [
    ['Windows/Boot/EFI/boot.stl', code.BOOT_IMAGE_NO_BOOT_STL, 'warning', /24H2/],
    ['Windows/Boot/PCAT/bootmgr', code.BOOT_IMAGE_NO_BOOTMGR, 'warning', /UEFI only/],
    ['Windows/System32/boot/winload.efi', code.BOOT_IMAGE_NO_WINLOAD_EFI, 'warning', /0xc000000f/],
    ['Windows/System32/boot/winload.exe', code.BOOT_IMAGE_NO_WINLOAD_EXE, 'warning', /0xc000000f/],
  ];
  test.each(absent)('%s is told by name', async (path, expected, severity, text) => {
    const selection = await select({ [path]: undefined });
    expect(codes(selection)).toEqual([expected]);
    expect(selection.problems[0]).toMatchObject({ severity, path });
    expect(selection.problems[0]?.message).toContain(path.replaceAll('/', '\\'));
    expect(selection.problems[0]?.message).toMatch(text);
  });

  test('fonts', async () => {
    const none = {
      'Windows/Boot/Fonts/wgl4_boot.ttf': undefined,
      'Windows/Boot/Fonts/segmono_boot.ttf': undefined,
    };
    expect(codes(await select(none))).toEqual([code.BOOT_IMAGE_NO_FONTS]);
  });

  test('without bootmgr there is no BIOS start, and nothing that only BIOS reads', async () => {
    const selection = await select({ 'Windows/Boot/PCAT/bootmgr': undefined });
    expect(selection.bios).toBe(false);
    expect(targets(selection).filter((path) => path.startsWith('boot/'))).toEqual(['boot/boot.sdi']);
  });

  test.each([
    ['Windows/Boot/EFI/bootmgfw.efi', code.BOOT_IMAGE_NO_BOOTMGFW],
    ['Windows/Boot/DVD/EFI/boot.sdi', code.BOOT_IMAGE_NO_BOOT_SDI],
  ])('%s is an error, with a way out', async (path, expected) => {
    const error = await select({ [path]: undefined }).catch((e: unknown) => e as InputError);
    expect(error).toBeInstanceOf(InputError);
    expect(error).toMatchObject({ code: expected });
    expect((error as InputError).message).toContain(path.replaceAll('/', '\\'));
    expect((error as InputError).hint).toContain('--boot-files');
  });

  test('network files are notes of the image and no matter of the medium', async () => {
    const files = { 'Windows/Boot/PXE/pxeboot.n12': undefined, 'Windows/Boot/PXE/bootmgr.exe': undefined };
    const { facts } = await inspectBootImage(await peWim([{ files }]));
    expect(facts.problems.map((problem) => `${problem.severity} ${problem.code}`)).toEqual([
      `note ${code.BOOT_IMAGE_NO_PXEBOOT}`,
      `note ${code.BOOT_IMAGE_NO_BOOTMGR_EXE}`,
    ]);
    expect(facts.starts).toMatchObject({ 'bios-media': true, 'bios-network': false });
    expect(codes(await select(files))).toEqual([]);
  });

  test('every row that has a code has one of its own', () => {
    const own = bootFiles.flatMap((row) => row.code ?? []);
    expect(new Set(own).size).toBe(own.length);
    expect(own).toHaveLength(9);
  });
});
