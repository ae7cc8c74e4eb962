/**
 * The x64 demo image starts every way there is without a network: as CD and as stick, under BIOS and UEFI, on a stick of
 * its own size and on a larger one. What it reads is what foreign tools read on the same medium.
 */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { bootVm, type Firmware, type Medium, VM_TOOLS } from '../support/qemu.ts';
import { describeWithTools, run, scratch } from '../support/tools.ts';
import {
  filesByDisc,
  filesByStick,
  grown,
  linesOf,
  makeDemo,
  makeMedium,
  READER_TOOLS,
  UEFI_FILES,
} from './demo-media.ts';

/** What the product says of the gpt layout. */
const NO_BIOS = 'the gpt layout promises no BIOS start from a stick';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

async function boot(firmware: Firmware, kind: Medium['kind'], path: string): Promise<string[]> {
  const result = await bootVm({ firmware, medium: { kind, path }, until: /never printed/ });
  expect(result.ended).toBe('exit');
  return result.lines;
}

function expectUefi(lines: readonly string[], device: 'cdrom' | 'partition', folder: string): void {
  expect(lines.slice(0, 3)).toEqual([
    'osdkit-sample: sample boot program 1.0.0 x64',
    expect.stringMatching(/^osdkit-sample: firmware UEFI 2\.\d+ EDK II/),
    'osdkit-sample: Secure Boot off',
  ]);
  expect(lines[3]).toMatch(/^osdkit-sample: loaded from PciRoot.* \\EFI\\BOOT\\BOOTX64\.EFI$/);
  expect(lines.slice(4)).toEqual([
    `osdkit-sample: boot device ${device}`,
    ...linesOf(folder, UEFI_FILES),
    'osdkit-sample: done',
  ]);
}

function biosLines(drive: string, folder: string): string[] {
  return [
    'osdkit-sample: stand-in for bootmgr, 1.0.0, BIOS',
    'osdkit-sample: firmware BIOS',
    `osdkit-sample: boot device drive ${drive}`,
    ...linesOf(folder, ['\\bootmgr']),
    'osdkit-sample: done',
  ];
}

describeWithTools(
  [...READER_TOOLS, ...VM_TOOLS.ovmf],
  'demo image, x64 (IMG-01; MEDIA-02: media start the computer)',
  () => {
    let wim = '';
    let iso = '';
    let udf = '';
    let fat = '';
    beforeAll(async () => {
      const made = await makeDemo('x64');
      wim = made.bootImage.path;
      iso = made.medium.output;
      [udf, fat] = await Promise.all([filesByDisc(iso, 'udf'), filesByStick(iso)]);
    });

    test('CD, UEFI: the whole disc', async () => {
      const lines = await boot('ovmf', 'cd', iso);
      expect(lines[3]).toMatch(/CDROM\(/i);
      expectUefi(lines, 'cdrom', udf);
    });

    test('CD, BIOS', async () => {
      const iso9660 = await filesByDisc(iso, 'iso');
      expect(await boot('seabios', 'cd', iso)).toEqual(biosLines('e0', iso9660));
    });

    test.for(['stick', 'larger stick'])('%s, BIOS', async (size) => {
      const path = size === 'stick' ? iso : grown(iso);
      expect(await boot('seabios', 'usb', path)).toEqual(biosLines('80', fat));
    });

    // EDK2 looks for El Torito on sticks too, and before the MBR (boot-chain 5.3): the whole medium, by UDF.
    test.for(['stick', 'larger stick'])('%s, UEFI: the whole medium', async (size) => {
      expectUefi(await boot('ovmf', 'usb', size === 'stick' ? iso : grown(iso)), 'cdrom', udf);
    });

    test('stick, UEFI that knows only partitions: the FAT volume', async () => {
      // Firmware without El Torito on sticks is played by a medium without a boot record (block 17; boot-chain 5.2).
      const path = join(scratch(), 'no-el-torito.iso');
      const bytes = readFileSync(iso);
      expect(bytes.toString('latin1', 17 * 2048 + 1, 17 * 2048 + 30)).toMatch(/^CD001.EL TORITO SPEC/);
      writeFileSync(path, bytes.fill(0, 17 * 2048 + 7, 17 * 2048 + 71));
      expectUefi(await boot('ovmf', 'usb', path), 'partition', fat);
    });

    test('a boot image whose boot index is 0: the copy on the medium starts', async () => {
      const without = join(scratch(), 'boot.wim');
      copyFileSync(wim, without);
      await run('wimlib-imagex', ['info', without, '0', '--boot']);
      const path = await makeMedium(without);
      expectUefi(await boot('ovmf', 'cd', path), 'cdrom', await filesByDisc(path, 'udf'));
    });
  },
);

describeWithTools([...READER_TOOLS, ...VM_TOOLS.ovmf], 'layout gpt, x64', () => {
  let wim = '';
  let iso = '';
  let fat = '';
  beforeAll(async () => {
    wim = (await makeDemo('x64')).bootImage.path;
    iso = join(scratch(), 'gpt.iso');
    const written = await osdkit('--output', iso, '--layout', 'gpt');
    expect(written.stdout).toContain(`${iso} is written and verified`);
    fat = await filesByStick(iso);
  });

  const osdkit = (...args: string[]) =>
    run(
      process.execPath,
      ['--import', 'tsx', 'src/bin/osdkit.ts', 'media', 'create', 'bootable', '--boot-image', wim, ...args],
      { cwd: ROOT },
    );

  test('CD, UEFI and BIOS', async () => {
    expectUefi(await boot('ovmf', 'cd', iso), 'cdrom', await filesByDisc(iso, 'udf'));
    expect(await boot('seabios', 'cd', iso)).toEqual(biosLines('e0', await filesByDisc(iso, 'iso')));
  });

  test.for(['stick', 'larger stick'])('%s, UEFI: the FAT volume', async (size) => {
    const lines = await boot('ovmf', 'usb', size === 'stick' ? iso : grown(iso));
    expect(lines[3]).toMatch(/HD\(1,GPT,/);
    expectUefi(lines, 'partition', fat);
  });

  test('--plan says that it promises no BIOS start from a stick; mbr does not say so', async () => {
    const output = join(scratch(), 'plan.iso');
    const gpt = await osdkit('--output', output, '--layout', 'gpt', '--plan');
    expect(gpt.stdout).toContain(NO_BIOS);
    const mbr = await osdkit('--output', output, '--plan');
    expect(mbr.stdout).not.toContain(NO_BIOS);
    // A plan writes nothing: the second run would have refused an existing output.
    expect(gpt.stdout).toContain('nothing was written');
  });
});
