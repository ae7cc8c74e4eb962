/** What we write and change, judged by wimlib-imagex and 7z: verification, listing, extraction, reference counts, counts. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { openFile, toFileTime, writeOutput } from '../../../images/bytes/index.ts';
import { readDirectory, type DirectoryNode } from '../../../images/tree/index.ts';
import {
  openWim,
  updateWim,
  verifyWim,
  writeMadeWim,
  writeWim,
  type Dentry,
  type MadeWim,
  type WimChange,
  type WimUpdate,
} from '../../../images/wim/index.ts';
import { fileDentry, folderDentry } from '../../../images/wim/new-dentry.ts';
import { sha1 } from '../../../images/wim/sha1.ts';
import { operationContext } from '../../../src/core/index.ts';
import { requireTool, scratch } from '../../support/tools.ts';
import { craftWim } from './craft-wim.ts';
import { fillFolder, folderListing, longName } from './folder.ts';
import { created, guid, sha1Text, text } from './make-wim.ts';
import { judge } from './judge.ts';
import { ImageModel } from './random-changes.ts';
import { imageFacts, listedPaths, wimlib } from './wimlib.ts';

const tools = requireTool('wimlib-imagex', '7z');
const context = operationContext();
const folder = scratch();
const plain = join(folder, 'plain');
const modified = Date.UTC(2025, 5, 1);
const path = (name: string): string => join(folder, name);

beforeAll(() => {
  if (!tools.available) return;
  mkdirSync(plain);
  fillFolder(plain);
  rmSync(join(plain, 'symbolic link'));
});

const save = (made: MadeWim, target: string): Promise<unknown> =>
  writeOutput(target, { force: true }, context, (sink) => writeMadeWim(made, sink, context));

/** wimlib extracts this image to exactly these files, and what it captures of them has the counts of our XML data. */
async function extractsTo(wim: string, index: number, expected: Record<string, string | null>): Promise<void> {
  const target = join(scratch(), 'applied');
  await wimlib('apply', wim, String(index), target);
  expect(await folderListing(target)).toEqual(expected);
  expect(await listedPaths(wim, index)).toEqual(Object.keys(expected).sort());
  const again = join(scratch(), 'again.wim');
  await wimlib('capture', target, again, 'again', '--compress=none');
  const names = ['Directory Count', 'File Count', 'Total Bytes', 'Hard Link Bytes'];
  const [ours, theirs] = [await imageFacts(wim, index), await imageFacts(again, 1)];
  expect(names.map((name) => ours[name])).toEqual(names.map((name) => theirs[name]));
}

describe.each([false, true])('a new WIM, integrity table: %s', (integrity) => {
  test('passes every judge', async () => {
    const source = await readDirectory(plain);
    const small: DirectoryNode = { kind: 'directory', name: '', children: [] };
    const windows = {
      arch: 9,
      edition: 'WindowsPE',
      productName: 'Microsoft® Windows®',
      version: { major: 10, minor: 0, build: 26_100, spBuild: 1, spLevel: 0 },
      languages: ['en-US', 'de-DE'],
      defaultLanguage: 'en-US',
      systemRoot: 'WINDOWS',
    };
    const images = [
      { tree: source.root, name: 'One & <only> "ü長"', description: 'd', windows },
      { tree: small, name: 'Empty' },
    ];
    const made = await writeWim(images, { bootIndex: 1, guid, created, integrity });
    const wim = path(`new-${integrity}.wim`);
    await save(made, wim);
    await judge(wim);
    await extractsTo(wim, 1, await folderListing(plain));
    await extractsTo(wim, 2, {});
    expect(await imageFacts(wim, 1)).toMatchObject({
      Name: 'One & <only> "ü長"',
      Architecture: 'x86_64',
      'Product Name': 'Microsoft® Windows®',
      Build: '26100',
      'Default Language': 'en-US',
      'Creation Time': 'Mon Jan 01 00:00:00 2024 UTC',
    });
    expect((await wimlib('info', wim)).stdout).toMatch(/Boot Index: +1\n/);
    expect((await wimlib('info', wim)).stdout.includes('Integrity info')).toBe(integrity);
    const dates = (await wimlib('dir', wim, '1', '--detailed', '--path=/noise', '--one-file-only')).stdout;
    expect(dates).toMatch(/Last Write Time *= Mon Jan 01 00:00:00 2024 UTC/);
  });
});

