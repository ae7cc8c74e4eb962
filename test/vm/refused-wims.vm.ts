/**
 * Forms of boot.wim (boot-chain 3), written by wimlib from the sample image: what boot managers refuse does not start from
 * a disc of a folder, and `media create bootable` refuses it with the reason; what they take goes all the way.
 */
import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { readAll } from '../../images/bytes/index.ts';
import { sampleBootImage } from '../../images/sample/index.ts';
import { VM_TOOLS } from '../support/qemu.ts';
import { requireTool, run, scratch } from '../support/tools.ts';
import { filesByDisc, linesOf, linesOfStart, makeIso, makeMedium, READER_TOOLS, UEFI_FILES } from './demo-media.ts';

const tools = requireTool('wimlib-imagex', ...READER_TOOLS, ...VM_TOOLS.ovmf);

/** The sample boot image without filler, and the files of a medium made from it. */
let sample = '';
let folder = '';
beforeAll(async () => {
  if (!tools.available) return;
  sample = join(scratch(), 'sample.wim');
  writeFileSync(sample, await readAll(await sampleBootImage({ architecture: 'x64', size: 0 })));
  folder = await filesByDisc(await makeMedium(sample), 'udf');
});

/** The sample written anew by wimlib. */
async function exported(args: readonly string[]): Promise<string> {
  const path = join(scratch(), 'exported.wim');
  await run('wimlib-imagex', ['export', sample, '1', path, ...args]);
  return path;
}

/** What the boot program says behind "boot device", from a CD. */
async function outcome(path: string): Promise<string[]> {
  const lines = await linesOfStart('ovmf', 'cd', path);
  expect(lines[4]).toBe('osdkit-sample: boot device cdrom');
  return lines.slice(5);
}

async function outcomeOfFolder(wim: string): Promise<string[]> {
  copyFileSync(wim, join(folder, 'sources/boot.wim'));
  return outcome(await makeIso(folder));
}

const refused = (why: string): string[] => [
  ...linesOf(folder, UEFI_FILES),
  `osdkit-sample: failed 0xc0000225 \\windows\\system32\\boot\\winload.efi ${why}`,
  'osdkit-sample: done',
];

describe('forms that do not start, and are refused', () => {
  const rows: [string, string[], string, string][] = [
    ['LZX, chunks of 64 KiB', ['--boot', '--compress=LZX', '--chunk-size=64K'], 'WIM chunk size', 'WIM_CHUNK_SIZE'],
    ['LZMS', ['--boot', '--compress=LZMS'], 'WIM compression', 'WIM_LZMS'],
    ['solid', ['--boot', '--solid'], 'WIM compression', 'WIM_SOLID'],
    ['pipable', ['--boot', '--pipable', '--compress=LZX'], 'WIM is pipable', 'WIM_PIPABLE'],
  ];
  test.for(rows)('%s', async ([, args, why, code]) => {
    const wim = await exported(args);
    expect(await outcomeOfFolder(wim)).toEqual(refused(why));
    await expect(makeMedium(wim)).rejects.toMatchObject({
      code: 'MEDIA_BOOT_IMAGE_REFUSED',
      details: { reasons: expect.arrayContaining([code]) },
      hint: expect.stringContaining('wimlib-imagex export'),
    });
  });
});

test('boot index 0 does not start; media create bootable sets it in its copy, which does', async () => {
  const wim = await exported(['--compress=LZX']);
  expect(await outcomeOfFolder(wim)).toEqual(refused('WIM boot index'));
  const medium = await makeMedium(wim);
  expect(await outcome(medium)).toEqual([
    ...linesOf(await filesByDisc(medium, 'udf'), UEFI_FILES),
    'osdkit-sample: done',
  ]);
});

describe('forms that media create bootable takes', () => {
  test.for([
    ['XPRESS', ['--boot', '--compress=XPRESS']],
    ['LZX, with an integrity table', ['--boot', '--compress=LZX', '--check']],
  ] as const)('%s', async ([, args]) => {
    const medium = await makeMedium(await exported(args));
    expect(await outcome(medium)).toEqual([
      ...linesOf(await filesByDisc(medium, 'udf'), UEFI_FILES),
      'osdkit-sample: done',
    ]);
  });
});
