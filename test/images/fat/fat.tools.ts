/** dosfstools and mtools judge what we write; volumes that they made are read by us. */
import { closeSync, mkdirSync, openSync, readFileSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { memorySource, openFile } from '../../../images/bytes/index.ts';
import { CLUSTER_LIMITS, clustersOf, layoutFatVolume, openFat, type FatLayout } from '../../../images/fat/index.ts';
import {
  compareTrees,
  filesOf,
  readDirectory,
  treeFromFiles,
  walkTree,
  type DirectoryNode,
} from '../../../images/tree/index.ts';
import { describeWithTools, requireTool, run, scratch } from '../../support/tools.ts';
import { anyTree, content, plainOptions, treeOf, volumeFile } from './volumes.ts';

requireTool('fsck.fat', 'mkfs.fat', 'mdir', 'mcopy', 'mtype', 'mmd');

/** mtools refuse nothing but what is broken, and show long names as UTF-8. */
const mtools = { env: { MTOOLS_SKIP_CHECK: '0', LC_ALL: 'C.UTF-8' } };

/** Fails unless fsck.fat finds nothing at all; its words are the reason. */
async function expectClean(image: string): Promise<void> {
  const { stdout, stderr } = await run('fsck.fat', ['-n', '-v', image]);
  // Everything below the list of sizes is complaint, progress ("Checking ...") or the last line with the counts.
  const lines = `${stdout}\n${stderr}`.split('\n').filter((line) => line !== '');
  const from = lines.findIndex((line) => line.endsWith('sectors total'));
  const complaints = lines.slice(from + 1).filter((line) => !/^(Checking|.*: \d+ files, \d+\/\d+ clusters)/.test(line));
  expect(complaints).toEqual([]);
  expect(from).toBeGreaterThan(0);
}

/** Writes the volume, lets fsck.fat and mcopy judge it, compares what mcopy read with the tree. */
async function judge(tree: DirectoryNode, layout: FatLayout): Promise<void> {
  const folder = scratch();
  const image = join(folder, 'volume.img');
  await volumeFile(layout, image);
  await expectClean(image);
  if (tree.children.length === 0) return;
  const target = join(folder, 'out');
  mkdirSync(target);
  await run('mcopy', ['-s', '-n', '-Q', '-i', image, '::*', target], mtools);
  const read = await readDirectory(target);
  expect(await compareTrees(tree, read.root)).toEqual([]);
}

/** mtools know no characters beyond U+FFFF; 7-Zip judges those below. */
const basicTree = anyTree.filter((tree) =>
  [...walkTree(tree)].every(({ node }) => !/[\u{10000}-\u{10ffff}]/u.test(node.name)),
);

const greeting = 'The bytes of a file, as mtype shows them.\n';
const media = treeFromFiles([
  { path: 'osdkit/hello.txt', content: memorySource(new TextEncoder().encode(greeting)) },
  { path: 'EFI/BOOT/BOOTX64.EFI', content: content(1_500_001, 1) },
  { path: 'EFI/Microsoft/Boot/BCD', content: content(16_384, 2) },
  { path: 'Boot/BCD', content: content(16_384, 3) },
  { path: 'Boot/boot.sdi', content: content(3_170_304, 4) },
  { path: 'bootmgr', content: content(400_001, 5) },
  { path: 'osdkit/media.json', content: content(513, 6) },
  { path: 'osdkit/a long name, with ünïcödé 日本語.txt', content: content(1, 7) },
  { path: 'empty file', content: content(0, 8) },
  { path: 'sources/boot.wim', content: content(2_345_678, 9) },
]);

describe('what we write', () => {
  test.each([12, 16, 32, 'auto'] as const)(
    'a boot medium as FAT%s passes fsck.fat, mcopy reads it back',
    async (type) => {
      for (const extra of [
        {},
        { startOffset: 1 << 20, dataAlignment: 1 << 20, fileAlignment: 2048, freeSpace: 'before-files' as const },
      ]) {
        await judge(media, layoutFatVolume(media, plainOptions({ type, ...extra })));
      }
    },
  );

  test('mdir shows label, serial, every name; mtype gives the bytes', async () => {
    const image = join(scratch(), 'volume.img');
    await volumeFile(layoutFatVolume(media, plainOptions({ type: 32 })), image);
    const { stdout } = await run('mdir', ['-/', '-b', '-i', image, '::'], mtools);
    const listed = stdout.split('\n').filter((line) => line !== '' && !line.endsWith('/'));
    expect(listed.sort()).toEqual(
      filesOf(media)
        .map(({ path }) => `::/${path}`)
        .sort(),
    );
    const plain = await run('mdir', ['-i', image, '::'], mtools);
    expect(plain.stdout).toContain('Volume in drive : is OSDKIT');
    expect(plain.stdout).toContain('Volume Serial Number is 1234-ABCD');
    const text = await run('mtype', ['-i', image, '::/osdkit/hello.txt'], mtools);
    expect(text.stdout).toBe(greeting);
  });

  test('the judge sees one wrong entry of a FAT', async () => {
    const image = join(scratch(), 'volume.img');
    const layout = layoutFatVolume(media, plainOptions({ type: 16 }));
    await volumeFile(layout, image);
    const handle = openSync(image, 'r+');
    writeSync(
      handle,
      Uint8Array.of(0xff, 0xff),
      0,
      2,
      layout.reservedSectors * 512 + 2 * clustersOf(layout, layout.files[0]!.file).firstCluster,
    );
    closeSync(handle);
    await expect(expectClean(image)).rejects.toThrow(/chain length is|differ/i);
  });

  test('cluster counts at both ends of every type pass fsck.fat, as the type we meant', async () => {
    for (const type of [12, 16, 32] as const) {
      const { least, most } = CLUSTER_LIMITS[type];
      for (const minimumClusters of type === 32 ? [least, least + 1] : [least, least + 1, most - 1, most]) {
        const tree = treeOf({ 'only file.bin': 700 });
        const layout = layoutFatVolume(tree, plainOptions({ type, clusterSize: 512, minimumClusters }));
        expect(Math.max(minimumClusters, 2)).toBeLessThanOrEqual(layout.clusterCount);
        const image = join(scratch(), 'volume.img');
        await volumeFile(layout, image);
        await expectClean(image);
        const { stdout } = await run('fsck.fat', ['-n', '-v', image]);
        expect(stdout).toContain(`2 FATs, ${type} bit entries`);
        expect(stdout).toContain(`${layout.clusterCount} data clusters`);
      }
    }
  });

  test('file sizes around a cluster, every cluster size', async () => {
    for (const clusterSize of [512, 1024, 2048, 4096, 8192, 16_384, 32_768]) {
      const sizes = [1, clusterSize - 1, clusterSize, clusterSize + 1, 2 * clusterSize, 3 * clusterSize - 1];
      const tree = treeFromFiles(sizes.map((size) => ({ path: `d/${size}`, content: content(size, size) })));
      await judge(tree, layoutFatVolume(tree, plainOptions({ type: 'auto', clusterSize })));
    }
  });

  test('folders whose entries end exactly at, before and behind a cluster', async () => {
    for (const names of [13, 14, 15, 30, 31]) {
      const files = Array.from({ length: names }, (_, i) => ({ path: `D/N${i}`, content: content(i, i) }));
      const tree = treeFromFiles([{ path: 'Z', content: content(3, 3) }, ...files]);
      await judge(tree, layoutFatVolume(tree, plainOptions({ type: 12, clusterSize: 512 })));
    }
  });

  test('a folder of 3,000 files, and folders 40 deep', async () => {
    const many = Array.from({ length: 3000 }, (_, i) => ({
      path: `many/File number ${i}.data`,
      content: content(i % 7, i),
    }));
    const deep = {
      path: `${Array.from({ length: 40 }, (_, i) => `d${i}`).join('/')}/leaf.txt`,
      content: content(9, 1),
    };
    const tree = treeFromFiles([...many, deep]);
    await judge(tree, layoutFatVolume(tree, plainOptions()));
  });

  test('random trees pass fsck.fat and come back through mcopy', async () => {
    await fc.assert(
      fc.asyncProperty(basicTree, fc.constantFrom(12, 16, 32, 'auto' as const), async (tree, type) => {
        await judge(tree, layoutFatVolume(tree, plainOptions({ type: type as 12, rootEntries: 2048 })));
      }),
      { seed: 3, numRuns: 25 },
    );
  });

  describeWithTools(['7z'], '7-Zip', (tools) => {
    test('lists and extracts names beyond U+FFFF, without a warning', async () => {
      const tree = treeFromFiles([
        { path: '🚀/𝔘nicode 🎉.txt', content: content(4000, 1) },
        { path: 'plain', content: content(70_000, 2) },
      ]);
      for (const type of [12, 16, 32] as const) {
        const folder = scratch();
        const image = join(folder, 'volume.img');
        await volumeFile(layoutFatVolume(tree, plainOptions({ type })), image);
        const { stdout } = await run(tools.path('7z'), ['x', `-o${join(folder, 'out')}`, image]);
        expect(stdout).toContain('Everything is Ok');
        expect(stdout).not.toMatch(/warning|error/i);
        const read = await readDirectory(join(folder, 'out'));
        expect(await compareTrees(tree, read.root)).toEqual([]);
      }
    });
  });

  test('a FAT32 volume of 10 GiB', async () => {
    const image = join(scratch(), 'large.img');
    const layout = layoutFatVolume(media, plainOptions({ type: 32, totalSize: 10 * 1024 ** 3 }));
    await volumeFile(layout, image);
    await expectClean(image);
  });
});

describe('what mkfs.fat and mcopy write', () => {
  const names = [
    'README.TXT',
    'lower.txt',
    'Mixed Case With Spaces.data',
    'ünïcödé 日本語.txt',
    `${'long '.repeat(49)}end`,
    'a+b,c;d=e[f].txt',
    'sub/inner/one more/level/and more/leaf.bin',
    'sub/.hidden',
  ];

  test.each([
    ['FAT12, 1.44 MB', ['-F', '12'], 1440, 12],
    ['FAT12, 8 MB', ['-F', '12', '-s', '8'], 8192, 12],
    ['FAT16, 32 MB', ['-F', '16'], 32_768, 16],
    ['FAT16, large clusters', ['-F', '16', '-s', '64'], 200_000, 16],
    ['FAT32, 64 MB', ['-F', '32', '-s', '1'], 65_536, 32],
    ['FAT32, 600 MB', ['-F', '32'], 600_000, 32],
    ['sectors of 4096 bytes', ['-F', '16', '-S', '4096'], 65_536, 16],
    ['one FAT', ['-F', '16', '-f', '1'], 32_768, 16],
  ] as const)('%s', async (_, flags, kib, type) => {
    const folder = scratch();
    const image = join(folder, 'volume.img');
    const input = join(folder, 'in');
    for (const [index, name] of names.entries()) {
      const path = join(input, name);
      mkdirSync(join(path, '..'), { recursive: true });
      const size = index === 0 ? 0 : index === 1 ? 700_000 : 100 * index;
      writeFileSync(path, await content(size, index).read(0, size));
    }
    const label = ['-n', 'FOREIGN', '-i', 'cafe0123'];
    await run('mkfs.fat', ['-C', ...flags, ...label, image, String(kib)]);
    for (const name of ['README.TXT', 'lower.txt'])
      await run('mcopy', ['-Q', '-i', image, join(input, name), '::'], mtools);
    await run('mmd', ['-i', image, '::sub'], mtools);
    await run(
      'mcopy',
      ['-s', '-Q', '-D', 'o', '-i', image, ...names.slice(2, 6).map((name) => join(input, name)), '::'],
      mtools,
    );
    await run(
      'mcopy',
      ['-s', '-Q', '-D', 'o', '-i', image, join(input, 'sub/inner'), join(input, 'sub/.hidden'), '::sub'],
      mtools,
    );
    await using source = await openFile(image);
    const volume = await openFat(source);
    expect(volume).toMatchObject({ type, label: 'FOREIGN', serial: 0xcafe_0123 });
    const expected = await readDirectory(input);
    expect(await compareTrees(expected.root, await volume.tree())).toEqual([]);
    expect(await volume.warnings()).toEqual([]);
    const { stdout } = await run('mdir', ['-i', image, '::'], mtools);
    const free = Number(/([\d ]+) bytes free/.exec(stdout)?.[1]?.replaceAll(' ', ''));
    expect((await volume.freeClusters()) * volume.clusterSize).toBe(free);
  });

  test('600 files in one folder, every third deleted, and a large file written into the holes', async () => {
    const folder = scratch();
    const image = join(folder, 'volume.img');
    const input = join(folder, 'many');
    mkdirSync(input);
    for (let i = 0; i < 600; i++)
      writeFileSync(join(input, `file number ${i}.bin`), await content(900 + i, i).read(0, 900 + i));
    await run('mkfs.fat', ['-C', '-F', '16', '-s', '1', image, '8192']);
    await run('mcopy', ['-s', '-Q', '-i', image, input, '::'], mtools);
    // Free every third file, then fill the holes with one large file: its chain is in pieces.
    const holes = Array.from({ length: 200 }, (_, i) => `::many/file number ${3 * i}.bin`);
    await run('mdel', ['-i', image, ...holes], mtools);
    const large = await content(6_500_000, 99).read(0, 6_500_000);
    writeFileSync(join(folder, 'large.bin'), large.subarray(0, 6_500_000));
    await run('mcopy', ['-Q', '-i', image, join(folder, 'large.bin'), '::'], mtools);
    await using source = await openFile(image);
    const tree = await (await openFat(source)).tree();
    expect(filesOf(tree)).toHaveLength(401);
    const out = join(folder, 'out');
    mkdirSync(out);
    await run('mcopy', ['-s', '-n', '-Q', '-i', image, '::*', out], mtools);
    const expected = await readDirectory(out);
    expect(await compareTrees(expected.root, tree)).toEqual([]);
    const [file] = filesOf(tree).filter(({ path }) => path === 'large.bin');
    expect(file?.file.content.parts?.length).toBeGreaterThan(1);
    expect(Buffer.compare(readFileSync(join(out, 'large.bin')), large)).toBe(0);
  });

  test('FAT32 with too few clusters is read, with a warning that firmware refuses it', async () => {
    const image = join(scratch(), 'volume.img');
    writeFileSync(image, '');
    truncateSync(image, 8 << 20);
    await run('mkfs.fat', ['-F', '32', '-s', '1', image]);
    await using source = await openFile(image);
    const volume = await openFat(source);
    expect(volume.type).toBe(32);
    expect(await volume.warnings()).toEqual([expect.stringContaining('fewer than 65525')]);
  });
});
