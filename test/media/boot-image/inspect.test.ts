import { describe, expect, test } from 'vitest';
import { encodeUtf16le } from '../../../images/bytes/index.ts';
import { wimCode, type Wim } from '../../../images/wim/index.ts';
import {
  bootImageCode as code,
  engineDlls,
  engineReadiness,
  inspectBootImage,
  inspectImage,
} from '../../../media/boot-image/index.ts';
import { InputError } from '../../../src/core/index.ts';
import {
  codeOf,
  fullWindows,
  peWim,
  program,
  softwareHive,
  systemHive,
  winpeXml,
  type PeImage,
} from './winpe-image.ts';

const facts = async (image: PeImage) => (await inspectImage(await peWim([image]), 1)).facts;

test('a Windows PE image is told as it is', async () => {
  const { facts: found } = await inspectBootImage(await peWim());
  expect(found).toMatchObject({
    index: 1,
    name: 'Windows PE',
    isWinpe: true,
    architecture: 'x64',
    version: '10.0.26100.1742',
    build: 26100,
    edition: 'WindowsPE',
    languages: ['en-US', 'de-DE'],
    defaultLanguage: 'de-DE',
    flavour: 'plain',
    startnetCmd: 'wpeinit\r\n',
    setupCommand: 'winpeshl.exe',
    scratchSpace: 128,
    signingCas: ['2011'],
    starts: { 'uefi-media': true, 'bios-media': true, 'uefi-network': true, 'bios-network': true },
    problems: [],
  });
  expect(found.winpeTests.map(({ passed }) => passed)).toEqual([true, true, true]);
  expect(found.winpeshlIni).toBeUndefined();
  expect(JSON.parse(JSON.stringify(found))).toMatchObject({ architecture: 'x64' });
});

test('without XML data about Windows the version is that of the boot manager', async () => {
  const found = await facts({ windows: {} });
  expect(found).toMatchObject({ isWinpe: true, architecture: 'x64', version: '10.0.26100.1', languages: [] });
});

describe('any two of three tests make it Windows PE', () => {
  test.each([
    // edition in XML, programs, edition in the registry
    [true, true, true, true],
    [true, true, false, true],
    [true, false, true, true],
    [false, true, true, true],
    [true, false, false, false],
    [false, true, false, false],
    [false, false, true, false],
    [false, false, false, false],
  ])('XML %s, programs %s, registry %s: %s', async (xml, programs, registry, expected) => {
    const image: PeImage = {
      windows: { ...winpeXml(), edition: xml ? 'WindowsPE' : 'Professional' },
      files: {
        'Windows/System32/config/SOFTWARE': softwareHive(registry ? 'WindowsPE' : 'Professional'),
        ...(programs ? {} : { 'Windows/System32/wpeinit.exe': undefined }),
      },
    };
    expect((await facts(image)).isWinpe).toBe(expected);
    const ended = await codeOf(inspectBootImage(await peWim([image])));
    expect(ended).toBe(expected ? 'no error' : code.BOOT_IMAGE_NOT_WINPE);
    // Among several images the registry is read only where the others disagree: the answer must be the same.
    const beside = await peWim([{ only: fullWindows, windows: {}, name: 'Windows' }, image], 0);
    expect(await codeOf(inspectBootImage(beside))).toBe(ended);
  });

  test('the refusal tells each reason', async () => {
    const wim = await peWim([{ only: fullWindows, windows: { arch: 9, edition: 'Professional' }, name: 'Windows 11' }]);
    const error = await inspectBootImage(wim).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(InputError);
    expect((error as Error).message).toBe(
      'image 1 (Windows 11) is not Windows PE: the XML data names the edition Professional; ' +
        'Windows\\System32 lacks winpeshl.exe and wpeinit.exe; the registry was not asked, it could not outvote them',
    );
  });
});

