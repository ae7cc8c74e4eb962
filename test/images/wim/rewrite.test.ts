/** Splitting and exporting without tools: every blob in exactly one part, sizes kept, XML carried over, mistakes refused. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { memorySink, memorySource } from '../../../images/bytes/index.ts';
import { treeFromFiles } from '../../../images/tree/index.ts';
import {
  exportWim,
  joinedParts,
  openWim,
  planSplit,
  verifyWim,
  writeSplitPart,
  type Wim,
} from '../../../images/wim/index.ts';
import { gatheredXml } from '../../../images/wim/xml-write.ts';
import { operationContext } from '../../../src/core/index.ts';
import { listing, openBytes, sampleImage, sampleWim, text, wimBytes } from './make-wim.ts';

const counts = { dirCount: 1, fileCount: 2, totalBytes: 3, hardLinkBytes: 0 };

async function parts(wim: Wim, size: number): Promise<Uint8Array[]> {
  const plan = await planSplit(wim, size);
  const written: Uint8Array[] = [];
  for (const part of plan.parts) {
    const sink = memorySink();
    await writeSplitPart(plan, part, sink);
    written.push(sink.bytes());
    expect(part.size === sink.bytes().length || wim.hasIntegrityTable).toBe(true);
    expect(plan.oversize.includes(part)).toBe(part.size > size);
  }
  return written;
}

async function exported(wim: Wim, options: Parameters<typeof exportWim>[1] = {}): Promise<Uint8Array> {
  const sink = memorySink();
  await exportWim(wim, options, sink);
  return sink.bytes();
}

describe('splitting', () => {
  test('any sizes: the parts join to the same tree, none larger than asked but those of one blob', async () => {
    const sizes = fc.array(fc.nat(3000), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(sizes, fc.integer({ min: 1500, max: 8000 }), async (lengths, size) => {
        const files = lengths.map((length, i) => ({ path: `d${i % 3}/f${i}`, content: text(`${i}`.repeat(length)) }));
        const wim = await openBytes(await wimBytes([{ tree: treeFromFiles(files), name: 'Image' }]));
        const tree = await listing((await wim.image(1)).tree());
        const written = await parts(wim, size);
        const opened = await Promise.all(written.map((bytes, i) => openWim(memorySource(bytes, `part ${i}`))));
        const set = joinedParts(opened);
        expect(await listing((await set.image(1)).tree())).toEqual(tree);
        const joined = await openBytes(await exported(set, { bootIndex: 1 }));
        expect(await listing((await joined.image(1)).tree())).toEqual(tree);
        expect(new Set(opened.map(({ guid }) => guid)).size).toBe(1);
      }),
      { numRuns: 40 },
    );
  });

  test('a size in which the tables alone do not fit is refused', async () => {
    await expect(planSplit(await sampleWim(), 300)).rejects.toMatchObject({ code: 'WIM_ARGUMENT' });
  });

  test('a single part cannot be exported, nor updated', async () => {
    const [first] = await parts(await sampleWim(), 90_000);
    const wim = await openBytes(first as Uint8Array);
    await expect(exported(wim)).rejects.toMatchObject({
      code: 'WIM_BLOB_MISSING',
      hint: expect.stringContaining('all parts together'),
    });
  });
});

describe('exporting', () => {
  test('mistakes are named', async () => {
    const wim = await sampleWim();
    await expect(exported(wim, { images: [2] })).rejects.toMatchObject({ code: 'WIM_IMAGE_INDEX' });
    await expect(exported(wim, { images: [1, 1] })).rejects.toThrow(/chosen twice/);
    await expect(exported(wim, { images: [] })).rejects.toMatchObject({ code: 'WIM_ARGUMENT' });
    await expect(exported(wim, { bootIndex: 2 })).rejects.toMatchObject({ code: 'WIM_BOOT_INDEX' });
  });

  test('an export of an export is the same file', async () => {
    const wim = await openBytes(
      await wimBytes([sampleImage(), { ...sampleImage(), name: 'Second' }], { integrity: true }),
    );
    const once = await exported(wim);
    const bytes = await exported(await openBytes(once));
    expect(Buffer.from(bytes).equals(once)).toBe(true);
  });

  test('cancelled: it throws before the header is written', async () => {
    const stop = new AbortController();
    stop.abort();
    const sink = memorySink();
    const context = operationContext({ signal: stop.signal });
    await expect(exportWim(await sampleWim(), {}, sink, context)).rejects.toMatchObject({ code: 'CORE_CANCELED' });
    expect(
      sink
        .bytes()
        .subarray(0, 8)
        .every((byte) => byte === 0),
    ).toBe(true);
  });
});

describe('compressing', () => {
  test('any contents, any chunk size of theirs: what is read back is what was there', async () => {
    const file = fc.tuple(fc.integer({ min: 0, max: 200_000 }), fc.constantFrom('zeros', 'noise', 'text'));
    await fc.assert(
      fc.asyncProperty(
        fc.array(file, { maxLength: 6 }),
        fc.constantFrom('lzx' as const, 'xpress' as const),
        async (files, compression) => {
          const contents = files.map(([size, kind], i) => ({
            path: `f${i}`,
            content: memorySource(filled(size, kind)),
          }));
          const wim = await openBytes(await wimBytes([{ tree: treeFromFiles(contents), name: 'Image' }]));
          const written = await openBytes(await exported(wim, { compression }));
          expect((await verifyWim(written, operationContext())).problems).toEqual([]);
          const [before, after] = [await wim.image(1), await written.image(1)];
          expect(await listing(after.tree())).toEqual(await listing(before.tree()));
          const table = await written.blobTable();
          for (const { resource } of table.entries) expect(resource.storedSize).toBeLessThanOrEqual(resource.size);
        },
      ),
      { numRuns: 25 },
    );
  });

  test('damaged data is not compressed into sound data', async () => {
    const bytes = await wimBytes([sampleImage()]);
    bytes[300] = (bytes[300] ?? 0) ^ 1;
    await expect(exported(await openBytes(bytes), { compression: 'lzx' })).rejects.toMatchObject({
      code: 'WIM_BLOB_DIGEST_MISMATCH',
    });
  });
});

/** Bytes that shrink to nothing, not at all, and by half. */
function filled(size: number, kind: string): Uint8Array {
  let state = size + 1;
  return Uint8Array.from({ length: size }, (_, i) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return kind === 'zeros' ? 0 : kind === 'noise' ? state >>> 24 : (state >>> 28) * (i & 1) + 65;
  });
}

