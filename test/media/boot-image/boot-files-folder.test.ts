import { describe, expect, test } from 'vitest';
import { bootImageCode as code } from '../../../media/boot-image/index.ts';
import { bootmgr, bootSdi, codeOf, codes, program, select, targets, textAt, tree, type Files } from './winpe-image.ts';

describe('--boot-files', () => {
  const none: Files = {
    'Windows/Boot/EFI/bootmgfw.efi': undefined,
    'Windows/Boot/EFI/boot.stl': undefined,
    'Windows/Boot/DVD/EFI/boot.sdi': undefined,
    'Windows/Boot/PCAT/bootmgr': undefined,
    'Windows/Boot/Fonts/wgl4_boot.ttf': undefined,
    'Windows/Boot/Fonts/segmono_boot.ttf': undefined,
  };
  const given = (files: Files) => ({ bootFiles: tree(files) });
  const newer = program('x64', 10, 27000);

  const layouts: [string, Files, string][] = [
    [
      'a medium',
      {
        'EFI/Boot/bootx64.efi': newer,
        'Boot/boot.sdi': bootSdi(),
        'boot/fonts/wgl4_boot.ttf': 'given',
        'efi/microsoft/boot/boot.stl': 'given',
        bootmgr: bootmgr(),
        'sources/boot.wim': 'ignored',
      },
      'unknown',
    ],
    [
      "copype's folder",
      {
        'media/EFI/Boot/bootx64.efi': newer,
        'media/Boot/boot.sdi': bootSdi(),
        'media/EFI/Microsoft/Boot/Fonts/wgl4_boot.ttf': 'given',
        'media/EFI/Microsoft/Boot/boot.stl': 'given',
        'media/bootmgr': bootmgr(),
      },
      'unknown',
    ],
    [
      'Windows\\Boot',
      {
        'EFI/bootmgfw.efi': newer,
        'EFI/boot.stl': 'given',
        'DVD/EFI/boot.sdi': bootSdi(),
        'Fonts/wgl4_boot.ttf': 'given',
        'PCAT/bootmgr': bootmgr(),
      },
      '2011',
    ],
    [
      'a folder that holds Windows',
      {
        'Windows/Boot/EFI/bootmgfw.efi': newer,
        'Windows/Boot/EFI/boot.stl': 'given',
        'Windows/Boot/DVD/PCAT/boot.sdi': bootSdi(),
        'Windows/Boot/Fonts/wgl4_boot.ttf': 'given',
        'Windows/Boot/PCAT/bootmgr': bootmgr(),
      },
      '2011',
    ],
  ];
  test.each(layouts)('laid out as %s gives what the image lacks', async (_name, files, signingCa) => {
    const selection = await select(none, given(files));
    expect(targets(selection)).toEqual([
      'boot/boot.sdi',
      'boot/fonts/wgl4_boot.ttf',
      'bootmgr',
      'EFI/BOOT/BOOTX64.EFI',
      'EFI/Microsoft/Boot/boot.stl',
      'EFI/Microsoft/Boot/Fonts/wgl4_boot.ttf',
    ]);
    expect(selection.loader).toMatchObject({ signingCa, from: 'boot-files', version: '10.0.27000.1' });
    expect(selection.files.every(({ from }) => from === 'boot-files')).toBe(true);
    expect(codes(selection)).toEqual(signingCa === 'unknown' ? [code.BOOT_IMAGE_SIGNING_CA_UNKNOWN] : []);
    expect(await textAt(selection, 'EFI/Microsoft/Boot/boot.stl')).toBe('given');
  });

  test('comes before the image, file by file', async () => {
    const selection = await select({}, given({ 'EFI/Microsoft/Boot/boot.stl': 'given' }));
    expect(await textAt(selection, 'EFI/Microsoft/Boot/boot.stl')).toBe('given');
    expect(selection.loader.from).toBe('image');
    expect(selection.files.filter(({ from }) => from === 'boot-files').map(({ target }) => target)).toEqual([
      'EFI/Microsoft/Boot/boot.stl',
    ]);
  });

  test('flat, as the bootbins of copype, with both signing CAs', async () => {
    const files = { 'bootmgfw.efi': newer, 'bootmgfw_EX.efi': program('x64', 10, 28000) };
    expect((await select({}, given(files))).loader).toMatchObject({ signingCa: '2011', from: 'boot-files' });
    const wished = await select({}, { ...given(files), signingCa: '2023' });
    expect(wished.loader).toMatchObject({ signingCa: '2023', version: '10.0.28000.1' });
  });

  test('a loader of another architecture is refused', async () => {
    const work = select({}, given({ 'EFI/bootmgfw.efi': program('arm64') }));
    expect(await codeOf(work)).toBe(code.BOOT_IMAGE_LOADER);
  });

  test('a folder without any boot file is a mistake', async () => {
    expect(await codeOf(select({}, given({ 'readme.txt': 'x' })))).toBe(code.BOOT_IMAGE_BOOT_FILES);
    expect(await codeOf(select({}, given({ 'EFI/Boot/bootaa64.efi': newer })))).toBe(code.BOOT_IMAGE_BOOT_FILES);
  });
});