describe('which image', () => {
  const windows: PeImage = { only: fullWindows, windows: { arch: 9, edition: 'Professional' }, name: 'Windows' };
  const chosen = async (images: readonly PeImage[], bootIndex: number, index?: number) =>
    (await inspectBootImage(await peWim(images, bootIndex), index === undefined ? {} : { index })).facts.index;

  test('--index, else the bootable one, else the only Windows PE', async () => {
    expect(await chosen([{}, { name: 'Setup' }], 2)).toBe(2);
    expect(await chosen([{}, { name: 'Setup' }], 2, 1)).toBe(1);
    expect(await chosen([windows, {}], 1)).toBe(2);
    expect(await chosen([windows, {}], 0)).toBe(2);
    expect(await chosen([{}], 0)).toBe(1);
  });

  test('several without a bootable one are an error that lists them', async () => {
    const error = await inspectBootImage(await peWim([{ name: 'PE' }, windows, { name: 'Setup' }], 0)).catch(
      (e: unknown) => e as InputError,
    );
    expect(error).toMatchObject({ code: code.BOOT_IMAGE_SEVERAL, hint: 'Choose one with --index.' });
    expect((error as InputError).message).toContain('2 images are Windows PE (1: PE, 3: Setup)');
  });

  test('none, or one that does not exist', async () => {
    expect(await codeOf(chosen([windows, windows], 1))).toBe(code.BOOT_IMAGE_NOT_WINPE);
    expect(await codeOf(chosen([windows, {}], 2, 1))).toBe(code.BOOT_IMAGE_NOT_WINPE);
    expect(await codeOf(chosen([{}], 1, 2))).toBe(wimCode.WIM_IMAGE_INDEX);
  });
});

describe('architecture', () => {
  test.each(['x64', 'arm64', 'x86'] as const)('%s by XML data and programs', async (machine) => {
    const { facts: found } = await inspectBootImage(await peWim([{ machine }]), { architecture: machine });
    expect(found.architecture).toBe(machine);
    expect(found.starts['bios-media']).toBe(machine !== 'arm64');
    expect(found.programs.every((entry) => entry.machine === machine)).toBe(true);
    expect(found.problems).toEqual([]);
  });

  test.each(['Boot/EFI/bootmgfw.efi', 'System32/boot/winload.efi', 'System32/ntdll.dll', 'System32/kernel32.dll'])(
    'Windows/%s of another machine is refused by name',
    async (path) => {
      const wim = await peWim([{ files: { [`Windows/${path}`]: program('arm64') } }]);
      const error = await inspectBootImage(wim).catch((e: unknown) => e as InputError);
      expect(error).toMatchObject({ code: code.BOOT_IMAGE_ARCHITECTURE_DISAGREES });
      expect((error as InputError).message).toContain('the XML data says x64');
      expect((error as InputError).message).toContain(`Windows/${path} says arm64`);
    },
  );

  test('XML data of another architecture is refused', async () => {
    const wim = await peWim([{ windows: { ...winpeXml(), arch: 12 } }]);
    expect(await codeOf(inspectBootImage(wim))).toBe(code.BOOT_IMAGE_ARCHITECTURE_DISAGREES);
  });

  test('another than asked for, unknown ones, and silence', async () => {
    const asked = inspectBootImage(await peWim(), { architecture: 'arm64' });
    expect(await codeOf(asked)).toBe(code.BOOT_IMAGE_ARCHITECTURE_OTHER);
    expect(await codeOf(inspectBootImage(await peWim([{ machine: 'arm' }])))).toBe(
      code.BOOT_IMAGE_ARCHITECTURE_UNKNOWN,
    );
    const silent = await peWim([
      {
        windows: { edition: 'WindowsPE' },
        only: { 'Windows/System32/config/SOFTWARE': softwareHive('WindowsPE') },
      },
    ]);
    expect(await codeOf(inspectBootImage(silent))).toBe(code.BOOT_IMAGE_ARCHITECTURE_UNKNOWN);
  });
});

