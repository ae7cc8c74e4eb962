/** genisoimage and xorriso write, we read; we write, xorriso, isoinfo and 7-Zip read. */
import { mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openFile, zeroSource } from '../../../images/bytes/index.ts';
import { openContents } from '../../../images/disc/index.ts';
import { openIso, type ExtentFile } from '../../../images/iso9660/index.ts';
import { compareTrees, findFile, readDirectory, treeFromFiles, writeDirectory } from '../../../images/tree/index.ts';
import { operationContext } from '../../../src/core/index.ts';
import { requireTool, run, scratch } from '../../support/tools.ts';
import { content } from '../fat/volumes.ts';
import { bridge, imageFile, patchesOf } from './placed-image.ts';

requireTool('genisoimage', 'xorriso', 'isoinfo', '7z');

const tree = treeFromFiles(
  Object.entries({
    'boot/etfs.com': 2048,
    'efi/boot/efisys.bin': 32_768,
    'sources/boot.wim': 300_001,
    'EN-US/bootmgfw.efi.mui': 77,
    'deep/a/b/c/d/e/f/g/h/i/read me.txt': 12,
    'Ünïcode name of some length €.json': 500,
    'empty.txt': 0,
    bootmgr: 40_000,
    ...Object.fromEntries(Array.from({ length: 120 }, (_, i) => [`many/file number ${i}.dat`, 100 + i])),
  }).map(([path, size], index) => ({ path, content: content(size, index) })),
);

/** The tree as a folder on disk. */
async function folderOf(root = tree): Promise<string> {
  const folder = join(scratch(), 'tree');
  await writeDirectory(root, folder, operationContext());
  return folder;
}

describe('reads what others write', () => {
  const boot = ['-b', 'boot/etfs.com', '-no-emul-boot', '-boot-load-size', '4', '-eltorito-alt-boot'];
  test.each([
    [
      'genisoimage',
      ['-quiet', '-D', '-iso-level', '3', '-J', '-joliet-long', ...boot, '-e', 'efi/boot/efisys.bin', '-no-emul-boot'],
    ],
    [
      'xorriso',
      [
        '-as',
        'mkisofs',
        '-quiet',
        '-iso-level',
        '3',
        '-J',
        '-joliet-long',
        ...boot,
        '-e',
        'efi/boot/efisys.bin',
        '-no-emul-boot',
      ],
    ],
  ])('%s: Joliet, primary tree, El Torito', async (tool, options) => {
    const output = join(scratch(), 'image.iso');
    await run(tool, [...options, '-V', 'FOREIGN', '-o', output, await folderOf()]);
    await using source = await openFile(output);
    const { primary, joliet, bootCatalog } = await openIso(source);
    expect([primary.label, joliet?.label]).toEqual(['FOREIGN', 'FOREIGN']);
    const root = await joliet!.tree();
    // The boot file of a catalog gets a boot information table only when asked: contents are equal.
    const catalogs = new Set(['boot.cat', 'boot.catalog']);
    const visible = { ...root, children: root.children.filter(({ name }) => !catalogs.has(name)) };
    const boots = visible.children.map((child) =>
      child.kind === 'directory' && child.name === 'boot'
        ? { ...child, children: child.children.filter(({ name }) => !catalogs.has(name)) }
        : child,
    );
    expect(await compareTrees(tree, { ...visible, children: boots })).toEqual([]);
    const plain = await primary.tree();
    const wim = findFile(plain, 'SOURCES/BOOT.WIM') as ExtentFile;
    expect(wim.extents).toEqual((findFile(root, 'sources/boot.wim') as ExtentFile).extents);
    const blockOf = (path: string) => ((findFile(root, path) as ExtentFile).extents[0]?.offset ?? 0) / 2048;
    expect(bootCatalog?.entries).toEqual([
      { platform: 0, bootable: true, media: 0, sectors: 4, block: blockOf('boot/etfs.com') },
      { platform: 0xef, bootable: true, media: 0, sectors: 64, block: blockOf('efi/boot/efisys.bin') },
    ]);
  });
});

describe('a file above 4 GiB', () => {
  const size = 2 ** 32 + 5000;
  /**
   * The start of what a writer makes of a sparse file, with its directories; the zeros behind it are not written, nor is the
   * rest of the image asked for.
   */
  const startOfImage = async (...command: readonly string[]): Promise<string> => {
    const folder = scratch();
    mkdirSync(join(folder, 'tree', 'sources'), { recursive: true });
    writeFileSync(join(folder, 'tree', 'sources', 'install.wim'), '');
    truncateSync(join(folder, 'tree', 'sources', 'install.wim'), size);
    writeFileSync(join(folder, 'tree', 'small.txt'), 'small');
    const image = join(folder, 'image.iso');
    await run('sh', ['-c', `${command.join(' ')} '${folder}/tree' 2>/dev/null | head -c 4194304 > '${image}'`]);
    truncateSync(image, size + 64 * 2 ** 20);
    return image;
  };

  test('xorriso: several extents are one file, in every view', async () => {
    const options = ['-as', 'mkisofs', '-iso-level', '3', '-J', '-R'];
    await using source = await openFile(await startOfImage('xorriso', ...options));
    const { primary, joliet, rockRidge } = await openIso(source);
    for (const [volume, path] of [
      [primary, 'SOURCES/INSTALL.WIM'],
      [joliet, 'sources/install.wim'],
      [rockRidge, 'sources/install.wim'],
    ] as const) {
      const file = findFile(await volume!.tree(), path) as ExtentFile;
      expect(file.extents).toEqual([{ offset: expect.any(Number), length: size }]);
      expect(file.content.size).toBe(size);
    }
  });

  test('genisoimage -udf: UDF has its size, where ISO 9660 has the rest of it by 4 GiB', async () => {
    const options = ['-quiet', '-udf', '-iso-level', '3', '-allow-limited-size'];
    await using source = await openFile(await startOfImage('genisoimage', ...options));
    const views = (await openContents(source)).views;
    const sizes = await Promise.all(
      views.map(async (view) => {
        const { root } = await view.read();
        return [view.name, findFile(root, 'sources/install.wim')?.content.size];
      }),
    );
    expect(Object.fromEntries(sizes)).toEqual({ udf: size, iso: size - 2 ** 32 });
  });
});

