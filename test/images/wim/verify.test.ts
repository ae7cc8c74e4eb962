/** Verification and extraction as operations: cancel, progress, reads; a compressed blob made by hand. */
import { describe, expect, test } from 'vitest';
import { memorySource, overlaySource } from '../../../images/bytes/index.ts';
import { treeFromFiles } from '../../../images/tree/index.ts';
import { openWim, verifyWim, wimHeader, type Blob } from '../../../images/wim/index.ts';
import { encodeBlobTable } from '../../../images/wim/blob-table.ts';
import { operationContext } from '../../../src/core/index.ts';
import { countingSource } from './counting-source.ts';
import { openBytes, sampleImage, sampleWim, sha1Text, text, wimBytes } from './make-wim.ts';

describe('verification', () => {
  test('stops when it is canceled', async () => {
    const context = operationContext({ signal: AbortSignal.abort() });
    await expect(verifyWim(await sampleWim(), context)).rejects.toThrow(
      expect.objectContaining({ name: 'CanceledError' }),
    );
  });

  test('reports progress up to the whole', async () => {
    const seen: number[] = [];
    let total: number | undefined;
    const context = operationContext({
      progress: (progress) => {
        if (progress.phase !== 'verifying') return;
        seen.push(progress.done);
        total = progress.total;
      },
    });
    await verifyWim(await sampleWim(), context);
    expect([...seen].sort((a, b) => a - b)).toEqual(seen);
    expect(seen.at(-1)).toBe(total);
  });

  test('many small blobs cost few reads', async () => {
    const files = Array.from({ length: 500 }, (_, i) => ({ path: `f${i}`, content: text(`content ${i}`) }));
    const source = countingSource(memorySource(await wimBytes([{ tree: treeFromFiles(files), name: 'n' }])));
    const report = await verifyWim(await openWim(source), operationContext());
    expect(report).toMatchObject({ problems: [], blobs: 501 });
    expect(source.reads).toBeLessThan(8);
  });

  test('compressed resources in chunks that are stored raw, in a WIM with and without compression', async () => {
    const bytes = await wimBytes([sampleImage()]);
    const header = wimHeader.decode(bytes);
    const { entries } = await (await openBytes(bytes)).blobTable();
    const big = sha1Text('x'.repeat(100_000));
    // Four chunks, each as long as its data: a chunk table of three offsets, then the data (image-formats D.3).
    const resource = new Uint8Array(12 + 100_000).fill(0x78);
    new Uint32Array(resource.buffer, 0, 3).set([32_768, 65_536, 98_304]);
    const at = bytes.length;
    const moved =
      (storedSize: number) =>
      (entry: Blob): Blob =>
        entry.hash === big ? { ...entry, resource: { storedSize, flags: 4, offset: at, size: 100_000 } } : entry;
    const build = (flags: number, chunkSize: number, changed: Uint8Array) =>
      openWim(
        overlaySource(memorySource(bytes), [
          { offset: 0, bytes: wimHeader.encode({ ...header, flags, chunkSize }) },
          { offset: header.blobTable.offset, bytes: encodeBlobTable(entries.map(moved(changed.length))) },
          { offset: at, bytes: changed },
        ]),
      );
    const codes = async (wim: Awaited<ReturnType<typeof build>>, workers: number): Promise<string[]> =>
      (await verifyWim(wim, operationContext(), { workers })).problems.map((problem) => problem.code);
    const lzx = await build(0x40002, 32_768, resource);
    for (const workers of [0, 1, 2]) expect(await codes(lzx, workers)).toEqual([]);
    const source = (await lzx.image(1)).file('Windows/System32/boot/x.bin');
    expect(Buffer.from((await source?.read(98_000, 2000)) ?? []).toString()).toBe('x'.repeat(2000));
    expect(await codes(await build(0, 0, resource), 0)).toEqual(['WIM_RESOURCE_SIZE']);

    const table = resource.slice();
    new Uint32Array(table.buffer, 0, 3).set([32_768, 20, 98_304]);
    for (const workers of [0, 2])
      expect(await codes(await build(0x40002, 32_768, table), workers)).toEqual(['WIM_CHUNK_TABLE']);
    const data = resource.slice();
    data[50_000] = 0;
    expect(await codes(await build(0x40002, 32_768, data), 1)).toEqual(['WIM_BLOB_DIGEST_MISMATCH']);
    const short = resource.slice(0, -1);
    new Uint32Array(short.buffer, 0, 3).set([32_768, 65_535, 98_303]);
    for (const workers of [0, 2]) {
      expect(await codes(await build(0x40002, 32_768, short), workers)).toEqual(['WIM_CHUNK']);
    }
  });
});
