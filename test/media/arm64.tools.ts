/** An arm64 medium has no BIOS part, and says so; else it is judged as the others are. */
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { CreatedMedium } from '../../src/app/index.ts';
import { describeWithTools, run, scratch } from '../support/tools.ts';
import { createBootable, sampleWim } from './made-media.ts';
import { fatView, hashesBelow, udfView, xorrisoView } from './views.ts';

const tools = ['7z', 'xorriso', 'sfdisk', 'mcopy', 'fsck.fat'];

describeWithTools(tools, 'an image file for arm64', () => {
  let folder = '';
  let iso = '';
  let made: CreatedMedium;
  beforeAll(async () => {
    folder = scratch();
    iso = join(folder, 'arm64.iso');
    made = await createBootable({ bootImage: await sampleWim(folder, 'arm64'), output: iso });
  });

  test('El Torito has a UEFI entry alone', async () => {
    const { stdout } = await run('xorriso', ['-indev', iso, '-report_el_torito', 'plain']);
    expect([...stdout.matchAll(/^El Torito boot img : +\d +(\w+)/gm)].map(([, platform]) => platform)).toEqual([
      'UEFI',
    ]);
  });

  test('7-Zip and sfdisk find nothing wrong', async () => {
    const { stdout } = await run('7z', ['t', iso]);
    expect(stdout).toContain('Everything is Ok');
    expect(stdout).not.toContain('WARNING');
    expect((await run('sfdisk', ['--verify', iso])).stdout).toContain('No errors detected');
  });

  test('the files are those of UEFI, the same in each view', async () => {
    const udf = hashesBelow(await udfView(iso, join(folder, 'udf')));
    expect(Object.keys(udf)).toEqual([
      'EFI/BOOT/BOOTAA64.EFI',
      'EFI/Microsoft/Boot/BCD',
      'boot/boot.sdi',
      'osdkit/manifest.json',
      'osdkit/media.json',
      'osdkit/variables',
      'sources/boot.wim',
    ]);
    expect(hashesBelow(await xorrisoView(iso, 'norock', join(folder, 'joliet')))).toEqual(udf);
    expect(hashesBelow(await fatView(iso, join(folder, 'fat')))).toEqual(udf);
    expect(made.document.architecture).toBe('arm64');
  });
});