describe('XML data of gathered images', () => {
  const xml = `<?xml version="1.0"?><WIM><TOTALBYTES>1</TOTALBYTES><IMAGE INDEX="1"/><!-- x --><IMAGE other='a' INDEX = '2'><NAME>B &amp; C</NAME><X><Y/></X></IMAGE></WIM>`;

  test('elements stay as they are but for their number', () => {
    const made = gatheredXml(
      [
        { xml, index: 2, counts },
        { xml, index: 1, counts },
      ],
      42,
      1000,
    );
    expect(made).toBe(
      `<WIM><TOTALBYTES>42</TOTALBYTES><IMAGE other='a' INDEX = '1'><NAME>B &amp; C</NAME><X><Y/></X></IMAGE><IMAGE INDEX="2"/></WIM>`,
    );
  });

  test('new names, and an image that the XML does not describe', () => {
    const made = gatheredXml(
      [
        { xml, index: 2, counts, name: '<new>' },
        { xml, index: 1, counts, name: 'one' },
        { xml: '', index: 1, counts },
      ],
      42,
      1000,
    );
    expect(made).toBe(
      `<WIM><TOTALBYTES>42</TOTALBYTES><IMAGE other='a' INDEX = '1'><NAME>&lt;new&gt;</NAME><X><Y/></X></IMAGE>` +
        `<IMAGE INDEX="2"><NAME>one</NAME></IMAGE>` +
        `<IMAGE INDEX="3"><DIRCOUNT>1</DIRCOUNT><FILECOUNT>2</FILECOUNT><TOTALBYTES>3</TOTALBYTES><HARDLINKBYTES>0</HARDLINKBYTES></IMAGE></WIM>`,
    );
  });
});
