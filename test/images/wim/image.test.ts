/** Images with what Linux cannot capture: streams, reparse points, hard links, names that differ in case. */
import { describe, expect, test } from 'vitest';
import { readAll } from '../../../images/bytes/index.ts';
import { filesOf } from '../../../images/tree/index.ts';
import {
  dataHash,
  openWim,
  updateWim,
  verifyWim,
  type Dentry,
  type Wim,
  type WimChange,
} from '../../../images/wim/index.ts';
import { emptySecurity } from '../../../images/wim/metadata-write.ts';
import { fileDentry, folderDentry } from '../../../images/wim/new-dentry.ts';
import { sha1 } from '../../../images/wim/sha1.ts';
import { operationContext } from '../../../src/core/index.ts';
import { craftWim } from './craft-wim.ts';
import { openBytes, text } from './make-wim.ts';

const times = { created: 0, modified: 0 };
const bytes = (content: string): Uint8Array => new TextEncoder().encode(content);
const [one, two] = [bytes('one'), bytes('two')];
const file = (name: string, more: Partial<Dentry> = {}): Dentry => ({
  ...fileDentry(name, sha1(one), undefined, times),
  ...more,
});
const crafted = (...children: Dentry[]): Promise<Wim> =>
  openBytes(craftWim(folderDentry('', children, undefined, times), emptySecurity, [one, two]));
const update = async (wim: Wim, ...changes: WimChange[]): Promise<Wim> => {
  const { source } = await updateWim(wim, { images: [{ index: 1, changes }], modified: 0 });
  const updated = await openWim(source);
  expect((await verifyWim(updated, operationContext())).problems).toEqual([]);
  return updated;
};

describe('streams (image-formats D.5)', () => {
  const reparse = { tag: 0xa0000003, reserved: 0, flags: 0 };
  const both = [
    { name: '', hash: sha1(two) },
    { name: 'x', hash: sha1(one) },
  ];

  test('a zero hash field gives way to an unnamed stream entry', async () => {
    const image = await (await crafted(file('f', { hash: undefined, streams: both }))).image(1);
    const source = image.file('f');
    expect(source && Buffer.from(await readAll(source)).toString()).toBe('two');
    expect(image.skipped()).toEqual([{ path: 'f', what: 'named stream' }]);
  });

  test('of a reparse point the first unnamed stream is no file data', () => {
    expect(dataHash(file('l', { attributes: 0x400, reparse }))).toBeUndefined();
    const streams = [
      { name: '', hash: sha1(one) },
      { name: '', hash: sha1(two) },
    ];
    expect(dataHash(file('l', { attributes: 0x400, reparse, hash: undefined, streams }))).toBe(sha1(two));
  });

  test('reparse points and encrypted files are left out of the tree, and said to be', async () => {
    const junction = { ...folderDentry('j', [], undefined, times), attributes: 0x410, reparse };
    const wim = await crafted(
      file('e', { attributes: 0x4000 }),
      junction,
      file('l', { attributes: 0x400, reparse }),
      file('p'),
    );
    const image = await wim.image(1);
    expect(filesOf(image.tree()).map((entry) => entry.path)).toEqual(['p']);
    expect(image.skipped().map((item) => [item.path, item.what])).toEqual([
      ['e', 'encrypted file'],
      ['j', 'reparse point'],
      ['l', 'reparse point'],
    ]);
    expect(image.file('l')).toBeUndefined();
    await expect(update(wim, { op: 'add', path: 'j/x', content: text('') })).rejects.toThrow(
      /j is a link to another place/,
    );
  });

  test('an update keeps what it does not touch in every field, and drops the streams of a replaced file', async () => {
    const odd = file('odd', {
      shortName: 'ODD~1',
      hash: undefined,
      streams: both,
      reserved: new Uint8Array(16).fill(7),
      unknown: 99,
      taggedItems: new Uint8Array(24).fill(1),
    });
    const wim = await crafted(odd, file('other', { ...odd, name: 'other', securityId: 5, created: 77n }));
    const image = await (await update(wim, { op: 'replace', path: 'OTHER', content: text('new') })).image(1);
    expect(image.find('odd')).toEqual(odd);
    expect(image.find('other')).toMatchObject({
      shortName: 'ODD~1',
      securityId: 5,
      created: 77n,
      streams: [],
      unknown: 99,
      reserved: odd.reserved,
      taggedItems: new Uint8Array(0),
    });
  });
});

describe('hard links', () => {
  const linked = (): Promise<Wim> => {
    const link = { hardLinkGroup: 5n };
    const folder = folderDentry('d', [file('c', link), file('e', { hardLinkGroup: 6n })], undefined, times);
    return crafted(file('a', link), file('b', link), folder, file('f', { hardLinkGroup: 6n }));
  };
  const groups = async (wim: Wim): Promise<(bigint | undefined)[]> => {
    const image = await wim.image(1);
    return ['a', 'b', 'd/c', 'd/e', 'f'].map((path) => image.find(path)?.hardLinkGroup);
  };

  test('replacing one name leaves the others linked', async () => {
    const wim = await update(await linked(), { op: 'replace', path: 'a', content: text('new') });
    expect(await groups(wim)).toEqual([0n, 5n, 5n, 6n, 6n]);
    expect(wim.images[0]).toMatchObject({ fileCount: 5, totalBytes: 15, hardLinkBytes: 6 });
  });

  test('a group with one name left is none any more', async () => {
    const wim = await update(await linked(), { op: 'delete', path: 'd' });
    expect(await groups(wim)).toEqual([5n, 5n, undefined, undefined, 0n]);
    expect(wim.images[0]).toMatchObject({ fileCount: 3, totalBytes: 9, hardLinkBytes: 3 });
  });
});

describe('names', () => {
  test('the same spelling comes before another case, and an update keeps both', async () => {
    const wim = await crafted(file('File'), file('file', { hash: sha1(two) }));
    const image = await wim.image(1);
    expect([image.file('file')?.id, image.file('FILE')?.id]).toEqual([`sha1:${sha1(two)}`, `sha1:${sha1(one)}`]);
    const updated = await (await update(wim, { op: 'replace', path: 'file', content: text('new') })).image(1);
    expect(updated.root.children?.map((child) => [child.name, child.hash])).toEqual([
      ['File', sha1(one)],
      ['file', sha1(bytes('new'))],
    ]);
  });

  test('one letter stays one letter: sharp s and double s are two names', async () => {
    const wim = await update(await crafted(file('stra\u00dfe')), { op: 'add', path: 'STRASSE', content: text('x') });
    expect((await wim.image(1)).root.children?.map((child) => child.name)).toEqual(['STRASSE', 'stra\u00dfe']);
  });

  test('a folder in which nothing matches any more stays', async () => {
    const wim = await update(await crafted(folderDentry('d', [file('x')], undefined, times)), {
      op: 'delete',
      path: 'd/x',
    });
    expect((await wim.image(1)).find('d')?.children).toEqual([]);
  });
});
