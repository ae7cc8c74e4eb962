/** Hostile images: nothing is written outside the folder, nothing through a link, and what failed leaves nothing. */
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FolderWriter } from '../../../images/bytes/index.ts';
import { applyImage, type ApplyReport, type Dentry } from '../../../images/wim/index.ts';
import { fileDentry, folderDentry } from '../../../images/wim/new-dentry.ts';
import { emptySecurity } from '../../../images/wim/metadata-write.ts';
import { reparseTag, symbolicLinkData } from '../../../images/wim/reparse.ts';
import { sha1 } from '../../../images/wim/sha1.ts';
import { operationContext } from '../../../src/core/index.ts';
import { scratch } from '../../support/scratch.ts';
import { craftWim } from './craft-wim.ts';
import { created, openBytes } from './make-wim.ts';

const context = operationContext();
const times = { created, modified: created };
const content = new TextEncoder().encode('content');
const hash = sha1(content);
const file = (name: string): Dentry => fileDentry(name, hash, undefined, times);
const folder = (name: string, ...children: Dentry[]): Dentry => folderDentry(name, children, undefined, times);

const outside = join(scratch(), 'outside');
mkdirSync(outside);
const linkData = symbolicLinkData(`C:${outside.replaceAll('/', '\\')}`);
const linkTo = (name: string, ...children: Dentry[]): Dentry => ({
  ...folder(name, ...children),
  attributes: 0x410,
  hash: sha1(linkData),
  reparse: { tag: reparseTag.symbolicLink, reserved: 0, flags: 1 },
});

async function apply(target: string, ...children: Dentry[]): Promise<ApplyReport> {
  const wim = await openBytes(craftWim(folder('', ...children), emptySecurity, [content, linkData]));
  const writer = await FolderWriter.create(target);
  try {
    const report = await applyImage(await wim.image(1), writer, context);
    writer.keep();
    return report;
  } catch (error) {
    writer.remove();
    throw error;
  }
}

test.each(['..', '.', 'a/b', '../x', 'a\\b', 'nul\0', 'con'])(
  'the name %j is refused before anything is made',
  async (name) => {
    const target = join(scratch(), 'target');
    await expect(apply(target, file('good'), file(name))).rejects.toMatchObject({ code: 'TREE_NAME_ILLEGAL' });
    expect(existsSync(target)).toBe(false);
  },
);

test('a link, and a folder of the same name with files: refused, nothing goes through the link', async () => {
  for (const children of [
    [linkTo('a'), folder('a', file('x'))],
    [folder('a', file('x')), linkTo('a')],
    [linkTo('a'), linkTo('a')],
  ]) {
    const target = join(scratch(), 'target');
    await expect(apply(target, ...children)).rejects.toThrow(/EEXIST|exists/);
    expect([readdirSync(outside), existsSync(target)]).toEqual([[], false]);
  }
});

test('what lies below a link is left out and named', async () => {
  const target = join(scratch(), 'target');
  const report = await apply(target, linkTo('a', file('x'), folder('deeper', file('y'))), file('b'));
  expect(report).toMatchObject({ files: 1, links: 1, directories: 0 });
  expect(report.leftOut.map(({ path }) => path)).toEqual(['a/x', 'a/deeper', 'a/deeper/y']);
  expect([readlinkSync(join(target, 'a')), readdirSync(outside)]).toEqual([outside, []]);
});

test('what is lost is counted', async () => {
  const target = join(scratch(), 'target');
  const report = await apply(
    target,
    { ...file('hidden'), attributes: 0x22, shortName: 'HIDDEN~1', securityId: 0 },
    {
      ...file('streams'),
      hash: undefined,
      streams: [
        { name: '', hash },
        { name: 'zone', hash },
      ],
    },
    { ...file('secret'), attributes: 0x4020 },
    { ...file('cloud'), attributes: 0x420, reparse: { tag: 0x9000001a, reserved: 0, flags: 0 } },
  );
  expect(report.lost).toEqual({
    'Windows attributes': 1,
    'short names': 1,
    'security descriptors': 1,
    'named streams': 1,
  });
  expect(report.leftOut).toEqual([
    { path: 'secret', why: 'it is encrypted' },
    { path: 'cloud', why: 'it is a reparse point 0x9000001a' },
  ]);
  expect(readFileSync(join(target, 'streams'), 'utf8')).toBe('content');
  // Times are given with half a microsecond more, which newer Node versions keep: whole microseconds are compared.
  expect(Math.floor(lstatSync(join(target, 'hidden')).mtimeMs * 1000)).toBe(created * 1000);
});

test('a folder that holds something is refused, an empty one taken', async () => {
  const target = join(scratch(), 'target');
  mkdirSync(target);
  await apply(target, file('one'));
  await expect(apply(target, file('two'))).rejects.toMatchObject({ code: 'BYTES_OUTPUT_EXISTS' });
  expect(readdirSync(target)).toEqual(['one']);
  writeFileSync(join(target, 'one'), 'mine');
});

test('hard links of one group with other data stay files of their own', async () => {
  const target = join(scratch(), 'target');
  const grouped = (name: string, data: string | undefined): Dentry => ({
    ...file(name),
    hash: data,
    hardLinkGroup: 7n,
  });
  const report = await apply(target, grouped('a', hash), grouped('b', hash), grouped('c', undefined));
  expect(report).toMatchObject({ files: 2, hardLinks: 1 });
  expect(lstatSync(join(target, 'a')).ino).toBe(lstatSync(join(target, 'b')).ino);
  expect(lstatSync(join(target, 'c')).size).toBe(0);
});
