/** Updates by append: what changes, what must not, what is refused. Bases are WIMs of our own writer. */
import { describe, expect, test } from 'vitest';
import { memorySink, memorySource, overlaySource } from '../../../images/bytes/index.ts';
import { encodeBlobTable } from '../../../images/wim/blob-table.ts';
import {
  applyInPlace,
  openWim,
  updateWim,
  verifyWim,
  wimHeader,
  type UpdatedWim,
  type Wim,
  type WimChange,
  type WimUpdate,
} from '../../../images/wim/index.ts';
import { operationContext } from '../../../src/core/index.ts';
import { countingSource } from './counting-source.ts';
import {
  listing,
  openBytes,
  options,
  sampleImage,
  sampleTree,
  sampleWim,
  sha1Text,
  text,
  wimBytes,
} from './make-wim.ts';

const modified = Date.UTC(2025, 5, 1);
const ticks = (instant: number): bigint => BigInt(instant) * 10_000n + 116_444_736_000_000_000n;
const change = (wim: Wim, changes: readonly WimChange[], more: Partial<WimUpdate> = {}): Promise<UpdatedWim> =>
  updateWim(wim, { images: [{ index: 1, changes }], modified, ...more });
const reopened = async (updated: UpdatedWim): Promise<Wim> => {
  const wim = await openWim(updated.source, { strictness: 'strict' });
  expect((await verifyWim(wim, operationContext())).problems).toEqual([]);
  return wim;
};
const counts = async (wim: Wim): Promise<Record<string, number>> => {
  const { blobs } = await wim.blobTable();
  return Object.fromEntries(blobs.map((blob) => [blob.hash, blob.referenceCount]));
};
const rejected = (code: string): object => expect.objectContaining({ code });

