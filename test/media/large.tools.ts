/** Large payloads: what the image file costs beyond its files, and files of 4 GiB that FAT cannot hold. */
import { mkdirSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { checkInput, imageCreateIso } from '../../src/app/index.ts';
import { operationContext } from '../../src/core/index.ts';
import { describeWithTools, run, scratch } from '../support/tools.ts';
import { directoriesOnly, sparseFile } from './made-large.ts';
import { capture, createBootable, sampleFolder, sampleWim, services } from './made-media.ts';
import { firstPartition } from './views.ts';

const mebibyte = 1024 * 1024;
/** Of the payload, above 256 MiB (issue 3). */
const mostOverhead = 0.015;
/** What every further file needs: a UDF file entry, the rest of a FAT cluster of 4 KiB, directory records; bytes. */
const perFile = 2048 + 4096 + 256;

const createIso = (options: Readonly<Record<string, unknown>>) =>
  imageCreateIso.run(checkInput(imageCreateIso, options), services, operationContext());

describe('overhead of at most 1.5 % above 256 MiB', () => {
  test.each([
    ['one file of 257 MiB', [257 * mebibyte]],
    ['2,000 files of 140,000 bytes, and what each file needs', Array.from({ length: 2000 }, () => 140_000)],
    ['files of 3 GiB and of 1 GiB', [3072 * mebibyte, 1024 * mebibyte]],
    ['a file of 5 GiB beside one of 257 MiB', [5120 * mebibyte, 257 * mebibyte]],
  ])('planned: %s', async (_, sizes) => {
    const folder = scratch();
    for (const [index, size] of sizes.entries()) {
      const path = join(folder, `payload-${index}.bin`);
      writeFileSync(path, '');
      truncateSync(path, size);
    }
    const payload = sizes.reduce((sum, size) => sum + size, 0);
    for (const layout of ['mbr', 'gpt']) {
      const { size } = await createIso({ folder, output: join(scratch(), 'x.iso'), layout, plan: true });
      const most = payload * mostOverhead + (sizes.length > 10 ? sizes.length * perFile : 0);
      expect(size - payload, layout).toBeLessThanOrEqual(most);
    }
  });

  test('written by image create-iso: a folder with a hole of 260 MiB', async () => {
    const folder = join(scratch(), 'files');
    mkdirSync(folder);
    sparseFile(join(folder, 'payload.bin'), 260 * mebibyte, 'mark');
    const output = join(scratch(), 'written.iso');
    await createIso({ folder, output });
    expect(statSync(output).size / (260 * mebibyte) - 1).toBeLessThanOrEqual(mostOverhead);
  });
});

describeWithTools(['wimlib-imagex', '7z'], 'a padded boot image', (found) => {
  test('media create bootable: the image file is at most 1.5 % larger than its files', async () => {
    const folder = scratch();
    const files = await sampleFolder(folder);
    sparseFile(join(files, 'padding.bin'), 260 * mebibyte, 'mark');
    const bootImage = await capture(found.path('wimlib-imagex'), files, join(folder, 'padded.wim'), [
      '--compress=none',
      '--boot',
    ]);
    const output = join(folder, 'padded.iso');
    await createBootable({ bootImage, output });
    // What 7-Zip counts in UDF is the payload.
    const { stdout } = await run('7z', ['l', '-tudf', output]);
    const [, listed] = /(\d+) +\d+ +\d+ files, \d+ folders\s*$/m.exec(stdout) ?? [];
    const payload = Number(listed);
    expect(payload).toBeGreaterThan(260 * mebibyte);
    expect(statSync(output).size / payload - 1).toBeLessThanOrEqual(mostOverhead);
  });
});

describeWithTools(['7z', 'xorriso', 'isoinfo', 'mdir', 'sfdisk'], 'a file of 4 GiB or more', () => {
  const large = 4 * 1024 * mebibyte;
  let folder = '';
  let iso = '';
  beforeAll(async () => {
    folder = join(scratch(), 'files');
    mkdirSync(join(folder, 'sources'), { recursive: true });
    writeFileSync(join(folder, 'readme.txt'), 'small\n');
    sparseFile(join(folder, 'sources', 'install.wim'), large, 'mark');
    sparseFile(join(folder, 'sources', 'other.wim'), large - 1, 'mark');
    iso = await directoriesOnly(folder, join(scratch(), 'large.iso'));
  });

  test('--plan names it; the largest that FAT holds is not named', async () => {
    const plan = await createIso({ folder, output: `${iso}.planned`, plan: true });
    expect(plan.discOnly).toEqual(['sources/install.wim']);
    expect(plan.warnings.join('\n')).not.toContain('other.wim');
  });

  test('7-Zip lists it in UDF, xorriso and isoinfo in Joliet and ISO 9660, with its size', async () => {
    const { stdout: udf } = await run('7z', ['l', '-tudf', iso]);
    expect(udf).toMatch(new RegExp(` ${large} .* sources/install\\.wim$`, 'm'));
    expect(udf).not.toMatch(/WARNING|ERROR/);
    for (const [tree, path] of [
      ['norock', '/sources/install.wim'],
      ['ecma119', '/SOURCES/INSTALL.WIM'],
    ] as const) {
      const { stdout } = await run('xorriso', ['-read_fs', tree, '-indev', iso, '-find', path, '-exec', 'lsdl']);
      expect(stdout, tree).toMatch(new RegExp(` ${large} .*${path}`));
    }
    const { stdout: extents } = await run('isoinfo', ['-J', '-l', '-i', iso]);
    // Two extents (level 3): the first as long as a directory record can say.
    expect(extents.match(/install\.wim/g)).toHaveLength(2);
  });

  test('mdir does not see it on the stick; its neighbour of one byte less it does', async () => {
    const { start } = await firstPartition(iso);
    const { stdout } = await run('mdir', ['-b', '-i', `${iso}@@${start}`, '::sources']);
    expect(stdout.trim().split('\n')).toEqual(['::/sources/other.wim']);
  });

  test('it lies behind the partition', async () => {
    const { start, size } = await firstPartition(iso);
    expect(statSync(iso).size - start - size).toBeGreaterThan(large);
  });

  test('a boot image of that size is refused by name: no stick would show it', async () => {
    const wim = await sampleWim(scratch());
    truncateSync(wim, large);
    await expect(createBootable({ bootImage: wim, output: `${iso}.planned`, plan: true })).rejects.toMatchObject({
      code: 'MEDIA_BOOT_IMAGE_TOO_LARGE',
    });
  });
});
