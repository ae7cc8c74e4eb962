/** Foreign judges on the whole image: 7-Zip, xorriso, udfinfo, fsck.fat, mtools, sfdisk, sgdisk agree on one file. */
import { copyFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { openFile } from '../../../images/bytes/index.ts';
import { checkDisc, layoutDisc, openDisc, type DiscLayout } from '../../../images/disc/index.ts';
import { compareTrees, readDirectory } from '../../../images/tree/index.ts';
import { requireTool, run, scratch, sha256File } from '../../support/tools.ts';
import { hollow } from '../fat/volumes.ts';
import { discFile, discOptions, loader, mediaTree, MIB } from './disc-image.ts';

const tools = requireTool('7z', 'xorriso', 'udfinfo', 'fsck.fat', 'mdir', 'mtype', 'mcopy', 'sfdisk', 'sgdisk');
const mtools = { env: { MTOOLS_SKIP_CHECK: '1' } };

/** What 7-Zip says about a view: its words about warnings and errors, nothing when all is well. */
async function sevenZip(image: string, type: 'udf' | 'iso'): Promise<string[]> {
  const { stdout, stderr } = await run('7z', ['t', `-t${type}`, image]);
  expect(stdout).toContain('Everything is Ok');
  return `${stdout}\n${stderr}`.split('\n').filter((line) => /warning|error|unexpected|after the end/i.test(line));
}

/** The FAT volume as mtools name it. */
const volumeOf = (image: string, layout: DiscLayout): string => `${image}@@${layout.parts.fat.startOffset}`;

async function fatSlice(image: string, layout: DiscLayout): Promise<string> {
  const { startOffset, endOffset } = layout.parts.fat;
  const slice = join(scratch(), 'fat.img');
  const blocks = [`skip=${startOffset / 512}`, `count=${(endOffset - startOffset) / 512}`];
  await run('dd', [`if=${image}`, `of=${slice}`, 'bs=512', ...blocks, 'conv=sparse', 'status=none']);
  return slice;
}

describe.each([
  ['mbr', 'tiny', mediaTree()],
  ['gpt', 'tiny', mediaTree()],
  ['mbr', '40 MB', mediaTree({ loader: 1_600_000, bootWim: 40e6 })],
] as const)('%s layout, %s', (kind, _size, tree) => {
  const layout = layoutDisc(tree, discOptions({ layout: kind }));
  let image: string;
  beforeAll(async () => {
    if (!tools.available) return;
    image = join(scratch(), 'image.iso');
    await discFile(layout, image);
  });

  test('7-Zip: both views without a word, in gpt but for the data behind the end', async () => {
    expect(await sevenZip(image, 'iso')).toEqual([]);
    const words = await sevenZip(image, 'udf');
    if (kind === 'mbr') expect(words).toEqual([]);
    else
      expect(words.join('\n')).toMatch(
        /^(WARNINGS:|There are data after the end of archive|Archives with Warnings: 1|Warnings: 1|\n)*$/i,
      );
  });

  test('one SHA-256 of boot.wim out of UDF, ISO 9660, Joliet and FAT', async () => {
    const folder = scratch();
    const at = (name: string) => join(folder, name);
    await run('sh', ['-c', `7z x -tudf -so ${image} sources/boot.wim > ${at('udf')}`]);
    await run('sh', ['-c', `7z x -tiso -so ${image} sources/boot.wim > ${at('joliet')}`]);
    const plain = ['-read_fs', 'nojoliet', '-osirrox', 'on', '-indev', image, '-extract'];
    await run('xorriso', [...plain, '/SOURCES/BOOT.WIM', at('iso')]);
    await run('mcopy', ['-i', volumeOf(image, layout), '::sources/boot.wim', at('fat')], mtools);
    const wanted = sha256File(at('udf'));
    expect(sha256File(at('joliet'))).toBe(wanted);
    expect(sha256File(at('iso'))).toBe(wanted);
    expect(sha256File(at('fat'))).toBe(wanted);
    await using written = await openFile(at('udf'));
    expect(written.size).toBe(layout.files.find(({ path }) => path === 'sources/boot.wim')?.size);
  });

  test('udfinfo, fsck.fat and mdir', async () => {
    const udf = await run('udfinfo', [image]);
    expect(udf.stderr).toBe('');
    expect(udf.stdout).toMatch(/label=WINPE_X64[^]*udfrev=1.02[^]*integrity=closed/);
    const fsck = await run('fsck.fat', ['-n', await fatSlice(image, layout)]);
    // Version and count, not a word in between.
    expect(`${fsck.stdout}${fsck.stderr}`).toMatch(/^fsck.fat [^\n]*\n[^\n]*: \d+ files, \d+\/\d+ clusters\n$/);
    const { stdout } = await run('mdir', ['-/', '-b', '-i', volumeOf(image, layout)], mtools);
    const listed = stdout.split('\n').filter((line) => line !== '' && !line.endsWith('/'));
    expect(listed.sort()).toEqual(layout.files.map(({ path }) => `::/${path}`).sort());
  });

  test('the partition table', async () => {
    if (kind === 'mbr') {
      const { stdout, stderr } = await run('sfdisk', ['--verify', image]);
      expect(`${stdout}${stderr}`).toContain('No errors detected');
      const dump = await run('sfdisk', ['--dump', image]);
      expect(dump.stdout).toMatch(/start=\s*2048|start=\s*4096|start=\s*6144/);
      expect(dump.stdout).toMatch(/type=c, bootable/);
    } else {
      const { stdout } = await run('sgdisk', ['--verify', image]);
      expect(stdout).toContain('No problems found');
    }
  });

  test('El Torito as xorriso sees it, and the small volume as mtools do', async () => {
    const { stdout } = await run('xorriso', ['-indev', image, '-report_el_torito', 'plain']);
    expect(stdout).toMatch(/boot img :\s+1\s+BIOS\s+y\s+none\s+0x0000\s+0x00\s+8\s/);
    const sectors = layout.parts.small?.totalSectors;
    const block = (layout.parts.small?.startOffset ?? 0) / 2048;
    expect(stdout).toMatch(
      new RegExp(`boot img :\\s+2\\s+UEFI\\s+y\\s+none\\s+0x0000\\s+0x00\\s+${sectors}\\s+${block}`),
    );
    const small = `${image}@@${layout.parts.small?.startOffset}`;
    const copy = join(scratch(), 'loader');
    await run('mcopy', ['-i', small, `::${loader}`, copy], mtools);
    await using read = await openFile(copy);
    expect(read.size).toBe(layout.files.find(({ path }) => path === loader)?.size);
    const { stdout: listed } = await run('mdir', ['-/', '-b', '-i', small], mtools);
    expect(
      listed
        .trim()
        .split('\n')
        .filter((line) => !line.endsWith('/')),
    ).toEqual([`::/${loader}`]);
  });
});

test('7-Zip gives back the whole tree', async () => {
  const tree = mediaTree();
  const image = join(scratch(), 'image.iso');
  await discFile(layoutDisc(tree, discOptions()), image);
  for (const type of ['udf', 'iso']) {
    const target = join(scratch(), type);
    await run('7z', ['x', `-t${type}`, '-y', `-o${target}`, image, '-x![BOOT]']);
    const extracted = await readDirectory(target);
    expect(await compareTrees(tree, extracted.root)).toEqual([]);
  }
});

test('a plain folder without boot files', async () => {
  const { bios: _bios, ...options } = discOptions({ loaders: [], fileOrder: {} });
  const layout = layoutDisc(mediaTree(), options);
  const image = join(scratch(), 'image.iso');
  await discFile(layout, image);
  expect(await sevenZip(image, 'udf')).toEqual([]);
  expect(await sevenZip(image, 'iso')).toEqual([]);
  await using source = await openFile(image);
  expect(checkDisc(await openDisc(source))).toEqual([]);
});

test('300 MB: at most 1.5 % larger than its files, and on a larger stick', async () => {
  const layout = layoutDisc(mediaTree({ loader: 1_600_000, bootWim: 300 * MIB + 1 }), discOptions());
  expect(layout.overhead / layout.payload).toBeLessThanOrEqual(0.015);
  const folder = scratch();
  const [image, stick] = [join(folder, 'image.iso'), join(folder, 'stick.img')];
  await discFile(layout, image);
  expect(await sevenZip(image, 'udf')).toEqual([]);
  copyFileSync(image, stick);
  truncateSync(stick, 2048 * MIB);
  const { stdout } = await run('sfdisk', ['--verify', stick]);
  expect(stdout).toContain('No errors detected');
  await using source = await openFile(stick);
  expect(checkDisc(await openDisc(source))).toEqual([]);
});

test('a file above 4 GiB: on the disc for all, not on the stick', async () => {
  const size = 2 ** 32 + 5000;
  const layout = layoutDisc(mediaTree({ more: { 'sources/install.wim': hollow(size) } }), discOptions());
  const image = join(scratch(), 'image.iso');
  await discFile(layout, image);
  for (const type of ['udf', 'iso']) {
    const { stdout } = await run('7z', ['l', `-t${type}`, '-slt', image]);
    expect(stdout).toContain(`Path = sources/install.wim\nFolder = -\nSize = ${size}`);
    expect(stdout).not.toMatch(/warning|error/i);
  }
  const { stdout } = await run('mdir', ['-/', '-b', '-i', volumeOf(image, layout)], mtools);
  expect(stdout).toContain('::/sources/boot.wim');
  expect(stdout).not.toContain('install.wim');
  await using source = await openFile(image);
  expect(checkDisc(await openDisc(source))).toEqual([]);
});
