/** WIMs that wimlib made in this run: whatever it captured we list, read, extract and verify the same. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openFile, readAll, type ByteSource, type FileSource } from '../../../images/bytes/index.ts';
import { compareTrees, filesOf, readDirectory, walkTree } from '../../../images/tree/index.ts';
import { bootability, extractImage, openWim, updateWim, verifyWim } from '../../../images/wim/index.ts';
import { operationContext } from '../../../src/core/index.ts';
import { requireTool, scratch } from '../../support/tools.ts';
import { randomBelow } from '../../support/random-numbers.ts';
import { countingSource } from './counting-source.ts';
import { fillFolder, folderListing, longName } from './folder.ts';
import { listing } from './make-wim.ts';
import { exercise, mutated } from './mutate.ts';
import { imageFacts, listedBlobs, listedPaths, wimlib } from './wimlib.ts';

const tools = requireTool('wimlib-imagex');
const context = operationContext();
const folder = scratch();
const full = join(folder, 'full');
const plain = join(folder, 'plain');
const wimPath = (name: string): string => join(folder, `${name}.wim`);
const opened: FileSource[] = [];
const open = async (path: string): Promise<ByteSource> => {
  const source = await openFile(path);
  opened.push(source);
  return source;
};

afterAll(async () => {
  for (const source of opened) await source.close();
});

beforeAll(() => {
  if (!tools.available) return;
  for (const path of [full, plain]) {
    mkdirSync(path);
    fillFolder(path);
  }
  rmSync(join(plain, 'symbolic link'));
});

const forms = [
  ['none', '--compress=none', '--check'],
  ['xpress', '--compress=XPRESS'],
  ['xpress 4K', '--compress=XPRESS', '--chunk-size=4K'],
  ['lzx', '--compress=LZX', '--check'],
  ['lzx 64K', '--compress=LZX', '--chunk-size=64K'],
  ['lzx 2M', '--compress=LZX', '--chunk-size=2M'],
] as const;

describe.each(forms)('captured by wimlib: %s', (name, ...options) => {
  const args = options.filter((option) => option !== undefined);
  const path = wimPath(name);

  test('two images: headers, counts, paths, contents and verification agree', async () => {
    await wimlib('capture', full, path, 'First', 'A description', '--boot', ...args);
    await wimlib('append', plain, path, 'Second', ...args.filter((arg) => arg === '--check'));
    const source = countingSource(await open(path));
    const wim = await openWim(source, { strictness: 'strict' });
    expect(source.reads).toBe(2);
    expect(wim).toMatchObject({ imageCount: 2, bootIndex: 1, problems: [] });
    expect(name.startsWith(wim.compression)).toBe(true);
    expect(wim.hasIntegrityTable).toBe(args.some((arg) => arg === '--check'));
    expect(wim.images.map((image) => [image.name, image.description])).toEqual([
      ['First', 'A description'],
      ['Second', undefined],
    ]);
    for (const image of wim.images) {
      const facts = await imageFacts(path, image.index);
      expect(facts).toMatchObject({
        'Directory Count': String(image.dirCount),
        'File Count': String(image.fileCount),
        'Total Bytes': String(image.totalBytes),
        'Hard Link Bytes': String(image.hardLinkBytes),
      });
    }
    const expected = await folderListing(plain);
    const first = await wim.image(1);
    const second = await wim.image(2);
    expect(first.skipped()).toEqual([{ path: 'symbolic link', what: 'reparse point' }]);
    expect(second.skipped()).toEqual([]);
    expect(await listing(first.tree())).toEqual(expected);
    expect(await listing(second.tree())).toEqual(expected);
    expect([...walkTree(second.tree())].map((entry) => entry.path).sort()).toEqual(await listedPaths(path, 2));
    expect(await verifyWim(wim, context, { workers: 2 })).toMatchObject({ problems: [], images: 2 });
  });

  test('the blob table says what wimlib says', async () => {
    const { blobs, metadata } = await (await openWim(await open(path))).blobTable();
    const ours = [...blobs, ...metadata].map(({ hash, size, referenceCount, kind }) => {
      return { hash, size, references: referenceCount, metadata: kind === 'metadata' };
    });
    expect(ours.sort((a, b) => (a.hash < b.hash ? -1 : 1))).toEqual(await listedBlobs(path));
  });

  test('any stretch of a file reads alike', async () => {
    const image = await (await openWim(await open(path))).image(2);
    for (const file of ['hard link', 'Windows/System32/program.exe', 'one byte more', longName]) {
      const source = image.file(file);
      if (!source) throw new Error(`${file} is missing`);
      const whole = await readAll(source);
      const random = randomBelow(3);
      for (let i = 0; i < 50; i++) {
        const offset = random(whole.length + 1);
        const length = random(Math.min(150_000, whole.length - offset) + 1);
        const bytes = await source.read(offset, length);
        expect(Buffer.compare(bytes, whole.subarray(offset, offset + length))).toBe(0);
      }
    }
  });

  test('hard links are one group', async () => {
    const image = await (await openWim(await open(path))).image(1);
    const groups = ['hard link', 'Windows/hard link', 'Windows/System32/text.txt'].map(
      (link) => image.find(link)?.hardLinkGroup,
    );
    expect(groups[0]).not.toBe(0n);
    expect(new Set(groups).size).toBe(1);
    expect(image.find('noise')?.hardLinkGroup).toBe(0n);
  });

  test('extracting gives what wimlib extracts', async () => {
    const ours = join(scratch(), 'ours');
    const theirs = join(scratch(), 'theirs');
    const image = await (await openWim(await open(path))).image(2);
    expect(await extractImage(image, ours, context)).toMatchObject({ files: 12, skipped: [] });
    await wimlib('apply', path, '2', theirs);
    const a = await readDirectory(ours);
    const b = await readDirectory(theirs);
    expect(await compareTrees(a.root, b.root)).toEqual([]);
  });

  test('150 mutations give nothing but format errors', async () => {
    const bytes = await readAll(await open(path));
    const random = randomBelow(name.length);
    let damaged = 0;
    for (let i = 0; i < 150; i++) damaged += Number((await exercise(mutated(bytes, random))).length > 0);
    expect(damaged).toBeGreaterThan(50);
  });
});

describe('forms that are described, not read', () => {
  const odd = [
    ['pipable', ['--pipable'], ['WIM_PIPABLE'], 'WIM_PIPABLE'],
    ['LZMS', ['--compress=LZMS'], ['WIM_LZMS', 'WIM_SOLID', 'WIM_CHUNK_SIZE'], 'WIM_LZMS'],
    ['solid LZMS', ['--solid'], ['WIM_LZMS', 'WIM_SOLID', 'WIM_CHUNK_SIZE'], 'WIM_LZMS'],
    ['solid LZX', ['--solid', '--solid-compress=LZX', '--compress=LZX'], ['WIM_SOLID'], 'WIM_SOLID'],
  ] as const;

  test.each(odd)('%s', async (name, args, refusals, code) => {
    const path = wimPath(name);
    await wimlib('capture', plain, path, 'Odd', '--boot', ...args);
    const wim = await openWim(await open(path), { strictness: 'strict' });
    expect(wim.images).toMatchObject([{ index: 1, name: 'Odd', fileCount: 12 }]);
    expect(bootability(wim).map((problem) => problem.code)).toEqual(refusals);
    const read = async (): Promise<void> => {
      const source = (await wim.image(1)).file('noise');
      expect(source?.size).toBe(200_000);
      await source?.read(0, 1);
    };
    const refused = expect.objectContaining({ name: 'UnsupportedFeatureError', code });
    await expect(read()).rejects.toThrow(refused);
    await expect(verifyWim(wim, context)).rejects.toThrow(
      expect.objectContaining({ name: 'UnsupportedFeatureError', hint: expect.stringContaining('wimlib-imagex') }),
    );
  });

  test('the parts of a split set', async () => {
    const whole = wimPath('whole');
    await wimlib('capture', plain, whole, 'Split', '--compress=none', '--boot');
    await wimlib('split', whole, join(folder, 'part.swm'), '1');
    const first = await openWim(await open(join(folder, 'part.swm')));
    const second = await openWim(await open(join(folder, 'part2.swm')));
    expect(first.guid).toBe(second.guid);
    expect([first.partNumber, second.partNumber, second.totalParts]).toEqual([1, 2, first.totalParts]);
    expect(bootability(first).map((problem) => problem.code)).toContain('WIM_SPLIT');
    for (const part of [first, second]) expect((await verifyWim(part, context)).problems).toEqual([]);
    const image = await first.image(1);
    expect(image.find(longName)).toBeDefined();
    const missing = expect.objectContaining({ code: 'WIM_BLOB_MISSING', hint: expect.any(String) });
    expect(() => filesOf(image.tree()).map(({ file }) => file.content)).toThrow(missing);
    await expect(second.image(1)).rejects.toThrow(expect.objectContaining({ code: 'WIM_SPLIT' }));
    await expect(updateWim(first, { modified: 0 })).rejects.toThrow(expect.objectContaining({ code: 'WIM_SPLIT' }));
  });

  test('a WIM that wimlib updated in place, with holes', async () => {
    const path = wimPath('updated');
    await wimlib('capture', plain, path, 'Updated', '--compress=LZX');
    await wimlib('update', path, '1', '--command=delete --recursive /Windows');
    await wimlib('update', path, '1', `--command=add ${join(plain, 'noise')} /new/noise`);
    const wim = await openWim(await open(path), { strictness: 'strict' });
    const expected = await folderListing(plain);
    for (const key of Object.keys(expected)) if (key.startsWith('Windows')) delete expected[key];
    const tree = (await wim.image(1)).tree();
    expect(await listing(tree)).toEqual({ ...expected, new: null, 'new/noise': expected['noise'] });
    expect((await verifyWim(wim, context)).problems).toEqual([]);
  });
});
