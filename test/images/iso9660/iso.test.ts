/** Writer against reader, damage, and the cost of opening. Foreign judges are in iso.tools.ts. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { memorySource, readAll, viewOf, zeroSource, type ByteSource } from '../../../images/bytes/index.ts';
import { layoutIso, openIso, writeIso, type ExtentFile } from '../../../images/iso9660/index.ts';
import { compareTrees, filesOf, findFile, walkTree, type DirectoryNode } from '../../../images/tree/index.ts';
import { openUdf } from '../../../images/udf/index.ts';
import { FormatError } from '../../../src/core/index.ts';
import { anyTree, treeOf } from '../fat/volumes.ts';
import { BLOCK, bridge, dice, imageBytes, imageSource, TIME } from './placed-image.ts';

const jolietTree = anyTree.filter((tree) => [...walkTree(tree)].every(({ node }) => node.name.length <= 103));

test('any tree: Joliet gives it back, the primary tree the same files in its own names', async () => {
  await fc.assert(
    fc.asyncProperty(jolietTree, async (tree) => {
      const disc = await openIso(await imageSource(bridge(tree)));
      expect(await compareTrees(tree, await disc.joliet!.tree())).toEqual([]);
      const sizes = (root: DirectoryNode) =>
        filesOf(root)
          .map(({ file }) => file.content.size)
          .sort((a, b) => a - b);
      expect(sizes(await disc.primary.tree())).toEqual(sizes(tree));
    }),
    { numRuns: 40 },
  );
});

test('labels, size, times and the catalog come back', async () => {
  const image = bridge(treeOf({ 'boot/etfs.com': 2048 }), { label: 'WINPE_X64', bootFile: 'boot/etfs.com' });
  const { primary, joliet, bootCatalog } = await openIso(await imageSource(image));
  expect([primary.label, joliet?.label]).toEqual(['WINPE_X64', 'WINPE_X64']);
  expect(primary.volumeBlocks * BLOCK).toBe(image.size);
  const [offset = 0] = image.placement.values();
  expect(bootCatalog).toEqual({
    block: 23,
    entries: [{ platform: 0, bootable: true, media: 0, sectors: 4, block: offset / BLOCK }],
  });
  expect(findFile(await primary.tree(), 'BOOT/ETFS.COM')?.modified).toBe(TIME);
});

describe('a file of 4 GiB and more', () => {
  const size = 5_000_000_000;
  const tree: DirectoryNode = {
    kind: 'directory',
    name: '',
    children: [{ kind: 'file', name: 'install.wim', content: zeroSource(size) }],
  };

  test('has one record per 0xFFFFF800 bytes, and is read as one', async () => {
    const layout = layoutIso(tree, { firstBlock: 300, joliet: true });
    const file = filesOf(tree)[0]!.file;
    const pieces = writeIso(layout, new Map([[file, 1000 * BLOCK]]), {
      volumeBlocks: 3_000_000,
      label: 'BIG',
      time: TIME,
    });
    const head = new Uint8Array(400 * BLOCK);
    for (const { offset, bytes } of pieces) head.set(bytes, offset);
    const source: ByteSource = {
      id: 'sparse',
      size: 3_000_000 * BLOCK,
      read: async (offset, length) =>
        offset + length <= head.length ? head.subarray(offset, offset + length) : new Uint8Array(length),
    };
    const disc = await openIso(source);
    for (const volume of [disc.primary, disc.joliet!]) {
      const [found] = filesOf(await volume.tree());
      expect((found!.file as ExtentFile).extents).toEqual([{ offset: 1000 * BLOCK, length: size }]);
      expect(found!.file.content.size).toBe(size);
    }
  });
});

test('a name that stands in a folder twice is shown once, the first of them, and told', async () => {
  const file = (text: string) => ({ kind: 'file', name: 'same', content: memorySource(Buffer.from(text)) }) as const;
  const folder = { kind: 'directory', name: 'in', children: [file('first'), file('second')] } as const;
  const source = await imageSource(bridge({ kind: 'directory', name: '', children: [folder] }));
  for (const volume of [(await openIso(source)).joliet!, await openUdf(source)]) {
    const { root, skipped } = await volume.read();
    expect(filesOf(root).map(({ path }) => path)).toEqual(['in/same']);
    expect(Buffer.from(await readAll(findFile(root, 'in/same')!.content)).toString()).toBe('first');
    expect(skipped).toEqual([{ path: 'in/same', what: 'another entry of the same name' }]);
  }
});

describe('damage', () => {
  const tree = treeOf({ 'EFI/BOOT/BOOTX64.EFI': 5000, 'sources/boot.wim': 9000, 'a/b/c/d.txt': 3, bootmgr: 2048 });
  const make = async () => imageBytes(bridge(tree, { bootFile: 'bootmgr' }));
  const readAll = async (bytes: Uint8Array): Promise<void> => {
    const { primary, joliet } = await openIso(memorySource(bytes, 'damaged'));
    await primary.tree();
    await joliet?.tree();
  };
  const descriptor = 16 * BLOCK;

  test.each<[string, (bytes: Uint8Array, view: DataView) => void, string]>([
    ['no descriptor', (b) => b.fill(0, descriptor, descriptor + 8), 'ISO_NOT_ISO'],
    ['blocks of 512 bytes', (_, v) => v.setUint16(descriptor + 128, 512, true), 'ISO_DESCRIPTOR'],
    ['version 9', (b) => b.fill(9, descriptor + 6, descriptor + 7), 'ISO_DESCRIPTOR'],
    ['a root outside the image', (_, v) => v.setUint32(descriptor + 156 + 2, 0x7fffffff, true), 'ISO_DIRECTORY'],
    ['a root larger than the image', (_, v) => v.setUint32(descriptor + 156 + 10, 0x7fffffff, true), 'ISO_DIRECTORY'],
    [
      'a catalog outside the image',
      (_, v) => v.setUint32(descriptor + BLOCK + 71, 0x7fffffff, true),
      'BYTES_TRUNCATED',
    ],
    ['a damaged catalog', (b) => b.fill(1, 23 * BLOCK + 5, 23 * BLOCK + 6), 'ISO_CATALOG'],
  ])('%s', async (_, damage, code) => {
    const bytes = await make();
    damage(bytes, viewOf(bytes));
    await expect(readAll(bytes)).rejects.toMatchObject({ code });
  });

  /** Offset of the primary record with this name, which lies behind the name's place in the path tables. */
  const recordOf = (bytes: Uint8Array, name: string): number =>
    Buffer.from(bytes).lastIndexOf(name, undefined, 'latin1') - 33;

  test.each<[string, string, (record: DataView, rootBlock: number) => void, string]>([
    ['a folder that is its own parent', 'SOURCES', (r, root) => r.setUint32(2, root, true), 'ISO_DIRECTORY_LOOP'],
    ['an interleaved file', 'BOOTMGR.;1', (r) => r.setUint8(26, 1), 'ISO_DIRECTORY'],
    ['a file without its last extent', 'BOOT.WIM;1', (r) => r.setUint8(25, 0x80), 'ISO_DIRECTORY'],
    ['a file beyond the end', 'BOOT.WIM;1', (r) => r.setUint32(10, 0x7fff_ffff, true), 'ISO_DIRECTORY'],
    ['a name longer than its record', 'BOOT.WIM;1', (r) => r.setUint8(32, 200), 'ISO_DIRECTORY'],
  ])('%s', async (_, name, damage, code) => {
    const bytes = await make();
    const at = recordOf(bytes, name);
    expect(bytes[at + 32]).toBe(name.length);
    damage(new DataView(bytes.buffer, at, 64), viewOf(bytes).getUint32(descriptor + 158, true));
    await expect(readAll(bytes)).rejects.toMatchObject({ code });
  });

  test.each([
    ['a separator', [0x42, 0x4f, 0x4f, 0x54, 0x2f]],
    ['a backslash', [0x42, 0x5c, 0x4f, 0x54, 0x4d]],
    ['NUL', [0x42, 0x4f, 0x00, 0x54, 0x4d]],
    ['the folder above', [0x2e, 0x2e, 0x3b, 0x31]],
    ['the same folder', [0x2e, 0x3b, 0x31]],
    ['no name', [0x3b, 0x31]],
  ])('a name that cannot be part of a path: %s', async (_, name) => {
    const bytes = await make();
    const at = recordOf(bytes, 'BOOTMGR.;1');
    bytes.set(name, at + 33);
    bytes[at + 32] = name.length;
    const refused = { code: 'ISO_DIRECTORY', message: expect.stringContaining('cannot be part of a path') };
    await expect(readAll(bytes)).rejects.toMatchObject(refused);
  });

  test('2,000 mutations of descriptors, catalog and directories: only format errors escape', async () => {
    const good = await make();
    const roll = dice(20261121);
    const end = layoutIso(tree, { firstBlock: 257, joliet: true }).endBlock + 20;
    let refused = 0;
    for (let run = 0; run < 2000; run++) {
      const bytes = good.slice();
      for (let n = 1 + roll(3); n > 0; n--) {
        const block = roll(4) === 0 ? 16 + roll(8) : 257 + roll(end - 257);
        bytes[block * BLOCK + roll(300)] = roll(256);
      }
      await readAll(bytes).catch((error: unknown) => {
        if (!(error instanceof FormatError)) throw error;
        refused++;
      });
    }
    expect(refused).toBeGreaterThan(50);
  });
});
