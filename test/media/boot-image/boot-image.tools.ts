/** Inspection and selection on WIMs that wimlib made, in each compression, and from which it deleted single files. */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { openFile, type FileSource } from '../../../images/bytes/index.ts';
import { sampleTree } from '../../../images/sample/index.ts';
import { writeDirectory } from '../../../images/tree/index.ts';
import { openWim } from '../../../images/wim/index.ts';
import { bootImageCode as code, inspectBootImage, selectBootFiles } from '../../../media/boot-image/index.ts';
import { operationContext } from '../../../src/core/index.ts';
import { describeWithTools, run, scratch } from '../../support/tools.ts';

describeWithTools(['wimlib-imagex'], 'WIMs made by wimlib', (tools) => {
  const wimlib = tools.path('wimlib-imagex');
  let folder = '';
  let files = '';
  let captured = '';

  const capture = async (compression: string) => {
    const path = join(scratch(), `${compression}.wim`);
    await run(wimlib, ['capture', files, path, `--compress=${compression}`, '--boot']);
    return path;
  };
  /** Closes the file however the work ends. */
  const withWim = async <T>(path: string, work: (file: FileSource) => Promise<T>): Promise<T> => {
    await using file = await openFile(path);
    return await work(file); // without await the file would be closed first
  };
  const selectIn = (path: string) =>
    withWim(path, async (file) => selectBootFiles(await inspectBootImage(await openWim(file))));

  beforeAll(async () => {
    folder = scratch();
    files = join(folder, 'files');
    await writeDirectory(sampleTree('x64', 1000), files, operationContext());
    captured = join(folder, 'captured.wim');
    await run(wimlib, ['capture', files, captured, '--compress=LZX', '--boot']);
  });

  test.each(['none', 'XPRESS', 'LZX'])(
    '%s: the same facts, the architecture by the programs alone',
    async (compression) => {
      const facts = await withWim(
        await capture(compression),
        async (file) => (await inspectBootImage(await openWim(file), { architecture: 'x64' })).facts,
      );
      expect(facts).toMatchObject({
        isWinpe: true,
        architecture: 'x64',
        build: 26100,
        edition: 'WindowsPE',
        scratchSpace: 32,
        startnetCmd: 'wpeinit\r\n',
        starts: { 'uefi-media': true, 'bios-media': true },
      });
      expect(facts.winpeTests.map(({ passed }) => passed)).toEqual([true, true, true]);
    },
  );

  test('ARCH of the XML data, set by wimlib, counts', async () => {
    const path = join(scratch(), 'arch.wim');
    cpSync(captured, path);
    await run(wimlib, ['info', path, '1', '--image-property', 'WINDOWS/ARCH=12']);
    const work = withWim(path, async (file) => inspectBootImage(await openWim(file)));
    await expect(work).rejects.toMatchObject({ code: code.BOOT_IMAGE_ARCHITECTURE_DISAGREES });
  });

  describe('one file deleted by wimlib', () => {
    const without = async (...paths: string[]) => {
      const path = join(scratch(), 'without.wim');
      cpSync(captured, path);
      await run(wimlib, ['update', path, '1', '--command', paths.map((name) => `delete /${name}`).join('\n')]);
      return path;
    };

    test.each([
      ['Windows/Boot/PCAT/bootmgr', code.BOOT_IMAGE_NO_BOOTMGR],
      ['Windows/System32/boot/winload.efi', code.BOOT_IMAGE_NO_WINLOAD_EFI],
      ['Windows/System32/boot/winload.exe', code.BOOT_IMAGE_NO_WINLOAD_EXE],
    ])('%s: told by name', async (path, expected) => {
      const wim = await without(path);
      const { problems } = await selectIn(wim);
      expect(problems.map((problem) => problem.code)).toContain(expected);
    });

    test('bootmgfw.efi: an error', async () => {
      const wim = await without('Windows/Boot/EFI/bootmgfw.efi');
      await expect(selectIn(wim)).rejects.toMatchObject({ code: code.BOOT_IMAGE_NO_BOOTMGFW });
    });

    test('boot.sdi: an error only when no other place has it', async () => {
      const other = await without('Windows/Boot/DVD/EFI/boot.sdi');
      const { files: chosen } = await selectIn(other);
      expect(chosen.find(({ target }) => target === 'boot/boot.sdi')?.path).toBe('Windows/Boot/DVD/PCAT/boot.sdi');
      const none = await without('Windows/Boot/DVD/EFI/boot.sdi', 'Windows/Boot/DVD/PCAT/boot.sdi');
      await expect(selectIn(none)).rejects.toMatchObject({ code: code.BOOT_IMAGE_NO_BOOT_SDI });
    });
  });
});
