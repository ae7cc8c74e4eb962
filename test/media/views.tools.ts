/** One image file in both layouts, judged by every foreign reader there is: each view is sound, and all show the same bytes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { CreatedMedium } from '../../src/app/index.ts';
import { describeWithTools, run, scratch, sha256File } from '../support/tools.ts';
import { createBootable, sampleWim } from './made-media.ts';
import { cutPartition, fatView, firstPartition, hashesBelow, udfView, xorrisoView } from './views.ts';

const files = [
  'EFI/BOOT/BOOTX64.EFI',
  'EFI/Microsoft/Boot/BCD',
  'boot/bcd',
  'boot/boot.sdi',
  'bootmgr',
  'osdkit/manifest.json',
  'osdkit/media.json',
  'osdkit/variables',
  'sources/boot.wim',
];
const tools = ['7z', 'xorriso', 'isoinfo', 'udfinfo', 'fsck.fat', 'mdir', 'mcopy', 'sfdisk', 'sgdisk'];
const behindEnd = 'There are data after the end of archive';

describeWithTools([...tools, 'hivexregedit', 'hivexsh'], 'an image file for disc and stick', () => {
  let folder = '';
  let wim = '';
  beforeAll(async () => {
    folder = scratch();
    wim = await sampleWim(folder);
  });

  describe.each(['mbr', 'gpt'] as const)('in the %s layout', (layout) => {
    let iso = '';
    let made: CreatedMedium;
    /** The files by hash, as 7-Zip extracts them from UDF. */
    let udf: Readonly<Record<string, string>> = {};
    const own = (name: string) => join(folder, `${layout}-${name}`);

    beforeAll(async () => {
      iso = own('medium.iso');
      made = await createBootable({ bootImage: wim, output: iso, layout, variables: ['Site=HQ'] });
      udf = hashesBelow(await udfView(iso, own('udf')));
    });

    /** Lines that 7-Zip warns with, without the headings. */
    const warningsOf = (text: string) =>
      text.split('\n').filter((line, i, all) => line !== '' && /^(WARNINGS|ERRORS):$/.test(all[i - 1] ?? ''));

    test.each(['t', 'l'])('7z %s: UDF first, and ISO 9660; warns of nothing but the backup GPT', async (command) => {
      const { stdout } = await run('7z', [command, iso]);
      expect(stdout).toContain('Type = Udf');
      expect(new Set(warningsOf(stdout))).toEqual(new Set(layout === 'mbr' ? [] : [behindEnd]));
      const disc = await run('7z', [command, '-tiso', iso]);
      expect(disc.stdout).toContain('Type = Iso');
      expect(warningsOf(disc.stdout).filter((line) => line !== behindEnd)).toEqual([]);
      for (const text of command === 't' ? [stdout, disc.stdout] : []) expect(text).toContain('Everything is Ok');
    });

    test('one SHA-256 of every file out of UDF, ISO 9660, Joliet and FAT', async () => {
      expect(Object.keys(udf)).toEqual(files);
      const plain = hashesBelow(await xorrisoView(iso, 'ecma119', own('iso')));
      const joliet = hashesBelow(await xorrisoView(iso, 'norock', own('joliet')));
      const fat = hashesBelow(await fatView(iso, own('fat')));
      expect(joliet).toEqual(udf);
      expect(fat).toEqual(udf);
      expect(plain).toEqual(Object.fromEntries(Object.entries(udf).map(([path, hash]) => [path.toUpperCase(), hash])));
    });

    test('boot.wim lies once: UDF, Joliet and FAT name the same sectors', async () => {
      const { stdout } = await run('isoinfo', ['-J', '-l', '-i', iso]);
      const [, block] = /\[ *(\d+) \d+\] +boot\.wim/.exec(stdout) ?? [];
      const joliet = Number(block) * 2048;
      const image = readFileSync(iso);
      const start = readFileSync(own('udf/sources/boot.wim')).subarray(0, 4096);
      expect(image.indexOf(start)).toBe(joliet);
      expect(image.indexOf(start, joliet + 1)).toBe(-1);
      const { stdout: clusters } = await run('mshowfat', ['-i', `${iso}@@${1 << 20}`, '::sources/boot.wim']);
      const [, cluster] = /<(\d+)-\d+>/.exec(clusters) ?? [];
      const boot = image.subarray(1 << 20);
      const data = (boot.readUInt16LE(14) + boot.readUInt8(16) * boot.readUInt32LE(36)) * 512;
      expect((1 << 20) + data + (Number(cluster) - 2) * boot.readUInt8(13) * 512).toBe(joliet);
    });

    test('xorriso: ISO 9660 with Joliet, El Torito for BIOS and UEFI', async () => {
      const { stdout } = await run('xorriso', ['-indev', iso, '-toc', '-report_el_torito', 'plain']);
      expect(stdout).toMatch(/^ISO offers +: Joliet$/m);
      expect(stdout).toMatch(/^Media summary: 1 session/m);
      const entries = [
        ...stdout.matchAll(/^El Torito boot img : +(\d) +(\w+) +(\w) +(\w+) +(\w+) +\w+ +(\d+) +(\d+)/gm),
      ];
      expect(
        entries.map(([, , platform, bootable, emulation, segment]) => [platform, bootable, emulation, segment]),
      ).toEqual([
        ['BIOS', 'y', 'none', '0x0000'],
        ['UEFI', 'y', 'none', '0x0000'],
      ]);
    });

    test('the FAT behind the UEFI entry holds the loader alone', async () => {
      const { stdout } = await run('7z', ['e', '-tiso', iso, '[BOOT]/2-Boot-NoEmul.img', `-o${own('efi')}`]);
      expect(stdout).toContain('Everything is Ok');
      const small = own('efi/2-Boot-NoEmul.img');
      await run('fsck.fat', ['-n', small]);
      const listed = await run('mdir', ['-/', '-b', '-i', small, '::/']);
      expect(
        listed.stdout
          .trim()
          .split('\n')
          .filter((path) => !path.endsWith('/')),
      ).toEqual(['::/EFI/BOOT/BOOTX64.EFI']);
      await run('mcopy', ['-i', small, '::/EFI/BOOT/BOOTX64.EFI', own('loader.efi')]);
      expect(sha256File(own('loader.efi'))).toBe(udf['EFI/BOOT/BOOTX64.EFI']);
    });

    test('udfinfo: UDF 1.02, closed, read-only, ends with the file or before the backup GPT', async () => {
      const { stdout, stderr } = await run('udfinfo', [iso]);
      const field = (name: string) => new RegExp(`^${name}=(.*)$`, 'm').exec(stdout)?.[1];
      expect(stderr).toBe('');
      expect({
        revision: field('udfrev'),
        integrity: field('integrity'),
        access: field('accesstype'),
        files: field('numfiles'),
        folders: field('numdirs'),
        label: field('label'),
        behind: field('behindblocks'),
      }).toEqual({
        revision: '1.02',
        integrity: 'closed',
        access: 'readonly',
        files: String(files.length),
        folders: '8', // seven and the root
        label: 'OSDKIT',
        behind: layout === 'mbr' ? '0' : '256', // 2048-byte blocks: behind UDF lies the backup GPT alone
      });
      expect(stdout).toMatch(/^start=256, blocks=1, type=ANCHOR$/m);
    });

    test('fsck.fat and mdir accept the FAT volume', async () => {
      const slice = await cutPartition(iso, own('fat.img'));
      const { stdout } = await run('fsck.fat', ['-n', '-v', slice]);
      expect(stdout).toMatch(/: \d+ files, \d+\/\d+ clusters$/m);
      expect(stdout).not.toMatch(/differ|dirty|wrong|unclean|orphan|contain/i);
      const listed = (await run('mdir', ['-/', '-b', '-i', slice, '::/'])).stdout.trim().split('\n');
      expect(listed.filter((path) => !path.endsWith('/')).sort()).toEqual(files.map((path) => `::/${path}`).sort());
    });

    test('the partition table is sound', async () => {
      const table = (await run('sfdisk', ['--json', iso])).stdout;
      const { partitiontable } = JSON.parse(table) as {
        partitiontable: { label: string; partitions: { start: number; type: string; bootable?: boolean }[] };
      };
      expect(partitiontable.partitions).toHaveLength(1);
      expect((await firstPartition(iso)).start).toBe(1 << 20);
      if (layout === 'mbr') {
        expect((await run('sfdisk', ['--verify', iso])).stdout).toContain('No errors detected');
        expect(partitiontable).toMatchObject({ label: 'dos', partitions: [{ type: 'c', bootable: true }] });
      } else {
        expect((await run('sgdisk', ['--verify', iso])).stdout).toContain('No problems found');
        expect(partitiontable).toMatchObject({
          label: 'gpt',
          partitions: [{ type: 'EBD0A0A2-B9E5-4433-87C0-68B6B72699C7' }],
        });
      }
    });

    test('hivex reads both stores: default object, loader, disk of the medium', async () => {
      for (const [path, loader] of [
        ['EFI/Microsoft/Boot/BCD', 'winload.efi'],
        ['boot/bcd', 'winload.exe'],
      ] as const) {
        const store = own(`udf/${path}`);
        const { stdout } = await run('hivexregedit', ['--export', '--unsafe-printable-strings', store, '\\']);
        expect(stdout).toContain('[\\Objects\\{9dea862c-5cdd-4e70-acc1-f32b344d4795}\\Elements\\23000003]');
        expect(stdout).toContain(loader);
        expect(stdout.match(/\\Elements\\11000001\]/g)).not.toBeNull();
        const shown = await run('hivexsh', [store], { input: 'cd \\Description\nlsval KeyName\n' });
        expect(shown.stdout.trim()).toBe('BCD00000000');
      }
    });

    test('manifest.json lists every file but itself, with the hashes that 7-Zip and sha256sum give', async () => {
      interface Listed {
        readonly path: string;
        readonly size: number;
        readonly sha256: string;
      }
      const manifest = JSON.parse(readFileSync(own('udf/osdkit/manifest.json'), 'utf8')) as {
        readonly mediaId: string;
        readonly files: readonly Listed[];
        readonly inputs: readonly { readonly role: string; readonly sha256: string }[];
      };
      const others = files.filter((path) => path !== 'osdkit/manifest.json');
      const { stdout } = await run('sha256sum', others, { cwd: own('udf') });
      expect(manifest.files.map(({ path, sha256 }) => `${sha256}  ${path}`).sort()).toEqual(
        stdout.trim().split('\n').sort(),
      );
      for (const { path, size } of manifest.files) expect(readFileSync(own(`udf/${path}`)).length, path).toBe(size);
      expect(manifest.mediaId).toBe(made.mediaId);
      expect(manifest.inputs).toEqual([
        { role: 'boot-image', sha256: sha256File(wim), size: readFileSync(wim).length },
      ]);
    });

    test('the SHA-256 told is that of the file', () => {
      expect(made.sha256).toBe(sha256File(iso));
      expect(made.size).toBe(readFileSync(iso).length);
    });
  });
});