const changes: readonly WimChange[] = [
  { op: 'add', path: 'osdkit/media.json', content: text('{}') },
  { op: 'add', path: 'OSDKIT/variables', content: text('{}') },
  { op: 'add', path: 'Windows/System32/empty', content: text('') },
  { op: 'add', path: 'windows/system32/added copy', content: text('the same content') },
  { op: 'replace', path: 'WINDOWS/system32/TEXT.txt', content: text('replaced') },
  { op: 'put', path: longName, content: text('put') },
  { op: 'delete', path: 'NOISE' },
  { op: 'delete', path: 'deep/deep' },
];

async function expectedAfter(): Promise<Record<string, string | null>> {
  const list = await folderListing(plain);
  for (const key of Object.keys(list)) if (key === 'noise' || key.startsWith('deep/')) delete list[key];
  return {
    ...list,
    osdkit: null,
    'osdkit/media.json': sha1Text('{}'),
    'osdkit/variables': sha1Text('{}'),
    'Windows/System32/empty': sha1Text(''),
    'Windows/System32/added copy': sha1Text('the same content'),
    'Windows/System32/text.txt': sha1Text('replaced'),
    [longName]: sha1Text('put'),
  };
}

async function update(from: string, to: string, what: WimUpdate): Promise<void> {
  await using source = await openFile(from);
  const updated = await updateWim(await openWim(source), what, context);
  await save(updated, to);
  await using result = await openFile(to);
  const wim = await openWim(result, { strictness: 'strict' });
  expect(await verifyWim(wim, context, { workers: 1 })).toMatchObject({ problems: [] });
}

describe.each([
  ['none', []],
  ['XPRESS', ['--check']],
  ['LZX', ['--check']],
  ['LZX:20', []],
] as const)('a WIM that wimlib captured (%s) and we updated', (compression, args) => {
  const name = compression.replace(':', '-');
  const original = path(`original-${name}.wim`);

  test('passes every judge, once and twice updated, from boot index 0', async () => {
    await wimlib('capture', plain, original, 'First', `--compress=${compression}`, ...args);
    await wimlib('append', plain, original, 'Second', ...args);
    expect((await wimlib('info', original)).stdout).toMatch(/Boot Index: +0\n/);
    const once = path(`once-${name}.wim`);
    await update(original, once, { images: [{ index: 1, changes }], bootIndex: 1, modified });
    await judge(once);
    await extractsTo(once, 1, await expectedAfter());
    await extractsTo(once, 2, await folderListing(plain));
    const { stdout } = await wimlib('info', once);
    expect(stdout).toMatch(/Boot Index: +1\n/);
    expect(stdout.includes('Integrity info')).toBe(args.length > 0);
    expect((await imageFacts(once, 1))['Last Modification Time']).toBe('Sun Jun 01 00:00:00 2025 UTC');

    const twice = path(`twice-${name}.wim`);
    const back: readonly WimChange[] = [
      { op: 'delete', path: 'osdkit' },
      { op: 'delete', path: 'Windows/hard link' },
      { op: 'replace', path: 'Windows/System32/text.txt', content: text('again') },
    ];
    await update(once, twice, {
      images: [
        { index: 1, changes: back },
        { index: 2, changes },
      ],
      bootIndex: 2,
      modified,
    });
    await judge(twice);
    await extractsTo(twice, 2, await expectedAfter());
    const first = await expectedAfter();
    for (const key of ['osdkit', 'osdkit/media.json', 'osdkit/variables', 'Windows/hard link']) delete first[key];
    await extractsTo(twice, 1, { ...first, 'Windows/System32/text.txt': sha1Text('again') });
  });

  test('wimlib can go on with it', async () => {
    const wim = path(`twice-${name}.wim`);
    await wimlib('update', wim, '1', `--command=add ${join(plain, 'noise')} /by-wimlib`);
    await wimlib('optimize', wim);
    await wimlib('verify', wim);
    await using source = await openFile(wim);
    const image = await (await openWim(source, { strictness: 'strict' })).image(1);
    expect(image.file('BY-WIMLIB')?.size).toBe(200_000);
  });
});