describe('updating a WIM', () => {
  test('adds, replaces and deletes, and keeps everything else', async () => {
    const wim = await sampleWim();
    const updated = await change(wim, [
      { op: 'add', path: '\\osdkit\\deep\\media.json', content: text('{}') },
      { op: 'add', path: 'WINDOWS/system32/aaa.txt', content: text(''), attributes: 0 },
      { op: 'replace', path: 'windows/system32/WINLOAD.EFI', content: text('other'), modified: Date.UTC(2019, 0, 1) },
      { op: 'put', path: 'Windows/System32/boot/x.bin', content: text('put') },
      { op: 'delete', path: 'zero' },
    ]);
    const image = await (await reopened(updated)).image(1);
    const expected = await listing(sampleTree());
    delete expected['zero'];
    expect(await listing(image.tree())).toEqual({
      ...expected,
      osdkit: null,
      'osdkit/deep': null,
      'osdkit/deep/media.json': sha1Text('{}'),
      'Windows/System32/aaa.txt': sha1Text(''),
      'Windows/System32/winload.efi': sha1Text('other'),
      'Windows/System32/boot/x.bin': sha1Text('put'),
    });
    expect(image.find('osdkit')).toMatchObject({ attributes: 0x10, securityId: 0xffffffff, modified: ticks(modified) });
    expect(image.find('osdkit/deep/media.json')).toMatchObject({ attributes: 0x20, created: ticks(modified) });
    expect(image.find('windows/system32/aaa.txt')).toMatchObject({ attributes: 0x80, hash: undefined });
    // The old file's attributes and time of creation stay with its name.
    expect(image.find('windows/system32/winload.efi')).toMatchObject({
      name: 'winload.efi',
      attributes: 0x21,
      created: ticks(options.created),
      modified: ticks(Date.UTC(2019, 0, 1)),
    });
    expect(image.info).toMatchObject({ name: 'Sample', dirCount: 7, fileCount: 6, modified, created: options.created });
    expect(updated.report).toMatchObject({
      addedBlobs: 3,
      addedBytes: 10,
      sharedBlobs: 0,
      droppedBlobs: 1,
      droppedBytes: 100_000,
    });
  });

  test('appends: the original bytes behind the header stay as they are', async () => {
    const original = await wimBytes([sampleImage()]);
    const updated = await change(await openBytes(original), [{ op: 'add', path: 'n', content: text('n') }]);
    const bytes = await updated.source.read(0, updated.source.size);
    expect(Buffer.compare(bytes.subarray(208, original.length), original.subarray(208))).toBe(0);
    expect(updated.appended[0]?.offset).toBe(original.length);
    expect(updated.source.parts).toBeDefined();
  });

  test('in place, the header is written last and until then the file is the old one', async () => {
    const original = await wimBytes([sampleImage()]);
    const updated = await change(await openBytes(original), [{ op: 'add', path: 'n', content: text('n') }]);
    const sink = memorySink();
    await sink.write(0, original);
    let beforeHeader: Uint8Array | undefined;
    const write = async (offset: number, bytes: Uint8Array): Promise<void> => {
      if (offset === 0) beforeHeader = sink.bytes();
      await sink.write(offset, bytes);
    };
    await applyInPlace(updated, { ...sink, write });
    expect(sink.bytes()).toEqual(await updated.source.read(0, updated.source.size));
    const old = await openBytes(beforeHeader ?? new Uint8Array(0));
    expect(await listing((await old.image(1)).tree())).toEqual(await listing(sampleTree()));
  });

  test('the same update gives the same bytes', async () => {
    const bytes = async (): Promise<Uint8Array> => {
      const { source } = await change(await sampleWim({ integrity: true }), [
        { op: 'put', path: 'a/b', content: text('c') },
      ]);
      return source.read(0, source.size);
    };
    expect(await bytes()).toEqual(await bytes());
  });

  test('new names stand where NTFS sorts them', async () => {
    const wim = await sampleWim();
    const paths = ['zz', 'Ab', 'aC', 'windows2', '_', 'ä'];
    const updated = await change(
      wim,
      paths.map((path) => ({ op: 'add', path, content: text(path) })),
    );
    const names = (await (await reopened(updated)).image(1)).root.children?.map((child) => child.name);
    expect(names?.map((name) => name.slice(0, 8))).toEqual([
      'Ab',
      'aC',
      'Empty',
      'long ü長ü',
      'Windows',
      'windows2',
      'zero',
      'zz',
      '_',
      'ä',
    ]);
  });

  test('contents that are there are referred to, not stored again', async () => {
    const wim = await sampleWim();
    const before = await counts(wim);
    const updated = await change(wim, [
      { op: 'add', path: 'copy', content: text('a loader') },
      { op: 'add', path: 'new1', content: text('new') },
      { op: 'add', path: 'new2', content: text('new') },
      { op: 'delete', path: 'Windows/System32/boot' },
    ]);
    expect(updated.report).toMatchObject({ addedBlobs: 1, addedBytes: 3, sharedBlobs: 1, droppedBlobs: 1 });
    const after = await counts(await reopened(updated));
    expect(after[sha1Text('a loader')]).toBe((before[sha1Text('a loader')] ?? 0) + 1);
    expect(after[sha1Text('new')]).toBe(2);
    expect(after).not.toHaveProperty(sha1Text('x'.repeat(100_000)));
  });

  test('a blob that another image uses stays, even when its count is too low', async () => {
    const bytes = await wimBytes([sampleImage(), sampleImage()]);
    const table = await (await openBytes(bytes)).blobTable();
    // Microsoft-made files may count too low [W].
    const low = table.entries.map((blob) => (blob.kind === 'data' ? { ...blob, referenceCount: 1 } : blob));
    const patched = overlaySource(memorySource(bytes), [
      { offset: wimHeader.decode(bytes).blobTable.offset, bytes: encodeBlobTable(low) },
    ]);
    const updated = await change(await openWim(patched), [
      { op: 'delete', path: 'Windows' },
      { op: 'add', path: 'again', content: text('long') },
    ]);
    expect(updated.report.droppedBlobs).toBe(0);
    const wim = await reopened(updated);
    expect(await counts(wim)).toEqual({
      [sha1Text('a loader')]: 2,
      [sha1Text('x'.repeat(100_000))]: 1,
      [sha1Text('long')]: 2,
    });
    expect(await listing((await wim.image(2)).tree())).toEqual(await listing(sampleTree()));
  });

  test('several images change at once, and only those', async () => {
    const wim = await openBytes(await wimBytes([sampleImage(), sampleImage(), sampleImage()]));
    const one = (path: string): WimChange[] => [{ op: 'add', path, content: text('same') }];
    const images = [
      { index: 3, changes: one('c') },
      { index: 1, changes: one('a') },
      { index: 3, changes: one('d') },
    ];
    const updated = await reopened(await updateWim(wim, { images, modified }));
    const roots = await Promise.all([1, 2, 3].map(async (index) => (await updated.image(index)).root));
    const has = (name: string): boolean[] => roots.map((root) => root.children?.some((c) => c.name === name) ?? false);
    expect([has('a'), has('c'), has('d')]).toEqual([
      [true, false, false],
      [false, false, true],
      [false, false, true],
    ]);
    expect(updated.images.map((image) => image.modified)).toEqual([modified, options.created, modified]);
    expect((await counts(updated))[sha1Text('same')]).toBe(3);
  });

  test('boot index 0 of the original becomes the given one, with the boot metadata; nothing is appended for it', async () => {
    const wim = await sampleWim({ bootIndex: 0 });
    expect(wim.header.bootMetadata.size).toBe(0);
    const updated = await updateWim(wim, { bootIndex: 1, modified });
    expect(updated.appended).toEqual([]);
    expect((await reopened(updated)).header).toMatchObject({
      bootIndex: 1,
      bootMetadata: (await wim.blobTable()).metadata[0]?.resource,
    });
    const both = await change(wim, [{ op: 'add', path: 'n', content: text('n') }], { bootIndex: 1 });
    expect((await reopened(both)).header.bootMetadata.offset).toBeGreaterThan(wim.source.size);
    const none = await updateWim(await sampleWim(), { bootIndex: 0, modified });
    expect(none.header).toMatchObject({ bootIndex: 0, bootMetadata: { size: 0, offset: 0 } });
  });

  test('an integrity table is made anew, kept when it still fits, added or dropped when asked', async () => {
    const wim = await sampleWim({ integrity: true });
    const add: WimChange[] = [{ op: 'add', path: 'n', content: text('n') }];
    const updated = await reopened(await change(wim, add));
    expect(updated.hasIntegrityTable).toBe(true);
    expect(updated.header.integrityTable.offset).toBeGreaterThan(wim.source.size);
    expect((await updateWim(wim, { bootIndex: 0, modified })).header.integrityTable).toEqual(wim.header.integrityTable);
    expect((await reopened(await change(wim, add, { integrity: false }))).hasIntegrityTable).toBe(false);
    expect((await reopened(await updateWim(await sampleWim(), { modified, integrity: true }))).hasIntegrityTable).toBe(
      true,
    );
  });

  test('full chunks of an old integrity table are not read again', async () => {
    const big = memorySource(new Uint8Array(45 * 1024 * 1024).fill(7));
    const tree = {
      kind: 'directory' as const,
      name: '',
      children: [{ kind: 'file' as const, name: 'big', content: big }],
    };
    const bytes = await wimBytes([{ tree, name: 'big' }], { integrity: true });
    const source = countingSource(memorySource(bytes));
    const updated = await change(await openWim(source), [{ op: 'add', path: 'n', content: text('n') }]);
    expect(source.bytes).toBeLessThan(6 * 1024 * 1024);
    await reopened(updated);
  });

  test.each<[string, WimChange, RegExp]>([
    ['adding what is there', { op: 'add', path: 'ZERO', content: text('') }, /cannot add ZERO: it exists already/],
    ['replacing what is not', { op: 'replace', path: 'x', content: text('') }, /it does not exist/],
    ['deleting what is not', { op: 'delete', path: 'Windows/x' }, /it does not exist/],
    ['deleting below nothing', { op: 'delete', path: 'x/y/z' }, /the folder x does not exist/],
    ['deleting the root', { op: 'delete', path: '\\' }, /names the root folder/],
    ['a file in a file', { op: 'add', path: 'zero/x', content: text('') }, /zero is a file/],
    ['a file over a folder', { op: 'put', path: 'windows', content: text('') }, /a folder has this name/],
    ['a name that Windows refuses', { op: 'add', path: 'a/b?c', content: text('') }, /the name "b\?c" is refused/],
    ['a relative path', { op: 'add', path: 'a/../b', content: text('') }, /the name "\.\." is refused/],
  ])('%s is refused', async (_, wrong, message) => {
    await expect(change(await sampleWim(), [wrong])).rejects.toThrow(message);
  });

  test('a wrong index and a part of a split set are refused', async () => {
    const wim = await sampleWim();
    await expect(updateWim(wim, { modified, bootIndex: 2 })).rejects.toThrow(rejected('WIM_BOOT_INDEX'));
    const images = [{ index: 2, changes: [{ op: 'delete' as const, path: 'zero' }] }];
    await expect(updateWim(wim, { modified, images })).rejects.toThrow(rejected('WIM_IMAGE_INDEX'));
    const bytes = await wimBytes([sampleImage()]);
    wimHeader.encodeInto(bytes, 0, { ...wimHeader.decode(bytes), totalParts: 2 });
    await expect(updateWim(await openBytes(bytes), { modified })).rejects.toThrow(rejected('WIM_SPLIT'));
  });

  test('changes apply in order, one on top of the other; twice updated is still sound', async () => {
    const first = await change(await sampleWim({ integrity: true }), [
      { op: 'delete', path: 'zero' },
      { op: 'add', path: 'zero/now/a/folder', content: text('1') },
      { op: 'replace', path: 'zero/now/a/FOLDER', content: text('2') },
      { op: 'add', path: 'gone', content: text('3') },
      { op: 'delete', path: 'gone' },
    ]);
    expect(first.report.addedBlobs).toBe(1);
    const second = await change(await openWim(first.source), [{ op: 'delete', path: 'zero/now' }]);
    const tree = (await (await reopened(second)).image(1)).tree();
    expect(Object.keys(await listing(tree))).toContain('zero');
    expect(Object.keys(await listing(tree)).some((path) => path.startsWith('zero/'))).toBe(false);
  });
});