test.each([
  ['configmgr', { 'sms/bin/x64/TsBootShell.exe': 'x' }],
  [
    'configmgr',
    { 'Windows/System32/winpeshl.ini': '[LaunchApps]\r\n%SYSTEMDRIVE%\\sms\\bin\\x64\\TsBootShell.exe\r\n' },
  ],
  ['mdt', { 'Windows/System32/winpeshl.ini': '[LaunchApps]\r\n%SYSTEMROOT%\\System32\\bddrun.exe, /bootstrap\r\n' }],
  ['osdcloud', { 'Windows/System32/startnet.cmd': 'wpeinit\r\nPowerShell -Nol -C Initialize-OSDCloudStartnet\r\n' }],
  ['winre', { 'Windows/System32/winpeshl.ini': '[LaunchApp]\r\nAppPath=X:\\sources\\recovery\\recenv.exe\r\n' }],
  ['setup', { 'setup.exe': 'x', 'sources/setup.exe': 'x' }],
] as const)('recognises %s', async (flavour, files) => {
  expect((await facts({ files })).flavour).toBe(flavour);
});

test('start-up texts come as UTF-16, UTF-8 or one byte a character, and not without bound', async () => {
  const ini = 'Windows/System32/winpeshl.ini';
  const text = '[LaunchApps]\r\nGrüße.exe\r\n';
  const utf16 = Uint8Array.from([0xff, 0xfe, ...encodeUtf16le(text)]);
  expect((await facts({ files: { [ini]: utf16 } })).winpeshlIni).toBe(text);
  expect((await facts({ files: { [ini]: `\ufeff${text}` } })).winpeshlIni).toBe(text);
  expect((await facts({ files: { [ini]: Buffer.from(text, 'latin1') } })).winpeshlIni).toBe(text);
  const large = await facts({ files: { [ini]: 'x'.repeat(70_000) } });
  expect(large.winpeshlIni).toBeUndefined();
  expect(large.problems.map((problem) => problem.code)).toEqual([code.BOOT_IMAGE_TEXT]);
});

test('hives that are absent or damaged are problems, not the end', async () => {
  const config = 'Windows/System32/config';
  const absent = await facts({ files: { [`${config}/SYSTEM`]: undefined, [`${config}/SOFTWARE`]: undefined } });
  expect(absent).toMatchObject({ isWinpe: true, scratchSpace: undefined });
  expect(absent.problems.map(({ code: c, path }) => `${c} ${path}`)).toEqual([
    `${code.BOOT_IMAGE_REGISTRY} ${config}/SOFTWARE`,
    `${code.BOOT_IMAGE_REGISTRY} ${config}/SYSTEM`,
  ]);
  const damaged = await facts({ files: { [`${config}/SYSTEM`]: systemHive().subarray(0, 5000) } });
  expect(damaged.scratchSpace).toBeUndefined();
  expect(damaged.problems.map((problem) => problem.code)).toEqual([code.BOOT_IMAGE_REGISTRY]);
});

test('the DLLs that node.exe imports are named when missing', async () => {
  const all = Object.fromEntries(
    engineDlls.map((name) => [`Windows/System32/${name.toUpperCase()}`, program('x64', 3)]),
  );
  const complete = await facts({ files: all });
  expect(engineReadiness(complete)).toEqual({ ready: true, missing: [], problems: [] });
  const lacking = await facts({ files: { ...all, 'Windows/System32/WINMM.DLL': undefined } });
  const readiness = engineReadiness(lacking);
  expect(readiness).toMatchObject({ ready: false, missing: ['winmm.dll'] });
  expect(readiness.problems[0]?.message).toContain('Windows\\System32\\winmm.dll');
});

test('a whole Windows is told from tables: its registry is not read', async () => {
  const wim = await peWim([{ only: fullWindows, windows: { arch: 9, edition: 'Professional' } }], 0);
  const image = await wim.image(1);
  const asked: string[] = [];
  const watched: Wim = {
    ...wim,
    images: wim.images,
    image: async () => ({
      ...image,
      root: image.root,
      find: (path) => image.find(path),
      file: (path) => {
        asked.push(path);
        return image.file(path);
      },
    }),
  };
  expect((await inspectImage(watched, 1)).facts).toMatchObject({ isWinpe: false, architecture: 'x64', problems: [] });
  expect(asked).toContain('Windows/System32/ntdll.dll');
  expect(asked.filter((path) => path.includes('config'))).toEqual([]);
});
