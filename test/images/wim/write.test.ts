/** Writing new WIMs: equal inputs give equal bytes, equal contents lie there once, what is written reads back. */
import { describe, expect, test } from 'vitest';
import { memorySink, memorySource } from '../../../images/bytes/index.ts';
import { treeFromFiles, type DirectoryNode, type TreeNode } from '../../../images/tree/index.ts';
import { verifyWim, writeMadeWim, writeWim } from '../../../images/wim/index.ts';
import { operationContext } from '../../../src/core/index.ts';
import { created, listing, openBytes, options, sampleImage, sampleTree, text, wimBytes } from './make-wim.ts';

const reversed = (node: DirectoryNode): DirectoryNode => ({
  ...node,
  children: [...node.children]
    .reverse()
    .map((child): TreeNode => (child.kind === 'directory' ? reversed(child) : child)),
});
const file = (name: string): DirectoryNode => treeFromFiles([{ path: name, content: text('x') }]);
const rejected = (code: string): object => expect.objectContaining({ code });

describe('a new WIM', () => {
  test('holds the trees it was made of', async () => {
    const other = treeFromFiles([{ path: 'a/b/c.txt', content: text('c') }]);
    const wim = await openBytes(await wimBytes([sampleImage(), { tree: other, name: 'Other' }], { bootIndex: 2 }));
    expect(await listing((await wim.image(1)).tree())).toEqual(await listing(sampleTree()));
    expect(await listing((await wim.image(2)).tree())).toEqual(await listing(other));
    expect(wim.images.map((image) => image.name)).toEqual(['Sample', 'Other']);
    const report = await verifyWim(wim, operationContext());
    expect(report).toMatchObject({ problems: [], images: 2, blobs: 6 });
  });

  test('stores equal contents once and counts the names', async () => {
    const wim = await openBytes(await wimBytes([sampleImage(), sampleImage()]));
    const { blobs } = await wim.blobTable();
    expect(blobs.map((blob) => [blob.size, blob.referenceCount])).toEqual(
      expect.arrayContaining([
        [8, 4],
        [100_000, 2],
        [4, 2],
      ]),
    );
    expect(blobs).toHaveLength(3);
  });

  test('is the same whatever the order of the input, and carries only times that were given', async () => {
    const first = await wimBytes([sampleImage()], { integrity: true });
    const second = await wimBytes([{ tree: reversed(sampleTree()), name: 'Sample' }], { integrity: true });
    expect(second).toEqual(first);
    const image = await (await openBytes(first)).image(1);
    const ticks = (instant: number): bigint => BigInt(instant) * 10_000n + 116_444_736_000_000_000n;
    expect(image.find('zero')).toMatchObject({
      created: ticks(created),
      accessed: ticks(created),
      modified: ticks(created),
    });
    expect(image.find('windows/system32/boot/x.bin')?.modified).toBe(ticks(Date.UTC(2020, 5, 1)));
    expect(image.info).toMatchObject({ created, modified: created });
  });

  test('gives attributes as Windows expects them', async () => {
    const content = text('x');
    const node = (name: string, attributes: number): TreeNode => ({ kind: 'file', name, content, attributes });
    const children: TreeNode[] = [
      node('none', 0),
      node('odd', 0x21 | 0x10 | 0x400 | 0x4000 | 0x200 | 0x800),
      { kind: 'file', name: 'plain', content },
      { kind: 'directory', name: 'hidden', attributes: 0x2 | 0x80, children: [] },
    ];
    const tree: DirectoryNode = { kind: 'directory', name: '', children };
    const image = await (await openBytes(await wimBytes([{ tree, name: 'n' }]))).image(1);
    expect(image.root.children?.map((child) => [child.name, child.attributes])).toEqual([
      ['hidden', 0x12],
      ['none', 0x80],
      ['odd', 0x21],
      ['plain', 0x20],
    ]);
    expect(image.root.attributes).toBe(0x10);
  });

  test('its header is written last', async () => {
    const made = await writeWim([sampleImage()], options);
    const sink = memorySink();
    const order: number[] = [];
    const write = (offset: number, bytes: Uint8Array): Promise<void> => {
      order.push(offset);
      return sink.write(offset, bytes);
    };
    await writeMadeWim(made, { ...sink, write });
    expect(order.length).toBeGreaterThan(1);
    expect(order.indexOf(0)).toBe(order.length - 1);
    expect(sink.bytes()).toEqual(await wimBytes([sampleImage()]));
  });

  test('its id changes with its bytes, and only then', async () => {
    const id = async (name: string): Promise<string> =>
      (await writeWim([{ tree: sampleTree(), name }], options)).source.id;
    expect(await id('a')).toBe(await id('a'));
    expect(await id('a')).not.toBe(await id('b'));
    const other = await writeWim([{ tree: file('f'), name: 'a' }], options);
    const changed = treeFromFiles([{ path: 'f', content: text('y') }]);
    expect((await writeWim([{ tree: changed, name: 'a' }], options)).source.id).not.toBe(other.source.id);
  });

  test.each([
    ['no image', () => writeWim([], options), 'WIM_ARGUMENT'],
    ['a boot index without image', () => writeWim([sampleImage()], { ...options, bootIndex: 2 }), 'WIM_BOOT_INDEX'],
    ['a GUID that is none', () => writeWim([sampleImage()], { ...options, guid: 'x' }), 'BYTES_GUID'],
    ['a colon in a name', () => writeWim([{ tree: file('a:b'), name: 'n' }], options), 'WIM_NAME'],
    ['a name too long', () => writeWim([{ tree: file('a'.repeat(256)), name: 'n' }], options), 'WIM_NAME'],
    [
      'a time before 1601',
      () => writeWim([sampleImage()], { ...options, created: Date.UTC(1600, 0, 1) }),
      'WIM_ARGUMENT',
    ],
    ['a control character in the name', () => writeWim([{ tree: file('a'), name: '\u0001' }], options), 'WIM_ARGUMENT'],
  ])('%s is refused', async (_, attempt, code) => {
    await expect(attempt()).rejects.toThrow(rejected(code));
  });

  test('two names that differ in case are refused', async () => {
    const content = memorySource(new Uint8Array(1));
    const children: TreeNode[] = ['README', 'readme'].map((name) => ({ kind: 'file', name, content }));
    const tree: DirectoryNode = { kind: 'directory', name: '', children };
    await expect(writeWim([{ tree, name: 'n' }], options)).rejects.toThrow(/differ only in case/);
  });

  test('stops when it is canceled', async () => {
    const signal = AbortSignal.abort();
    await expect(writeWim([sampleImage()], options, operationContext({ signal }))).rejects.toThrow(
      rejected('CORE_CANCELED'),
    );
  });
});
