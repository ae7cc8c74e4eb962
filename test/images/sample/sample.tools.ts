/** The sample boot image judged by wimlib, 7-Zip, hivex and llvm-readobj. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { memorySink, readAll, transfer } from '../../../images/bytes/index.ts';
import { sampleBootImage, sampleTree } from '../../../images/sample/index.ts';
import { filesOf } from '../../../images/tree/index.ts';
import { operationContext } from '../../../src/core/index.ts';
import { describeWithTools, run, scratch } from '../../support/tools.ts';

const size = 256 * 1024;
const tools = ['wimlib-imagex', '7z', 'hivexget', 'llvm-readobj-14'];

describeWithTools(tools, 'the sample', (found) => {
  const wimlib = found.path('wimlib-imagex');

  describe.each([
    ['x64', 'x86_64', 'IMAGE_FILE_MACHINE_AMD64'],
    ['arm64', 'ARM64', 'IMAGE_FILE_MACHINE_ARM64'],
  ] as const)('for %s', (architecture, shown, machine) => {
    let wim = '';
    let applied = '';
    beforeAll(async () => {
      const folder = scratch();
      wim = join(folder, 'sample.wim');
      applied = join(folder, 'applied');
      // Through `transfer`, as the demo writes it.
      const sink = memorySink();
      const source = await sampleBootImage({ architecture, size });
      await transfer([{ at: 0, source }], sink, operationContext(), 'test');
      writeFileSync(wim, sink.bytes());
      await run(wimlib, ['apply', wim, '1', applied]);
    });

    test('wimlib and 7-Zip accept it', async () => {
      await run(wimlib, ['verify', wim]);
      expect((await run(found.path('7z'), ['t', wim])).stdout).toContain('Everything is Ok');
    });

    test('wimlib says of it what we say', async () => {
      const { stdout } = await run(wimlib, ['info', wim]);
      const field = (name: string) => new RegExp(`^${name}: +(.*?) *$`, 'm').exec(stdout)?.[1];
      expect({
        boot: field('Boot Index'),
        architecture: field('Architecture'),
        edition: field('Edition ID'),
        installation: field('Installation Type'),
        languages: field('Languages'),
        build: field('Build'),
        flags: field('Flags'),
        created: field('Creation Time'),
      }).toEqual({
        boot: '1',
        architecture: shown,
        edition: 'WindowsPE',
        installation: 'WindowsPE',
        languages: 'en-US',
        build: '26100',
        flags: '9',
        created: 'Thu Jan 01 00:00:00 2026 UTC',
      });
    });

    test('wimlib lists and extracts the files that went in', async () => {
      const { stdout } = await run(wimlib, ['dir', wim, '1']);
      const entries = filesOf(sampleTree(architecture, size));
      for (const { path, file } of entries) {
        expect(stdout.split('\n')).toContain(`/${path}`);
        const bytes = await readAll(file.content);
        expect(Buffer.compare(readFileSync(join(applied, path)), bytes), path).toBe(0);
      }
      expect(existsSync(join(applied, 'Windows/Boot/PCAT/bootmgr'))).toBe(architecture === 'x64');
    });

    test('hivex reads the values by which it is Windows PE', async () => {
      const get = async (hive: string, key: string, value: string) =>
        (await run(found.path('hivexget'), [join(applied, 'Windows/System32/config', hive), key, value])).stdout.trim();
      expect(await get('SYSTEM', 'Setup', 'CmdLine')).toBe('winpeshl.exe');
      expect(await get('SYSTEM', 'ControlSet001\\Services\\FBWF', 'WinPECacheThreshold')).toBe('32');
      const current = 'Microsoft\\Windows NT\\CurrentVersion';
      expect(await get('SOFTWARE', current, 'EditionID')).toBe('WindowsPE');
      expect(await get('SOFTWARE', `${current}\\WinPE`, 'InstRoot')).toBe('X:\\');
    });

    test('wimlib takes the edition from our hive when it captures the files again', async () => {
      const again = join(scratch(), 'again.wim');
      await run(wimlib, ['capture', applied, again, '--compress=none']);
      const { stdout } = await run(wimlib, ['info', again]);
      expect(stdout).toMatch(/^Edition ID: +WindowsPE$/m);
      expect(stdout).toMatch(/^Build: +26100$/m);
    });

    test('llvm-readobj takes the placeholder programs for what they are', async () => {
      const system32 = join(applied, 'Windows/System32');
      for (const [path, subsystem] of [
        ['winpeshl.exe', 'IMAGE_SUBSYSTEM_WINDOWS_CUI'],
        ['boot/winload.efi', 'Subsystem: 0x10'],
      ] as const) {
        const { stdout } = await run(found.path('llvm-readobj-14'), [
          '--file-headers',
          '--sections',
          join(system32, path),
        ]);
        expect(stdout).toContain(machine);
        expect(stdout).toContain(subsystem);
        expect(stdout).toContain('Name: .text');
      }
    });
  });
});
