/** Media from boot images that wimlib captured in every form boot managers accept; the boot.wim on each judged by wimlib. */
import { cpSync, linkSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { CreatedMedium } from '../../src/app/index.ts';
import { describeWithTools, run, scratch, sha256File } from '../support/tools.ts';
import { capture, createBootable, sampleFolder } from './made-media.ts';
import { hashesBelow, udfView } from './views.ts';

interface Form {
  readonly name: string;
  /** Compression as wimlib names it when asked about the WIM. */
  readonly compression: string;
  readonly options: readonly string[];
  /** A folder that is no Windows PE comes first, the sample second and third. */
  readonly several?: boolean;
  readonly index?: number;
  /** Image that boots from the medium. */
  readonly boots: number;
}

const forms: readonly Form[] = [
  { name: 'stored', compression: 'None', options: ['--compress=none', '--boot'], boots: 1 },
  { name: 'XPRESS', compression: 'XPRESS', options: ['--compress=XPRESS', '--boot'], boots: 1 },
  { name: 'LZX', compression: 'LZX', options: ['--compress=LZX', '--boot'], boots: 1 },
  {
    name: 'LZX with integrity table',
    compression: 'LZX',
    options: ['--compress=LZX', '--boot', '--check'],
    boots: 1,
  },
  { name: 'XPRESS with boot index 0', compression: 'XPRESS', options: ['--compress=XPRESS'], boots: 1 },
  {
    name: 'several images, the second one chosen',
    compression: 'XPRESS',
    options: ['--compress=XPRESS', '--check'],
    several: true,
    index: 2,
    boots: 2,
  },
  {
    name: 'several images, the third one boots',
    compression: 'LZX',
    options: ['--compress=LZX'],
    several: true,
    boots: 3,
  },
];

describeWithTools(['wimlib-imagex', '7z'], 'a medium from a boot image captured by wimlib', (found) => {
  const wimlib = found.path('wimlib-imagex');
  let files = '';
  let other = '';
  beforeAll(async () => {
    const folder = scratch();
    files = await sampleFolder(folder);
    // As real images have them: hard links, and a link that wimlib stores as reparse point; the XML data count them.
    linkSync(join(files, 'Windows/System32/osdkit-sample.bin'), join(files, 'Windows/System32/second-name.bin'));
    symlinkSync('Windows', join(files, 'Documents and Settings'));
    other = join(folder, 'other');
    mkdirSync(other);
    writeFileSync(join(other, 'notes.txt'), 'no Windows PE\n'.repeat(5000));
  });

  /** Makes the WIM of a form. */
  async function captureForm(form: Form, wim: string): Promise<string> {
    if (form.several !== true) return capture(wimlib, files, wim, form.options);
    const check = form.options.filter((option) => option === '--check');
    await run(wimlib, ['capture', other, wim, 'other', ...form.options]);
    for (const [name, options] of [
      ['second', []],
      ['third', form.index === undefined ? ['--boot'] : []],
    ] as const) {
      await run(wimlib, ['append', files, wim, name, ...options, ...check]);
    }
    for (const index of ['2', '3']) {
      await run(wimlib, ['info', wim, index, '--image-property', 'WINDOWS/ARCH=9', ...check]);
    }
    return wim;
  }

  /** What wimlib says of a WIM as a whole, and the numbers of one image in it. */
  async function facts(wim: string, index: number): Promise<Record<string, string | undefined>> {
    const whole = (await run(wimlib, ['info', wim, '--check'])).stdout;
    const image = (await run(wimlib, ['info', wim, String(index)])).stdout;
    const field = (text: string, name: string) => new RegExp(`^${name}: +(.*?) *$`, 'm').exec(text)?.[1];
    return {
      ...Object.fromEntries(
        ['Image Count', 'Compression', 'Chunk Size', 'Boot Index', 'GUID'].map((name) => [name, field(whole, name)]),
      ),
      Attributes: field(whole, 'Attributes'),
      ...Object.fromEntries(
        ['Name', 'Directory Count', 'File Count', 'Total Bytes', 'Hard Link Bytes', 'Architecture'].map((name) => [
          name,
          field(image, name),
        ]),
      ),
    };
  }

  describe.each(forms)('$name', (form) => {
    let folder = '';
    let wim = '';
    let bootWim = '';
    let made: CreatedMedium;
    const own = (name: string) => join(folder, name);

    beforeAll(async () => {
      folder = scratch();
      wim = await captureForm(form, own('given.wim'));
      made = await createBootable({
        bootImage: wim,
        output: own('medium.iso'),
        variables: ['Site=HQ', 'SMSTSPreferredAdvertID=ABC20001'],
        ...(form.index === undefined ? {} : { index: form.index }),
      });
      await udfView(own('medium.iso'), own('udf'));
      bootWim = own('udf/sources/boot.wim');
    });

    test('wimlib and 7-Zip verify boot.wim from the medium', async () => {
      expect((await run(wimlib, ['verify', bootWim])).stdout).toContain('was successfully verified');
      expect((await run('7z', ['t', bootWim])).stdout).toContain('Everything is Ok');
    });

    test('it holds our two files as wimlib would have put them there: counts, boot index, compression', async () => {
      const wanted = own('wanted.wim');
      cpSync(wim, wanted);
      const check = form.options.includes('--check') ? ['--check'] : [];
      const added = `add '${own('udf/osdkit')}' /osdkit\ndelete /osdkit/manifest.json\n`;
      await run(wimlib, ['update', wanted, String(form.boots), ...check], { input: added });
      await run(wimlib, ['info', wanted, String(form.boots), '--boot', ...check]);
      const got = await facts(bootWim, form.boots);
      expect(got).toEqual(await facts(wanted, form.boots));
      expect(got).toMatchObject({ 'Boot Index': String(form.boots), Compression: form.compression });
      expect(got['Attributes']?.includes('Integrity')).toBe(check.length > 0);
    });

    test('wimlib applies it: the captured files, media.json and variables as on the medium', async () => {
      const applied = own('applied');
      await run(wimlib, ['apply', bootWim, String(form.boots), applied]);
      const medium = hashesBelow(own('udf'));
      expect(hashesBelow(applied)).toEqual({
        ...hashesBelow(files),
        'osdkit/media.json': medium['osdkit/media.json'],
        'osdkit/variables': medium['osdkit/variables'],
      });
      const { stdout } = await run(wimlib, ['dir', bootWim, String(form.boots)]);
      expect(stdout.split('\n').filter((path) => /^\/osdkit(\/|$)/.test(path))).toEqual([
        '/osdkit',
        '/osdkit/media.json',
        '/osdkit/variables',
      ]);
    });

    test('the boot files on the medium are those inside the image', () => {
      const medium = hashesBelow(own('udf'));
      expect(medium).toMatchObject({
        'EFI/BOOT/BOOTX64.EFI': sha256File(join(files, 'Windows/Boot/EFI/bootmgfw.efi')),
        'boot/boot.sdi': sha256File(join(files, 'Windows/Boot/DVD/EFI/boot.sdi')),
        bootmgr: sha256File(join(files, 'Windows/Boot/PCAT/bootmgr')),
      });
    });

    test('wimlib extracts media.json and variables alone', async () => {
      await run(wimlib, ['extract', bootWim, String(form.boots), '/osdkit', '--dest-dir', own('extracted')]);
      const media = JSON.parse(readFileSync(own('extracted/osdkit/media.json'), 'utf8')) as Record<string, unknown>;
      expect(media).toMatchObject({ mediaId: made.mediaId, type: 'BootMedia', unattended: false });
      expect(sha256File(own('extracted/osdkit/variables'))).toBe(sha256File(own('udf/osdkit/variables')));
    });

    test('what was in it lies there as it was: appended, not compressed again', () => {
      const given = readFileSync(wim);
      const copy = readFileSync(bootWim);
      const blobs = 208; // the header alone is written again
      const tables = tablesStart(given);
      expect(tables).toBeGreaterThan(given.length / 2);
      expect(copy.subarray(blobs, tables).equals(given.subarray(blobs, tables))).toBe(true);
    });

    if (form.several === true) {
      test('the other images are as they were', async () => {
        for (const index of [1, 2, 3].filter((one) => one !== form.boots)) {
          const { stdout } = await run(wimlib, ['dir', bootWim, String(index)]);
          expect(stdout).toBe((await run(wimlib, ['dir', wim, String(index)])).stdout);
        }
      });
    }

    test('the note about the boot index comes when it was set', () => {
      const set = made.notes.some(({ code }) => code === 'MEDIA_BOOT_INDEX_SET');
      expect(set).toBe(!form.options.includes('--boot') && !(form.several === true && form.index === undefined));
    });
  });
});

/** Where the tables of a WIM begin, from the resource headers at 0x30 and 0x48 of its header (image-formats D.1, D.2). */
function tablesStart(wim: Buffer): number {
  const blobTable = Number(wim.readBigUInt64LE(0x30 + 8));
  const xml = Number(wim.readBigUInt64LE(0x48 + 8));
  return Math.min(blobTable, xml);
}
