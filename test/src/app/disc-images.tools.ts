/** `image list`, `extract`, `inspect` on disc images, volumes and disks that others made; 7-Zip, isoinfo and mtools judge. */
import { closeSync, mkdirSync, openSync, readFileSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compareTrees, readDirectory, treeFromFiles, writeDirectory } from '../../../images/tree/index.ts';
import { operationContext } from '../../../src/core/index.ts';
import { content } from '../../images/fat/volumes.ts';
import { requireTool, run, scratch } from '../../support/tools.ts';
import { extract, inspect, list, ourLines, sevenZipLines } from './foreign-images.ts';

requireTool('genisoimage', 'isoinfo', '7z', 'mkfs.fat', 'mcopy', 'sgdisk', 'sfdisk');

const tree = treeFromFiles(
  Object.entries({
    'sources/boot.wim': 300_001,
    'EN-US/bootmgfw.efi.mui': 77,
    'deep/a/b/read me.txt': 12,
    'empty.txt': 0,
    'bootmgr.efi': 40_000,
  }).map(([path, size], index) => ({ path, content: content(size, index) })),
);

async function folderOf(): Promise<string> {
  const folder = join(scratch(), 'tree');
  await writeDirectory(tree, folder, operationContext());
  return folder;
}

/** A FAT volume that mkfs.fat made and mcopy filled. */
async function fatImage(size: number, ...options: readonly string[]): Promise<string> {
  const image = join(scratch(), 'fat.img');
  writeFileSync(image, '');
  truncateSync(image, size);
  await run('mkfs.fat', ['-n', 'STICK', ...options, image]);
  const names = tree.children.map(({ name }) => name);
  const folder = await folderOf();
  await run('mcopy', ['-s', '-Q', '-i', image, ...names.map((name) => join(folder, name)), '::']);
  return image;
}

describe('a disc of genisoimage with UDF, Rock Ridge and Joliet', () => {
  const make = async (): Promise<string> => {
    const iso = join(scratch(), 'disc.img');
    const options = [
      '-quiet',
      '-udf',
      '-R',
      '-J',
      '-V',
      'FOREIGN',
      '-b',
      'bootmgr.efi',
      '-no-emul-boot',
      '-c',
      'boot.cat',
    ];
    await run('genisoimage', [...options, '-o', iso, await folderOf()]);
    return iso;
  };

  test('each view is what others list', async () => {
    const iso = await make();
    expect((await list(iso)).views).toEqual(['udf', 'rock-ridge', 'joliet', 'iso']);
    expect(await ourLines(iso)).toEqual(await sevenZipLines(iso, 'udf'));
    for (const [view, ...options] of [['rock-ridge', '-R'], ['joliet', '-J'], ['iso']] as const) {
      const { stdout } = await run('isoinfo', [...options, '-f', '-i', iso]);
      const names = stdout.split('\n').flatMap((line) => (line === '' ? [] : [line.slice(1).replace(/\.?;1$/, '')]));
      const ours = (await list(iso, { view })).entries.map(({ path }) => path);
      expect(ours.sort()).toEqual(names.sort());
    }
  });

  test('inspect tells views, boot entry and counts', async () => {
    const result = await inspect(await make());
    expect(result).toMatchObject({
      kind: 'disc',
      views: [
        { name: 'udf', format: 'UDF 1.02', label: 'FOREIGN', partition: null },
        { name: 'rock-ridge', label: 'FOREIGN' },
        { name: 'joliet', label: 'FOREIGN' },
        { name: 'iso', label: 'FOREIGN' },
      ],
      bootEntries: [{ firmware: 'BIOS', bootable: true }],
      partitionTable: 'none',
      contents: { view: 'udf', folders: 5, files: 6 },
      problems: [],
    });
  });

  test('extract: a file, a folder, everything', async () => {
    const iso = await make();
    const folder = scratch();
    await extract(iso, join(folder, 'one'), ['SOURCES\\boot.wim', 'deep/a']);
    const some = await readDirectory(join(folder, 'one'));
    const wanted = treeFromFiles([
      { path: 'sources/boot.wim', content: content(300_001, 0) },
      { path: 'deep/a/b/read me.txt', content: content(12, 2) },
    ]);
    expect(await compareTrees(wanted, some.root)).toEqual([]);
    expect(await extract(iso, join(folder, 'all'))).toMatchObject({ view: 'udf', files: 6 });
    const all = await readDirectory(join(folder, 'all'));
    // The boot catalog is a file of genisoimage's disc.
    expect((await compareTrees(tree, all.root)).map(({ path }) => path)).toEqual(['boot.cat']);
  });

  test('a view that is not there, an index: refused with what is there', async () => {
    const iso = await make();
    await expect(list(iso, { view: 'fat' })).rejects.toThrow(/holds no fat, only udf, rock-ridge, joliet, iso/);
    await expect(list(iso, { index: 1 })).rejects.toMatchObject({ code: 'APP_OPTION' });
  });
});

