/**
 * What the result tells when it works all the same: every boot file that an image lacks and what is lost without it, which
 * Secure Boot CA was taken, the boot index that the copy got.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { readAll } from '../../images/bytes/index.ts';
import { peWim } from '../media/boot-image/winpe-image.ts';
import { scratch } from '../support/tools.ts';
import { osdkit } from './command.ts';
import { wims, withoutFile } from './error-fixtures.ts';
import { expectGolden } from './golden-file.ts';
import { osdkitInProcess } from './in-process.ts';

interface Result {
  readonly document: { readonly signingCa: string; readonly imageIndex: number };
  readonly notes: readonly { readonly severity: string; readonly code: string; readonly message: string }[];
}

const folder = scratch();
const place = (name: string): string => join(folder, name);

/** A plan of the medium of a boot image; the text for people. */
async function plan(image: string, ...more: string[]): Promise<string> {
  const args = ['media', 'create', 'bootable', '--boot-image', place(image), '--output', place('new.iso'), '--plan'];
  const { code, stdout, stderr } = await osdkitInProcess([...args, ...more]);
  expect(stderr, image).toBe('');
  expect(code, image).toBe(0);
  return stdout;
}

/** What lacks for a network start is told by the image's inspection: a medium does not need it. */
async function inspected(image: string): Promise<string> {
  const { code, stdout } = await osdkitInProcess(['image', 'inspect', place(image)]);
  expect(code, image).toBe(0);
  const lines = stdout.split('\n').filter((line) => line.includes(' is missing: '));
  expect(lines.length, image).toBeGreaterThan(0);
  return lines.map((line) => `image inspect: ${line.trim()}\n`).join('');
}

async function planned(image: string, ...more: string[]): Promise<Result> {
  return JSON.parse(await plan(image, '--json', ...more)) as Result;
}

beforeAll(async () => {
  const noErrors = Object.keys(withoutFile).filter((name) => !['no-bootmgfw.wim', 'no-boot-sdi.wim'].includes(name));
  for (const name of ['winpe.wim', 'boot-index-0.wim', 'both-cas.wim', 'only-ex.wim', 'arm64.wim', ...noErrors]) {
    const [images, bootIndex] = wims[name] ?? [[], 0];
    writeFileSync(place(name), await readAll((await peWim(images, bootIndex)).source));
  }
});

describe('a boot file that is not there', () => {
  test('is named with what is lost without it', async () => {
    const common = new Set((await planned('winpe.wim')).notes.map(({ message }) => message));
    let golden = '';
    for (const name of Object.keys(withoutFile)) {
      if (['no-bootmgfw.wim', 'no-boot-sdi.wim'].includes(name)) continue;
      const notes = (await planned(name)).notes.filter(({ message }) => !common.has(message));
      golden += `## ${name}\n`;
      for (const { severity, code, message } of notes) golden += `${severity}: ${message} [${code}]\n`;
      if (notes.length === 0) golden += await inspected(name);
      golden += '\n';
      for (const { message } of notes) expect(await plan(name)).toContain(message);
    }
    expectGolden('missing-files.txt', golden);
  });

  test('is no matter for a whole image', async () => {
    const { notes } = await planned('winpe.wim');
    expect(notes.filter(({ severity }) => severity !== 'note')).toEqual([]);
  });
});

describe('loaders of both signing CAs', () => {
  test('2011 is taken unless told otherwise, and the result says which PCs that means', async () => {
    for (const [image, more, ca] of [
      ['winpe.wim', [], '2011'],
      ['both-cas.wim', [], '2011'],
      ['both-cas.wim', ['--signing-ca', '2011'], '2011'],
      ['both-cas.wim', ['--signing-ca', '2023'], '2023'],
      ['only-ex.wim', [], '2023'],
    ] as const) {
      const { document, notes } = await planned(image, ...more);
      expect(document.signingCa, `${image} ${more.join(' ')}`).toBe(ca);
      const told = notes.find(({ code }) => code === 'MEDIA_SECURE_BOOT');
      expect(told?.message).toMatch(/Secure Boot on .*With Secure Boot off/s);
    }
    const text = await plan('both-cas.wim', '--signing-ca', '2023');
    expect(text).toMatch(/EFI\/BOOT\/BOOTX64\.EFI .*EFI_EX\/bootmgfw_EX\.efi/i);
  });
});

describe('a boot index of 0', () => {
  test('is no reason to refuse: the copy on the medium gets one', async () => {
    const { notes } = await planned('boot-index-0.wim');
    expect(notes.map(({ code }) => code)).toContain('MEDIA_BOOT_INDEX_SET');
    const made = ['media', 'create', 'bootable', '--boot-image', 'boot-index-0.wim', '--output', 'index.iso'];
    expect(await osdkit(folder, made)).toMatchObject({ code: 0, stderr: '' });
    const { stdout } = await osdkit(folder, ['media', 'inspect', 'index.iso', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ bootWim: { bootIndex: 1, image: 'Windows PE' } });
  });
});
