/**
 * The x64 demo image starts every way there is without a network: as CD and as stick, under BIOS and UEFI, on a stick of
 * its own size and on a larger one; so does the gpt layout, except from a stick under BIOS. What it reads is what foreign
 * tools read on the same medium.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { VM_TOOLS } from '../support/qemu.ts';
import { describeWithTools, run, scratch } from '../support/tools.ts';
import {
  filesByDisc,
  filesByStick,
  grown,
  linesOf,
  linesOfStart,
  makeDemo,
  READER_TOOLS,
  UEFI_FILES,
} from './demo-media.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const TOOLS = [...READER_TOOLS, ...VM_TOOLS.ovmf, ...VM_TOOLS.seabios];

/** What the product says of the gpt layout. */
const NO_BIOS = 'the gpt layout promises no BIOS start from a stick';

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

describeWithTools(TOOLS, 'demo image, x64 (IMG-01; MEDIA-02: media start the computer)', () => {
  let iso = '';
  let udf = '';
  let fat = '';
  beforeAll(async () => {
    iso = (await makeDemo('x64')).medium.output;
    [udf, fat] = await Promise.all([filesByDisc(iso, 'udf'), filesByStick(iso)]);
  });

  test('CD, UEFI: the whole disc', async () => {
    const lines = await linesOfStart('ovmf', 'cd', iso);
    expect(lines[3]).toMatch(/CDROM\(/i);
    expectUefi(lines, 'cdrom', udf);
  });

  test('CD, BIOS', async () => {
    const iso9660 = await filesByDisc(iso, 'iso');
    expect(await linesOfStart('seabios', 'cd', iso)).toEqual(biosLines('e0', iso9660));
  });

  test.for(['usb', 'disk'] as const)('stick, BIOS that shows it as %s', async (kind) => {
    expect(await linesOfStart('seabios', kind, iso)).toEqual(biosLines('80', fat));
  });

  test('larger stick, BIOS', async () => {
    expect(await linesOfStart('seabios', 'usb', grown(iso))).toEqual(biosLines('80', fat));
  });

  // EDK2 looks for El Torito on sticks too, and before the MBR (boot-chain 5.3): the whole medium, by UDF.
  test.for(['stick', 'larger stick'])('%s, UEFI: the whole medium', async (size) => {
    expectUefi(await linesOfStart('ovmf', 'usb', size === 'stick' ? iso : grown(iso)), 'cdrom', udf);
  });

  test('stick, UEFI that knows only partitions: the FAT volume', async () => {
    // Firmware without El Torito on sticks is played by a medium without a boot record (block 17; boot-chain 5.2).
    const path = join(scratch(), 'no-el-torito.iso');
    const bytes = readFileSync(iso);
    expect(bytes.toString('latin1', 17 * 2048 + 1, 17 * 2048 + 30)).toMatch(/^CD001.EL TORITO SPEC/);
    writeFileSync(path, bytes.fill(0, 17 * 2048 + 7, 17 * 2048 + 71));
    expectUefi(await linesOfStart('ovmf', 'usb', path), 'partition', fat);
  });
});

describeWithTools(TOOLS, 'layout gpt, x64', () => {
  let wim = '';
  let iso = '';
  let fat = '';
  const osdkit = (...args: string[]) => {
    const command = ['src/bin/osdkit.ts', 'media', 'create', 'bootable', '--boot-image', wim, ...args];
    return run(process.execPath, ['--import', 'tsx', ...command], { cwd: ROOT });
  };
  beforeAll(async () => {
    wim = (await makeDemo('x64')).bootImage.path;
    iso = join(scratch(), 'gpt.iso');
    const written = await osdkit('--output', iso, '--layout', 'gpt');
    expect(written.stdout).toContain(`${iso} is written and verified`);
    fat = await filesByStick(iso);
  });

  test('CD, UEFI and BIOS', async () => {
    expectUefi(await linesOfStart('ovmf', 'cd', iso), 'cdrom', await filesByDisc(iso, 'udf'));
    expect(await linesOfStart('seabios', 'cd', iso)).toEqual(biosLines('e0', await filesByDisc(iso, 'iso')));
  });

  test.for(['stick', 'larger stick'])('%s, UEFI: the FAT volume', async (size) => {
    const lines = await linesOfStart('ovmf', 'usb', size === 'stick' ? iso : grown(iso));
    expect(lines[3]).toMatch(/HD\(1,GPT,/);
    expectUefi(lines, 'partition', fat);
  });

  test('--plan says that it promises no BIOS start from a stick, and writes nothing; mbr promises it', async () => {
    const output = join(scratch(), 'plan.iso');
    const gpt = await osdkit('--output', output, '--layout', 'gpt', '--plan');
    expect(gpt.stdout).toContain(NO_BIOS);
    expect(gpt.stdout).toContain('nothing was written');
    // Would refuse an existing output.
    const mbr = await osdkit('--output', output, '--plan');
    expect(mbr.stdout).not.toContain(NO_BIOS);
  });
});