describe('volumes of mkfs.fat', () => {
  const MiB = 2 ** 20;
  test.each<[string, number, string[], string]>([
    ['FAT12', 4 * MiB, ['-F', '12'], 'FAT12'],
    ['FAT16', 16 * MiB, ['-F', '16'], 'FAT16'],
    ['FAT32', 40 * MiB, ['-F', '32', '-s', '1'], 'FAT32'],
    ['FAT32 with one FAT', 40 * MiB, ['-F', '32', '-s', '1', '-f', '1'], 'FAT32'],
    ['FAT16 in sectors of 4096', 64 * MiB, ['-F', '16', '-S', '4096', '-s', '1'], 'FAT16'],
    ['FAT32 in sectors of 4096', 300 * MiB, ['-F', '32', '-S', '4096', '-s', '1'], 'FAT32'],
    [
      'FAT16 in sectors of 2048, as for a floppy',
      16 * MiB,
      ['-F', '16', '-S', '2048', '-s', '1', '-g', '2/18'],
      'FAT16',
    ],
  ])('%s', async (_, size, options, format) => {
    const image = await fatImage(size, ...options);
    expect(await inspect(image)).toMatchObject({ views: [{ name: 'fat', format, label: 'STICK' }], problems: [] });
    expect(await ourLines(image)).toEqual(await sevenZipLines(image, 'fat'));
    const out = join(scratch(), 'out');
    await extract(image, out);
    const read = await readDirectory(out);
    expect(await compareTrees(tree, read.root)).toEqual([]);
  });
});

describe('disks with partitions', () => {
  /** A disk of 64 MiB whose table `make` writes, with a FAT16 volume at `start` sectors. */
  const disk = async (start: number, make: (path: string) => Promise<unknown>): Promise<string> => {
    const path = join(scratch(), 'disk.img');
    writeFileSync(path, '');
    truncateSync(path, 64 * 2 ** 20);
    await make(path);
    const handle = openSync(path, 'r+');
    const volume = readFileSync(await fatImage(16 * 2 ** 20, '-F', '16'));
    writeSync(handle, volume, 0, volume.length, start * 512);
    closeSync(handle);
    return path;
  };
  const expectFat = async (path: string, view: string): Promise<void> => {
    for (const name of [undefined, 'fat', view]) {
      const listing = await list(path, name === undefined ? {} : { view: name });
      expect(listing).toMatchObject({ view, views: [view] });
      const files = listing.entries.filter(({ kind }) => kind === 'file').map(({ path: place, size }) => [place, size]);
      expect(Object.fromEntries(files)).toMatchObject({ 'sources/boot.wim': 300_001, 'deep/a/b/read me.txt': 12 });
    }
  };

  test('GPT of sgdisk: the second partition', async () => {
    const path = await disk(40_960, (image) =>
      run('sgdisk', ['-n', '1:2048:+8M', '-t', '1:0c01', '-n', '2:40960:+16M', '-t', '2:ef00', '-c', '2:EFI', image]),
    );
    await expectFat(path, 'fat2');
    expect(await inspect(path)).toMatchObject({
      partitionTable: 'gpt',
      partitions: [{ number: 1 }, { number: 2, name: 'EFI', offset: 40_960 * 512, size: 16 * 2 ** 20 }],
      problems: [],
    });
  });

  test('MBR of sfdisk: a logical partition', async () => {
    const script = 'label: dos\n2048,16384,83\n20480,,05\n22528,32768,06\n';
    const path = await disk(22_528, async (image) => {
      const table = join(scratch(), 'table');
      writeFileSync(table, script);
      await run('sh', ['-c', `sfdisk -q "${image}" < "${table}"`]);
    });
    await expectFat(path, 'fat3');
    expect(await inspect(path)).toMatchObject({ partitionTable: 'mbr', problems: [] });
  });

  test('a table without a file system: inspected, and told when it is to be listed', async () => {
    const path = join(scratch(), 'bare.img');
    mkdirSync(scratch(), { recursive: true });
    writeFileSync(path, '');
    truncateSync(path, 8 * 2 ** 20);
    await run('sgdisk', ['-n', '1:2048:+2M', path]);
    expect(await inspect(path)).toMatchObject({ views: [], contents: null, partitions: [{ number: 1 }] });
    await expect(list(path)).rejects.toThrow(/hold no file system that is read/);
  });
});