describe('others read what we write', () => {
  const image = async () => {
    const path = join(scratch(), 'image.iso');
    await imageFile(bridge(tree, { label: 'OSDKIT_1', bootFile: 'boot/etfs.com' }), path);
    return path;
  };

  test('xorriso extracts Joliet and the primary tree', async () => {
    const path = await image();
    const target = scratch();
    await run('xorriso', ['-osirrox', 'on', '-indev', path, '-extract', '/', join(target, 'joliet')]);
    const extracted = await readDirectory(join(target, 'joliet'));
    expect(await compareTrees(tree, extracted.root)).toEqual([]);
    const plain = ['-read_fs', 'nojoliet', '-osirrox', 'on', '-indev', path, '-extract'];
    await run('xorriso', [...plain, '/SOURCES/BOOT.WIM', join(target, 'boot.wim')]);
    const wim = await findFile(tree, 'sources/boot.wim')!.content.read(0, 300_001);
    expect(Buffer.compare(readFileSync(join(target, 'boot.wim')), wim)).toBe(0);
  });

  test('xorriso names no fault, and the boot entry', async () => {
    const { stdout, stderr } = await run('xorriso', ['-indev', await image(), '-report_el_torito', 'plain']);
    expect(`${stdout}${stderr}`).not.toMatch(/FAILURE|SORRY|WARNING/);
    expect(stdout).toMatch(/El Torito boot img :\s+1\s+BIOS\s+y\s+none\s+0x0000\s+0x00\s+4/);
    expect(stderr).toContain("Volume id    : 'OSDKIT_1'");
  });

  test('isoinfo shows descriptors and both trees', async () => {
    const path = await image();
    const { stdout } = await run('isoinfo', ['-d', '-i', path]);
    expect(stdout).toContain('Volume id: OSDKIT_1');
    expect(stdout).toContain('Joliet with UCS level 3 found');
    expect(stdout).toContain('El Torito VD version 1 found');
    const primary = (await run('isoinfo', ['-f', '-i', path])).stdout.split('\n');
    expect(primary).toContain('/EN-US/BOOTMGFW.EFI.MUI;1');
    expect(primary).toContain('/DEEP/A/B/C/D/E/F/G/H/I/READ_ME.TXT;1');
    expect(primary).toContain('/BOOTMGR.;1');
    const joliet = (await run('isoinfo', ['-J', '-f', '-i', path])).stdout.split('\n');
    expect(joliet).toContain('/deep/a/b/c/d/e/f/g/h/i/read me.txt');
  });

  test('7-Zip tests and extracts the ISO view', async () => {
    const path = await image();
    const target = join(scratch(), 'out');
    const { stdout } = await run('7z', ['t', '-tiso', path]);
    expect(stdout).toContain('Everything is Ok');
    expect(stdout).not.toMatch(/warning|error/i);
    await run('7z', ['x', '-tiso', '-y', `-o${target}`, path, '-x![BOOT]']);
    const extracted = await readDirectory(target);
    expect(await compareTrees(tree, extracted.root)).toEqual([]);
  });

  test('xorriso and 7-Zip see the extents of a file above 4 GiB', async () => {
    const size = 2 ** 32 + 5000;
    const file = { kind: 'file', name: 'install.wim', content: zeroSource(size) } as const;
    const big = bridge({ kind: 'directory', name: '', children: [file] });
    const path = join(scratch(), 'big.iso');
    await imageFile(big, path, await patchesOf({ ...big, placement: new Map() }));
    const { stdout } = await run('xorriso', ['-indev', path, '-find', '/install.wim', '-exec', 'report_lba', '--']);
    // Per extent: number, block, blocks, bytes, path.
    const numbers = [...stdout.matchAll(/File data lba:\s*(\d+)\s*,\s*(\d+)\s*,\s*(\d+)\s*,\s*(\d+)/g)];
    const start = (big.placement.get(file) ?? 0) / 2048;
    expect(numbers.map((match) => match.slice(1, 4).map(Number))).toEqual([
      [0, start, 0x1f_ffff],
      [1, start + 0x1f_ffff, 4],
    ]);
    expect((await run('7z', ['l', '-tiso', '-slt', path])).stdout).toContain(`Size = ${size}`);
  });
});
