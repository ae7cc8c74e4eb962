/** Metadata: whatever tree of dentries is written reads back the same; hostile offsets are refused, not followed. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { viewOf } from '../../../images/bytes/index.ts';
import { parseMetadata } from '../../../images/wim/metadata-read.ts';
import { emptySecurity, encodeMetadata, metadataSource } from '../../../images/wim/metadata-write.ts';
import { fileDentry, folderDentry } from '../../../images/wim/new-dentry.ts';
import type { Dentry } from '../../../images/wim/index.ts';

const depth = { depth: 512 };
const times = { created: Date.UTC(2024, 0, 1), modified: Date.UTC(2024, 0, 2) };
const hash = fc.option(fc.stringMatching(/^[1-9a-f][0-9a-f]{39}$/), { nil: undefined });
const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });
const ticks = fc.bigInt({ min: 0n, max: (1n << 64n) - 1n });
const word = fc.integer({ min: 0, max: 0xffff_ffff });

/** Bits: 0x10 folder, 0x400 reparse point decide how the dentry reads. */
const plain = fc.record({
  name,
  shortName: fc.string({ maxLength: 12 }),
  attributes: word.map((bits) => (bits & ~0x410) >>> 0),
  securityId: word,
  created: ticks,
  accessed: ticks,
  modified: ticks,
  hash,
  streams: fc.array(fc.record({ name: fc.string({ maxLength: 10 }), hash }), { maxLength: 3 }),
  reserved: fc.uint8Array({ minLength: 16, maxLength: 16 }),
  unknown: word,
  taggedItems: fc.uint8Array({ maxLength: 40 }).map((bytes) => bytes.slice(0, bytes.length - (bytes.length % 8))),
});
const file = fc
  .tuple(plain, ticks)
  .map(([common, hardLinkGroup]): Dentry => ({ ...common, reparse: undefined, hardLinkGroup, children: undefined }));
const link = fc.tuple(plain, word, fc.nat(0xffff), fc.nat(0xffff)).map(
  ([common, tag, reserved, flags]): Dentry => ({
    ...common,
    attributes: (common.attributes | 0x400) >>> 0,
    reparse: { tag, reserved, flags },
    hardLinkGroup: 0n,
    children: undefined,
  }),
);
const { folder } = fc.letrec<{ folder: Dentry; entry: Dentry }>((tie) => ({
  entry: fc.oneof({ depthSize: 'small' }, file, link, tie('folder')),
  folder: fc.tuple(plain, fc.array(tie('entry'), { maxLength: 4 })).map(
    ([common, children]): Dentry => ({
      ...common,
      attributes: (common.attributes | 0x10) >>> 0,
      reparse: undefined,
      hardLinkGroup: 0n,
      children,
    }),
  ),
}));

const leaf = (leafName: string): Dentry => fileDentry(leafName, undefined, undefined, times);

