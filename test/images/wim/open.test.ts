/** Opening: what it costs, what the header must say, which deviations pass. */
import { describe, expect, test } from 'vitest';
import { concatSource, memorySource, zeroSource } from '../../../images/bytes/index.ts';
import { treeFromFiles } from '../../../images/tree/index.ts';
import { bootability, checkHeader, openWim, wimHeader, type WimHeader } from '../../../images/wim/index.ts';
import { countingSource } from './counting-source.ts';
import { guid, openBytes, sampleImage, sampleWim, sha1Text, text, wimBytes } from './make-wim.ts';

/** The sample WIM with header fields changed. */
async function withHeader(change: Partial<WimHeader>): Promise<Uint8Array> {
  const bytes = await wimBytes([sampleImage()]);
  wimHeader.encodeInto(bytes, 0, { ...wimHeader.decode(bytes), ...change });
  return bytes;
}

const reject = (code: string): object => expect.objectContaining({ code });

describe('opening a WIM', () => {
  test('costs two reads, an image two more, however much data there is', async () => {
    const files = Array.from({ length: 2000 }, (_, i) => ({ path: `d${i % 20}/f${i}`, content: text(`content ${i}`) }));
    const bytes = await wimBytes([{ tree: treeFromFiles(files), name: 'many' }]);
    const source = countingSource(memorySource(bytes));
    const wim = await openWim(source);
    expect(source.reads).toBe(2);
    expect(source.bytes).toBeLessThan(208 + 2000);
    const image = await wim.image(1);
    expect(image.tree().children).toHaveLength(20);
    expect(source.reads).toBe(4);
    await image.file('d7/f7')?.read(0, 9);
    expect(source.reads).toBe(5);
  });

  test('tells what header and XML data say', async () => {
    expect(await sampleWim({ integrity: true })).toMatchObject({
      compression: 'none',
      chunkSize: 0,
      guid,
      partNumber: 1,
      totalParts: 1,
      imageCount: 1,
      bootIndex: 1,
      hasIntegrityTable: true,
      solid: false,
      pipable: false,
      problems: [],
      images: [{ index: 1, name: 'Sample', dirCount: 5, fileCount: 5 }],
    });
  });

  test('a stored file is a slice of the WIM that can be copied as it is; its id is its SHA-1', async () => {
    const image = await (await sampleWim()).image(1);
    const file = image.file('\\windows\\SYSTEM32\\WinLoad.EFI');
    expect(file?.parts).toHaveLength(1);
    expect(file?.id).toBe(`sha1:${sha1Text('a loader')}`);
    expect(Buffer.from((await file?.read(0, 8)) ?? []).toString()).toBe('a loader');
    expect(image.file('Windows')).toBeUndefined();
    expect(image.file('Windows/none')).toBeUndefined();
    expect(image.file('zero/none')).toBeUndefined();
    expect(image.find('')).toBe(image.root);
    expect(image.find('windows/system32/BOOT')?.name).toBe('boot');
  });

  test.each([
    ['another magic', { magic: new Uint8Array(8) }, 'WIM_NOT_A_WIM'],
    ['another header size', { headerSize: 212 }, 'WIM_HEADER'],
    ['another version', { version: 0x10c00 }, 'WIM_HEADER'],
    ['two compressions', { flags: 0x60002, chunkSize: 32768 }, 'WIM_COMPRESSION'],
    ['a compression that is not switched on', { flags: 0x40000 }, 'WIM_COMPRESSION'],
    ['a chunk size that is no power of two', { flags: 0x40002, chunkSize: 33000 }, 'WIM_HEADER'],
    ['part 0', { partNumber: 0 }, 'WIM_HEADER'],
    ['part 3 of 2', { partNumber: 3, totalParts: 2 }, 'WIM_HEADER'],
    ['more images than table entries', { imageCount: 100 }, 'WIM_IMAGE_COUNT'],
    ['XML data past the end', { xmlData: { storedSize: 9, flags: 2, offset: 1e9, size: 9 } }, 'WIM_RESOURCE_RANGE'],
    [
      'a blob table of two sizes',
      { blobTable: { storedSize: 50, flags: 2, offset: 208, size: 100 } },
      'WIM_RESOURCE_SIZE',
    ],
  ])('%s is refused by name', async (_, change, code) => {
    const bytes = await withHeader(change);
    await expect(openBytes(bytes)).rejects.toThrow(reject(code));
    await expect(openBytes(bytes)).rejects.toThrow(/^test\.wim: WIM at 0x/);
    const header = wimHeader.decode(bytes);
    expect(checkHeader(header, { fileSize: bytes.length }).map((problem) => problem.code)).toContain(code);
  });

  test('a file that is too short or something else says so', async () => {
    await expect(openBytes(new Uint8Array(100))).rejects.toThrow(/test\.wim: WIM at 0x0: the file has 100 bytes/);
    await expect(openBytes(new Uint8Array(5000))).rejects.toThrow(/the file starts with/);
    const bytes = await wimBytes([sampleImage()]);
    await expect(openBytes(bytes.subarray(0, bytes.length - 10))).rejects.toThrow(reject('WIM_RESOURCE_RANGE'));
  });

  test('harmless deviations are collected, and refused when strict', async () => {
    const bytes = await withHeader({ bootIndex: 7, flags: 0x40 });
    const wim = await openBytes(bytes);
    expect(wim.problems.map((problem) => problem.code)).toEqual(['WIM_WRITE_IN_PROGRESS', 'WIM_BOOT_INDEX']);
    await expect(openWim(memorySource(bytes), { strictness: 'strict' })).rejects.toThrow(
      reject('WIM_WRITE_IN_PROGRESS'),
    );
    const noXml = await withHeader({ xmlData: { storedSize: 0, flags: 0, offset: 0, size: 0 } });
    expect(await openBytes(noXml)).toMatchObject({ problems: [{ code: 'WIM_XML' }], images: [{ name: undefined }] });
  });

  test('garbage behind the end does not matter (boot-chain 3)', async () => {
    const bytes = await wimBytes([sampleImage()]);
    const wim = await openWim(concatSource([memorySource(bytes), zeroSource(12_345)]));
    expect(wim.problems).toEqual([]);
    expect((await wim.image(1)).file('zero')?.size).toBe(0);
  });

  test('limits are arguments', async () => {
    const source = memorySource(await wimBytes([sampleImage()]));
    await expect(openWim(source, { limits: { xmlBytes: 100 } })).rejects.toThrow(reject('WIM_LIMIT'));
    await expect(openWim(source, { limits: { xmlElements: 3 } })).rejects.toThrow(reject('WIM_LIMIT'));
    const small = await openWim(source, { limits: { blobTableBytes: 100 } });
    await expect(small.blobTable()).rejects.toThrow(reject('WIM_LIMIT'));
    const shallow = await openWim(source, { limits: { depth: 2 } });
    await expect(shallow.image(1)).rejects.toThrow(reject('WIM_LIMIT'));
    const narrow = await openWim(source, { limits: { metadataBytes: 100 } });
    await expect(narrow.image(1)).rejects.toThrow(reject('WIM_LIMIT'));
  });

  test('a wrong image index says which there are', async () => {
    const wim = await sampleWim();
    for (const index of [0, 2, -1, 1.5]) {
      await expect(wim.image(index)).rejects.toThrow(/there is no image .*: must be 1 to 1/);
    }
  });
});

