/** genisoimage and mkudffs write, we read; we write, udfinfo and 7-Zip read. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openFile, overlaySource, zeroSource } from '../../../images/bytes/index.ts';
import { compareTrees, readDirectory, treeFromFiles, writeDirectory } from '../../../images/tree/index.ts';
import { openUdf } from '../../../images/udf/index.ts';
import { operationContext } from '../../../src/core/index.ts';
import { describeWithTools, requireTool, run, scratch } from '../../support/tools.ts';
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

  test.each([
    ['cdr', /virtual partition \(VAT\)/],
    ['cdrw', /sparable partition/],
  ])('a volume of mkudffs for media %s is refused by name', async (media, name) => {
    const path = join(scratch(), 'udf.img');
    await run('truncate', ['-s', '16M', path]);
    await run('mkudffs', [`--media-type=${media}`, path]);
    await using source = await openFile(path);
    await expect(openUdf(source)).rejects.toMatchObject({
      code: 'UDF_UNSUPPORTED',
      message: expect.stringMatching(name),
    });
  });
});

describeWithTools(['mkudffs', 'udfclient', '7z'], 'volumes that udfclient filled', () => {
  const files = treeFromFiles(
    Object.entries({ 'hello.txt': 6, 'folder/large.bin': 500_000, 'folder/empty': 0 }).map(([path, size], index) => ({
      path,
      content: content(size, index),
    })),
  );

  /** Makes, fills and reads one volume in `folder`. */
  const judge = async (folder: string, revision: string, blockSize: number): Promise<void> => {
    const path = join(folder, `${revision}-${blockSize}.img`);
    await run('truncate', ['-s', '24M', path]);
    const options = [`--udfrev=${revision}`, `--blocksize=${blockSize}`, '--label=TEST', '--uuid=0123456789abcdef'];
    await run('mkudffs', [...options, path]);
    // It shows volume sets as folders, and reads its commands from standard input.
    const commands = 'cd 0123456789abcdefLinuxUDF:TEST:TEST:LinuxUDF\\nput hello.txt\\nput folder\\nsync\\nexit\\n';
    const client = `cd "${folder}/tree" && printf '${commands}' | udfclient -W -b ${blockSize} "${path}"`;
    await run('sh', ['-c', client]);
    await using source = await openFile(path);
    const volume = await openUdf(source);
    expect([volume.revision, volume.blockSize]).toEqual([Number.parseInt(revision.replace('.', ''), 16), blockSize]);
    const { root, skipped } = await volume.read();
    const visible = { ...root, children: root.children.filter(({ name }) => name !== 'lost+found') };
    expect(await compareTrees(files, visible)).toEqual([]);
    expect(skipped).toEqual([]);
    const target = `${path}.out`;
    await run('7z', ['x', '-tudf', '-y', `-o${target}`, path]);
    const extracted = await readDirectory(target);
    expect(await compareTrees(extracted.root, root)).toEqual([]);
  };

  // All at once: it waits 3 s before it ends.
  test('revisions 1.50 to 2.01, blocks of 512 and 2048 bytes', async () => {
    const folder = scratch();
    await writeDirectory(files, join(folder, 'tree'), operationContext());
    const volumes = [
      ['1.50', 2048],
      ['2.00', 2048],
      ['2.01', 2048],
      ['2.01', 512],
    ] as const;
    await Promise.all(volumes.map(([revision, blockSize]) => judge(folder, revision, blockSize)));
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
    const extracted = await readDirectory(target);
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