describe('metadata', () => {
  test('as a source, in reads of any length, forward and back: the same bytes', async () => {
    const lengths = fc.array(fc.nat(600), { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(folder, lengths, async (root, steps) => {
        const bytes = encodeMetadata(emptySecurity, root);
        const source = metadataSource(emptySecurity, root);
        expect(source.size).toBe(bytes.length);
        for (const [i, step] of steps.entries()) {
          const from = (i * step) % bytes.length;
          const length = Math.min(step, bytes.length - from);
          expect(await source.read(from, length)).toEqual(bytes.subarray(from, from + length));
        }
        expect(await source.read(0, bytes.length)).toEqual(bytes);
      }),
      { numRuns: 100 },
    );
  });

  test('a folder larger than a piece, and a dentry larger than one', async () => {
    const large: Dentry = { ...leaf('large'), taggedItems: new Uint8Array(300_000).fill(7) };
    const many = Array.from({ length: 4000 }, (_, i) => leaf(`a file with a name that is not short, number ${i}`));
    const below = folderDentry('folder', [leaf('last')], undefined, times);
    const root = folderDentry('', [...many, large, below], undefined, times);
    const bytes = encodeMetadata(emptySecurity, root);
    expect(await metadataSource(emptySecurity, root).read(0, bytes.length)).toEqual(bytes);
    const read = parseMetadata(bytes, depth).root.children ?? [];
    expect(read.map((child) => child.name)).toEqual([...many.map(({ name: text }) => text), 'large', 'folder']);
    expect(read[4000]?.taggedItems).toEqual(large.taggedItems);
    expect(read[4001]?.children?.map((child) => child.name)).toEqual(['last']);
  });

  test('any tree of dentries reads back as it was written, in every field', () => {
    fc.assert(
      fc.property(folder, (root) => {
        const bytes = encodeMetadata(emptySecurity, root);
        const metadata = parseMetadata(bytes, depth);
        expect(metadata.root).toEqual(root);
        expect(encodeMetadata(metadata.security, metadata.root)).toEqual(bytes);
      }),
      { numRuns: 300 },
    );
  });

  test('a security block is kept byte for byte', () => {
    const security = new Uint8Array(40);
    const view = viewOf(security);
    view.setUint32(0, 37, true);
    view.setUint32(4, 2, true);
    view.setBigUint64(8, 8n, true);
    view.setBigUint64(16, 5n, true);
    security.fill(0xee, 24, 37);
    const bytes = encodeMetadata(security, folderDentry('', [leaf('a')], undefined, times));
    expect(parseMetadata(bytes, depth).security).toEqual(security);
    view.setBigUint64(16, 50n, true);
    const broken = encodeMetadata(security, folderDentry('', [], undefined, times));
    expect(() => parseMetadata(broken, depth)).toThrow(/security descriptors end at/);
  });

  test('folders nested deeper than the limit are a LimitError', () => {
    let root = folderDentry('x', [], undefined, times);
    for (let i = 0; i < 20; i++) root = folderDentry('x', [root], undefined, times);
    const bytes = encodeMetadata(emptySecurity, root);
    expect(parseMetadata(bytes, { depth: 30 }).root.children).toHaveLength(1);
    expect(() => parseMetadata(bytes, { depth: 10 })).toThrow(expect.objectContaining({ name: 'LimitError' }));
  });

  test('a folder that is its own child is refused', () => {
    const root = folderDentry('', [folderDentry('loop', [leaf('f')], undefined, times)], undefined, times);
    const bytes = encodeMetadata(emptySecurity, root);
    // The root lies at 8 and is 104 bytes long, its terminator follows; the only child comes then.
    const rootList = Number(viewOf(bytes).getBigUint64(8 + 0x10, true));
    viewOf(bytes).setBigUint64(rootList + 0x10, BigInt(rootList), true);
    expect(() => parseMetadata(bytes, depth)).toThrow(/two folders have one list/);
  });

  test('lists that overlap cannot multiply the work', () => {
    const folders = Array.from({ length: 200 }, (_, i) => folderDentry(`d${i}`, [], undefined, times));
    const bytes = encodeMetadata(emptySecurity, folderDentry('', folders, undefined, times));
    const view = viewOf(bytes);
    const list = Number(view.getBigUint64(8 + 0x10, true));
    // Every folder claims the rest of the list it stands in: n folders, n lists, n^2/2 entries.
    for (let at = list; view.getBigUint64(at, true) > 8n; ) {
      const next = at + Math.ceil(Number(view.getBigUint64(at, true)) / 8) * 8;
      view.setBigUint64(at + 0x10, BigInt(next), true);
      at = next;
    }
    expect(() => parseMetadata(bytes, depth)).toThrow(expect.objectContaining({ code: 'WIM_METADATA' }));
  });

  test.each([
    ['a length shorter than a dentry', 0, 40n, /dentry length is 40/],
    ['a length past the end', 0, 1n << 40n, /dentry length is/],
    ['children past the end', 0x10, 1n << 60n, /a dentry is expected here/],
    ['children at an odd offset', 0x10, 13n, /a dentry is expected here/],
  ])('%s is refused', (_, at, value, message) => {
    const bytes = encodeMetadata(emptySecurity, folderDentry('', [leaf('a')], undefined, times));
    viewOf(bytes).setBigUint64(8 + at, value, true);
    expect(() => parseMetadata(bytes, depth)).toThrow(message);
  });
});