describe('what boot managers refuse (boot-chain 3)', () => {
  test('a stored WIM with a boot index is fine', async () => {
    expect(bootability(await sampleWim())).toEqual([]);
  });

  test.each([
    ['boot index 0', { bootIndex: 0 }, ['WIM_BOOT_INDEX']],
    ['a boot index without image', { bootIndex: 2 }, ['WIM_BOOT_INDEX']],
    ['LZX in 32 KiB chunks', { flags: 0x40002, chunkSize: 32768 }, []],
    ['XPRESS in 32 KiB chunks', { flags: 0x20002, chunkSize: 32768 }, []],
    ['LZX in 64 KiB chunks', { flags: 0x40002, chunkSize: 65536 }, ['WIM_CHUNK_SIZE']],
    ['LZMS', { flags: 0x80002, chunkSize: 32768, version: 0xe00 }, ['WIM_LZMS', 'WIM_SOLID']],
    ['version 0xE00', { version: 0xe00 }, ['WIM_SOLID']],
    ['one part of two', { totalParts: 2 }, ['WIM_SPLIT']],
  ])('%s', async (_, change, codes) => {
    const problems = bootability(await openBytes(await withHeader(change)));
    expect(problems.map((problem) => problem.code)).toEqual(codes);
    for (const problem of problems) expect(problem.hint).toMatch(/\w/);
  });
});