test.each([1, 2, 3, 4, 5, 6])('random changes, seed %i: wimlib extracts what the model says', async (seed) => {
  const model = new ImageModel(seed);
  const empty: DirectoryNode = { kind: 'directory', name: '', children: [] };
  let wim = path(`random-${seed}-0.wim`);
  await save(
    await writeWim([{ tree: empty, name: 'r' }], { bootIndex: 1, guid, created, integrity: seed % 2 === 0 }),
    wim,
  );
  for (let round = 1; round <= 3; round++) {
    const next = path(`random-${seed}-${round}.wim`);
    await update(wim, next, { images: [{ index: 1, changes: model.changes(25) }], modified });
    wim = next;
  }
  await judge(wim);
  await extractsTo(wim, 1, model.listing());
});

test('named streams, short names, reparse points and descriptors that we write are what wimlib reads', async () => {
  const times = { created, modified };
  const bytes = (content: string): Uint8Array => new TextEncoder().encode(content);
  const [data, stream, target] = [bytes('plain data'), bytes('named data'), bytes('reparse data')];
  const base = (name: string): Dentry => fileDentry(name, undefined, undefined, times);
  const security = new Uint8Array(40);
  const view = new DataView(security.buffer);
  view.setUint32(0, 36, true);
  view.setUint32(4, 1, true);
  view.setBigUint64(8, 20n, true);
  // A self-relative descriptor without owner, group and lists: revision 1, control 0x8000.
  security.set([1, 0, 0, 0x80], 16);
  const children = [
    { ...base('link'), attributes: 0x420, reparse: { tag: 0xa000000c, reserved: 0, flags: 1 }, hash: sha1(target) },
    {
      ...base('streams.txt'),
      streams: [
        { name: '', hash: sha1(data) },
        { name: 'näme', hash: sha1(stream) },
      ],
    },
    { ...base('with a short name.txt'), shortName: 'WITHAS~1.TXT', securityId: 0, hash: sha1(data) },
  ];
  const wim = path('crafted.wim');
  const crafted = craftWim(folderDentry('', children, undefined, times), security, [data, stream, target]);
  await writeOutput(wim, { force: true }, context, (sink) => sink.write(0, crafted));
  await wimlib('verify', wim);
  const { stdout } = await wimlib('dir', wim, '1', '--detailed');
  const block = (name: string): string => stdout.split('\n\n').find((part) => part.includes(`"/${name}"`)) ?? '';
  expect(block('link')).toMatch(/Reparse Tag *= 0xa000000c/);
  expect(block('with a short name.txt')).toMatch(/Short Name *= "WITHAS~1\.TXT"/);
  expect(block('with a short name.txt')).toMatch(/Security Descriptor/);
  const streams = stdout.slice(stdout.indexOf('"/streams.txt"'), stdout.indexOf('"/with a short name.txt"'));
  expect(streams).toMatch(/Named data stream "näme":/);
  expect(streams.toLowerCase()).toContain(sha1(stream));
  expect(streams.toLowerCase()).toContain(sha1(data));
  expect(toFileTime(modified)).toBe(children[0]?.modified);
});
