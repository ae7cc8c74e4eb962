/** genisoimage and mkudffs write, we read; we write, udfinfo and 7-Zip read. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openFile, overlaySource, zeroSource } from '../../../images/bytes/index.ts';
import { compareTrees, readDirectory, treeFromFiles, writeDirectory } from '../../../images/tree/index.ts';
import { openUdf } from '../../../images/udf/index.ts';
import { operationContext } from '../../../src/core/index.ts';
import { requireTool, run, scratch } from '../../support/tools.ts';
import { content } from '../fat/volumes.ts';
import { bridge, imageFile, patchesOf } from '../iso9660/placed-image.ts';

requireTool('genisoimage', 'mkudffs', 'udfinfo', '7z');

const tree = treeFromFiles(
  Object.entries({
    'sources/boot.wim': 300_001,
    'EN-US/bootmgfw.efi.mui': 77,
    'deep/a/b/c/d/e/f/g/h/i/read me.txt': 12,
    'Latin-1 é.txt': 3,
    'Ünïcode name of some length €.json': 500,
    'empty.txt': 0,
    bootmgr: 40_000,
    // Identifiers of a folder of several blocks cross their boundaries.
    ...Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`many/file number ${i}.dat`, 100 + i])),
  }).map(([path, size], index) => ({ path, content: content(size, index) })),
);

describe('reads what others write', () => {
  test('genisoimage -udf', async () => {
    const folder = scratch();
    await writeDirectory(tree, join(folder, 'tree'), operationContext());
    const output = join(folder, 'image.iso');
    await run('genisoimage', [
      '-quiet',
      '-D', // without it folders below the eighth level are moved
      '-udf',
      '-J',
      '-joliet-long',
      '-V',
      'FOREIGN',
      '-o',
      output,
      join(folder, 'tree'),
    ]);
    await using source = await openFile(output);
    const volume = await openUdf(source);
    expect([volume.label, volume.revision, volume.anchors[0]]).toEqual(['FOREIGN', 0x0102, 256]);
    expect(await compareTrees(tree, await volume.tree())).toEqual([]);
  });

  test.each([
    ['1.02', 2048, 0x0102],
    ['1.50', 512, 0x0150],
    ['2.01', 512, 0x0201],
    ['2.01', 4096, 0x0201],
  ])('mkudffs: revision %s in blocks of %i', async (revision, blockSize, expected) => {
    const path = join(scratch(), 'udf.img');
    await run('truncate', ['-s', '16M', path]);
    await run('mkudffs', [`--udfrev=${revision}`, `--blocksize=${blockSize}`, '--label=Für alle', path]);
    await using source = await openFile(path);
    const volume = await openUdf(source);
    expect([volume.label, volume.revision, volume.blockSize]).toEqual(['Für alle', expected, blockSize]);
    expect((await volume.tree()).children.filter(({ name }) => name !== 'lost+found')).toEqual([]);
  });

  test('a volume with a virtual partition is refused by name', async () => {
    const path = join(scratch(), 'udf.img');
    await run('truncate', ['-s', '16M', path]);
    await run('mkudffs', ['--media-type=cdr', path]);
    await using source = await openFile(path);
    await expect(openUdf(source)).rejects.toMatchObject({ code: 'UDF_UNSUPPORTED' });
  });
});

describe('others read what we write', () => {
  const image = async () => {
    const path = join(scratch(), 'image.iso');
    await imageFile(bridge(tree, { label: 'OSDKIT_1' }), path);
    return path;
  };

  test('udfinfo: closed, read-only, revision 1.02, counts', async () => {
    const { stdout, stderr } = await run('udfinfo', [await image()]);
    expect(stderr).toBe('');
    const facts = Object.fromEntries(stdout.split('\n').map((line) => line.split('=') as [string, string]));
    expect(facts).toMatchObject({
      label: 'OSDKIT_1',
      uuid: '0123456789abcdef',
      udfrev: '1.02',
      udfwriterev: '1.02',
      blocksize: '2048',
      numfiles: '207',
      numdirs: '14',
      accesstype: 'readonly',
      integrity: 'closed',
    });
    expect(stdout).toMatch(/start=32, blocks=16, type=MVDS/);
    expect(stdout).toMatch(/start=48, blocks=16, type=RVDS/);
  });

  test('7-Zip tests without a warning and extracts the tree', async () => {
    const path = await image();
    const target = join(scratch(), 'out');
    const { stdout } = await run('7z', ['t', '-tudf', path]);
    expect(stdout).toContain('Everything is Ok');
    expect(stdout).not.toMatch(/warning|error/i);
    await run('7z', ['x', '-tudf', '-y', `-o${target}`, path]);
    await using extracted = await readDirectory(target);
    expect(await compareTrees(tree, extracted.root)).toEqual([]);
  });

  test('7-Zip reads to the end of a file of several extents', async () => {
    const size = 2 ** 30 + 5000;
    const end = [{ offset: size - 7, bytes: Buffer.from('the end') }];
    const file = { kind: 'file', name: 'install.wim', content: overlaySource(zeroSource(size), end) } as const;
    const big = bridge({ kind: 'directory', name: '', children: [file] });
    const path = join(scratch(), 'big.iso');
    const metadata = await patchesOf({ ...big, placement: new Map() });
    const start = big.placement.get(file) ?? 0;
    await imageFile(big, path, [...metadata, { offset: start + size - 7, bytes: end[0]!.bytes }]);
    const { stdout } = await run('sh', ['-c', `7z x -tudf -so ${path} install.wim | tail -c 7`]);
    expect(stdout).toBe('the end');
  });

  test('7-Zip and udfinfo accept a file above 4 GiB', async () => {
    const size = 5_000_000_000;
    const file = { kind: 'file', name: 'install.wim', content: zeroSource(size) } as const;
    const big = bridge({ kind: 'directory', name: '', children: [file] });
    const path = join(scratch(), 'big.iso');
    await imageFile(big, path, await patchesOf({ ...big, placement: new Map() }));
    const { stdout } = await run('7z', ['l', '-tudf', '-slt', path]);
    expect(stdout).toContain(`Size = ${size}`);
    expect(stdout).not.toMatch(/warning|error/i);
    expect((await run('udfinfo', [path])).stdout).toContain('integrity=closed');
  });
});
