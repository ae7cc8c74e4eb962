/** What `openContents` finds, what it costs on large images, and that damage never escapes as anything but a named error. */
import { expect, test } from 'vitest';
import { memorySource, overlaySource, zeroSource, type ByteSource } from '../../../images/bytes/index.ts';
import { openContents } from '../../../images/disc/index.ts';
import { filesOf } from '../../../images/tree/index.ts';
import { FormatError } from '../../../src/core/index.ts';
import { treeOf } from '../fat/volumes.ts';
import { bridge, dice, imageBytes, patchesOf } from '../iso9660/placed-image.ts';
import { countingSource } from '../wim/counting-source.ts';

const small = treeOf({ 'sources/boot.wim': 9000, 'a/b/c.txt': 3, bootmgr: 2048 });

/** A boot sector that says what it belongs to. */
function volumeBoot(name: string): ByteSource {
  const bytes = new Uint8Array(1 << 16);
  bytes.set([0xeb, 0x52, 0x90, ...Buffer.from(name.padEnd(8), 'latin1'), 0, 2]);
  bytes.set([0x55, 0xaa], 510);
  return memorySource(bytes);
}

test('an image of 5 GB is opened and listed in a few dozen reads of its tables', async () => {
  const names = Object.fromEntries(Array.from({ length: 400 }, (_, i) => [`folder ${i % 20}/file ${i}.dat`, 0]));
  const tree = treeOf(names);
  const install = { kind: 'file', name: 'install.wim', content: zeroSource(5_000_000_000) } as const;
  const image = bridge({ ...tree, children: [...tree.children, install] });
  const patches = await patchesOf({ ...image, placement: new Map() });
  const source = countingSource(overlaySource(zeroSource(image.size), patches));
  const { views } = await openContents(source);
  expect(views.map(({ name }) => name)).toEqual(['udf', 'joliet', 'iso']);
  expect(source.reads).toBeLessThan(40);
  expect(source.bytes).toBeLessThan(100_000);
  const files = filesOf((await views[0]!.read()).root);
  expect(files.find(({ path }) => path === 'install.wim')?.file.content.size).toBe(5_000_000_000);
  expect(source.reads).toBeLessThan(150);
  expect(source.bytes).toBeLessThan(5_000_000);
});

test.each(['NTFS', 'EXFAT'])('%s is refused by its name', async (name) => {
  const { views, unread } = await openContents(volumeBoot(name));
  expect(views).toEqual([]);
  expect(unread.map(({ what, error }) => [what, error.code])).toEqual([['FAT', 'FAT_OTHER_FILE_SYSTEM']]);
});

test.each([
  ['nothing', memorySource(new Uint8Array())],
  ['a byte', memorySource(new Uint8Array(1))],
  ['zeros', zeroSource(1 << 20)],
  ['text', memorySource(Buffer.from('A text file that somebody renamed.\n'.repeat(3000)))],
])('in %s nothing is found', async (_, source) => {
  expect(await openContents(source)).toMatchObject({ views: [], unread: [], boot: [], table: { kind: 'none' } });
});

test('one damaged view does not hide the others', async () => {
  const bytes = await imageBytes(bridge(small));
  bytes.fill(9, 34 * 2048 + 60, 34 * 2048 + 61);
  bytes.fill(9, 50 * 2048 + 60, 50 * 2048 + 61);
  const { views, unread } = await openContents(memorySource(bytes));
  expect(views.map(({ name }) => name)).toEqual(['joliet', 'iso']);
  expect(unread.map(({ what, error }) => [what, error.code])).toEqual([['UDF', 'UDF_CHECKSUM']]);
});

test('1,000 mutations: only format errors escape', async () => {
  const good = await imageBytes(bridge(small, { bootFile: 'bootmgr' }));
  good.set([0x55, 0xaa], 510);
  const roll = dice(4);
  for (let run = 0; run < 1000; run++) {
    const bytes = good.slice();
    for (let n = 1 + roll(4); n > 0; n--) {
      const block = [0, 0, 16, 17, 18, 32, 34, 35, 256, 257, 258, 259][roll(12)]!;
      bytes[block * 2048 + roll(512)] = roll(256);
    }
    const { views } = await openContents(memorySource(bytes));
    for (const view of views) {
      await view.read().catch((error: unknown) => {
        if (!(error instanceof FormatError)) throw error;
      });
    }
  }
});
