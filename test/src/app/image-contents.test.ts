/** `image list`, `extract` and `inspect` on WIMs, and on those inside a disc: what is not there is told by name, an empty folder is no failure. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { memorySource } from '../../../images/bytes/index.ts';
import { emptyDirectory, treeFromFiles } from '../../../images/tree/index.ts';
import { checkInput, imageExtract, imageInspect, imageList, imageSplit } from '../../../src/app/index.ts';
import { operationContext } from '../../../src/core/index.ts';
import { bridge, imageFile } from '../../images/iso9660/placed-image.ts';
import { text, wimBytes } from '../../images/wim/make-wim.ts';
import { services } from '../../media/made-media.ts';
import { scratch } from '../../support/tools.ts';

const files = treeFromFiles([
  { path: 'Windows/a.txt', content: text('first') },
  { path: 'Windows/b.txt', content: text('second') },
]);
const tree = { ...files, children: [...files.children, emptyDirectory('Empty')] };

async function wimFile(damage?: (bytes: Uint8Array) => void): Promise<string> {
  const bytes = await wimBytes([{ tree, name: 'Sample' }]);
  damage?.(bytes);
  const path = join(scratch(), 'sample.wim');
  writeFileSync(path, bytes);
  return path;
}

const list = (file: string) => imageList.run(checkInput(imageList, { file }), services, operationContext());
const extract = (file: string, paths: string[], output: string) =>
  imageExtract.run(checkInput(imageExtract, { file, paths, output }), services, operationContext());

test('a file whose data the WIM does not hold is named, the others are listed', async () => {
  const hash = createHash('sha1').update('second').digest();
  const path = await wimFile((bytes) => {
    const at = Buffer.from(bytes.buffer, bytes.byteOffset).lastIndexOf(hash);
    bytes[at] = bytes[at]! ^ 1; // in the blob table, which lies behind the metadata
  });
  const { entries, missing } = await list(path);
  expect(entries.map((entry) => entry.path)).toEqual(['Empty', 'Windows', 'Windows/a.txt']);
  expect(missing).toEqual([{ path: 'Windows/b.txt', sha1: hash.toString('hex') }]);
  const output = join(scratch(), 'out');
  const lacking = expect.objectContaining({
    code: 'WIM_BLOB_MISSING',
    message: expect.stringContaining('Windows/b.txt'),
  });
  await expect(extract(path, ['Windows'], output)).rejects.toThrow(lacking);
  expect(existsSync(output)).toBe(false);
  expect(await extract(path, ['Windows/a.txt'], output)).toMatchObject({ files: 1 });
  expect(readFileSync(join(output, 'Windows/a.txt'), 'utf8')).toBe('first');
});

test('a part of a split set is read with the parts beside it; alone it tells what lacks', async () => {
  const large = treeFromFiles(
    [1, 2, 3].map((n) => ({ path: `large ${n}.bin`, content: memorySource(new Uint8Array(700_000).fill(n)) })),
  );
  const folder = scratch();
  const at = (name: string): string => join(folder, name);
  writeFileSync(at('whole.wim'), await wimBytes([{ tree: large, name: 'Large' }]));
  const request = { file: at('whole.wim'), output: at('part.swm'), size: 1 };
  const { parts } = await imageSplit.run(checkInput(imageSplit, request), services, operationContext());
  expect(parts.length).toBe(3);
  expect(await list(at('part.swm'))).toMatchObject({ entries: { length: 3 }, missing: [] });
  expect(await extract(at('part2.swm'), [], at('out'))).toMatchObject({ files: 3 });
  rmSync(at('part3.swm'));
  const alone = await list(at('part.swm'));
  expect([alone.entries.length, alone.missing.length]).toEqual([1, 2]);
});

test('an empty folder is made and told', async () => {
  const output = join(scratch(), 'out');
  const result = await extract(await wimFile(), ['empty', 'windows\\A.TXT'], output);
  expect(result).toMatchObject({ files: 1, withoutFiles: ['empty'] });
  expect(readdirSync(output)).toEqual(['Empty', 'Windows']);
  expect(readdirSync(join(output, 'Windows'))).toEqual(['a.txt']);
});

test('the whole image comes with its empty folders, and none is told', async () => {
  const output = join(scratch(), 'out');
  expect(await extract(await wimFile(), [], output)).toMatchObject({ files: 2, withoutFiles: [] });
  expect(existsSync(join(output, 'Empty'))).toBe(true);
});

test('a path that is absent is refused before anything is made', async () => {
  const output = join(scratch(), 'out');
  const refused = extract(await wimFile(), ['Windows/a.txt', 'Windows/c.txt'], output);
  await expect(refused).rejects.toMatchObject({
    code: 'APP_OPTION',
    message: expect.stringContaining('Windows/c.txt'),
  });
  expect(existsSync(output)).toBe(false);
});

describe('WIMs inside a disc image', () => {
  const iso = async (files: Readonly<Record<string, Uint8Array>>): Promise<string> => {
    const path = join(scratch(), 'windows.iso');
    const root = treeFromFiles(
      Object.entries(files).map(([name, bytes]) => ({ path: name, content: memorySource(bytes) })),
    );
    await imageFile(bridge(root), path);
    return path;
  };
  const inspect = async (file: string) => {
    const result = await imageInspect.run(checkInput(imageInspect, { file }), services, operationContext());
    if (result.kind !== 'disc') throw new Error('no disc');
    return result;
  };

  test('are shown with their images; what only has the name of one is not', async () => {
    const images = [
      { tree, name: 'Windows PE' },
      { tree, name: 'Setup' },
    ];
    const path = await iso({
      'sources/boot.wim': await wimBytes(images, { bootIndex: 2 }),
      'sources/INSTALL.ESD': Buffer.from('not a WIM at all'),
      'setup.exe': Buffer.from('MZ'),
    });
    const { wims, problems } = await inspect(path);
    expect(
      wims.map(({ path: name, bootIndex, images: shown }) => [name, bootIndex, shown.map((one) => one.name)]),
    ).toEqual([['sources/boot.wim', 2, ['Windows PE', 'Setup']]]);
    expect(problems).toEqual([]);
  });

  test('one that is damaged is told, the others are shown', async () => {
    const good = await wimBytes([{ tree, name: 'Good' }]);
    const path = await iso({ 'a.wim': good.subarray(0, 100), 'b.wim': good });
    const { wims, problems } = await inspect(path);
    expect(wims.map(({ path: name }) => name)).toEqual(['b.wim']);
    expect(problems.map(({ what, code }) => [what, code])).toEqual([['a.wim', 'WIM_NOT_A_WIM']]);
  });

  test('can be listed, extracted and inspected where they lie', async () => {
    const path = await iso({
      'sources/boot.wim': await wimBytes([{ tree, name: 'PE' }]),
      'setup.exe': Buffer.from('MZ'),
    });
    const run = { file: path, inside: 'Sources/Boot.wim' };
    const listing = await imageList.run(checkInput(imageList, run), services, operationContext());
    expect(listing).toMatchObject({ index: 1, view: null });
    expect(listing.entries.map((entry) => entry.path)).toEqual(['Empty', 'Windows', 'Windows/a.txt', 'Windows/b.txt']);
    const inspected = await imageInspect.run(checkInput(imageInspect, run), services, operationContext());
    expect(inspected).toMatchObject({ kind: 'wim', file: `${path}: Sources/Boot.wim` });
    const output = join(scratch(), 'out');
    const request = { ...run, view: 'joliet', paths: ['Windows/b.txt'], output };
    await imageExtract.run(checkInput(imageExtract, request), services, operationContext());
    expect(readFileSync(join(output, 'Windows', 'b.txt'), 'utf8')).toBe('second');
  });

  test.each([
    [{ inside: 'sources/none.wim' }, /holds no file sources\/none.wim/],
    [{ inside: 'sources' }, /holds no file sources/],
    [{ inside: 'setup.exe' }, /setup.exe: WIM at 0x0/],
    [{ index: 1 }, /--index cannot be used/],
  ])('%j is refused', async (choice, message) => {
    const path = await iso({
      'sources/boot.wim': await wimBytes([{ tree, name: 'PE' }]),
      'setup.exe': Buffer.from('MZ'),
    });
    const refused = imageList.run(checkInput(imageList, { file: path, ...choice }), services, operationContext());
    await expect(refused).rejects.toThrow(message);
  });

  test('a WIM itself has neither views nor WIMs inside', async () => {
    const file = await wimFile();
    for (const choice of [{ view: 'udf' }, { inside: 'a.wim' }]) {
      const refused = imageList.run(checkInput(imageList, { file, ...choice }), services, operationContext());
      await expect(refused).rejects.toMatchObject({ code: 'APP_OPTION' });
    }
  });
});
