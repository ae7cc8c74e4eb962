import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { memorySource, readAll } from '../../../images/bytes/index.ts';
import { filesOf, readDirectory } from '../../../images/tree/index.ts';
import { addToLibrary, fromLibrary, measureContent } from '../../../src/app/library-content.ts';
import { operationContext } from '../../../src/core/index.ts';
import { readFolderListing, writeFolderListing } from '../../../src/protocol/index.ts';
import { openContentFolder } from '../../../src/store/index.ts';
import { scratch } from '../../support/scratch.ts';
import { put } from './site-folder.ts';

const context = operationContext();
const sha256 = 'ab'.repeat(32);

describe('folders as content', () => {
  test('come out as they went in, and are measured as they are added', async () => {
    const folder = scratch();
    for (const [path, text] of [
      ['a/b/c.txt', 'one'],
      ['d', ''],
      ['ü.txt', 'two'],
    ] as const)
      put(folder, path, text);
    const library = openContentFolder(join(scratch(), 'content'));
    const { root } = await readDirectory(folder);
    const added = await addToLibrary(library, root, context);
    expect(await measureContent(root, context)).toEqual({ kind: 'folder', sha256: added.sha256, size: 6, files: 3 });
    expect(added.known).toBe(false);
    expect((await addToLibrary(library, root, context)).known).toBe(true);
    const out = await fromLibrary(library, added.sha256);
    if (!('children' in out)) throw new Error('a file');
    const found = await Promise.all(
      filesOf(out).map(async ({ path, file }) => [path, Buffer.from(await readAll(file.content)).toString()]),
    );
    expect(found).toEqual([
      ['a/b/c.txt', 'one'],
      ['d', ''],
      ['ü.txt', 'two'],
    ]);
  });

  test('a file comes out as a file, also a short or empty one', async () => {
    const library = openContentFolder(join(scratch(), 'content'));
    for (const text of ['', 'x', '{"files":[', '],"kind":"folder","osdkit":1}']) {
      const { sha256: digest, kind } = await addToLibrary(library, memorySource(Buffer.from(text)), context);
      const out = await fromLibrary(library, digest);
      expect(kind).toBe('file');
      expect('children' in out ? 'a folder' : Buffer.from(await readAll(out)).toString()).toBe(text);
    }
  });

  test('a listing that leaves the folder, or lacks a file, is refused by name', async () => {
    for (const path of ['../x', 'a/../../x', '/x', 'a//b', 'C:/x', 'a\\b', '.', 'a\0']) {
      const bytes = writeFolderListing([{ path, size: 1, sha256 }]);
      expect(() => readFolderListing(bytes, 'listing'), path).toThrow(/leaves the folder/);
    }
    expect(() => readFolderListing(Buffer.from('{"files":[],"kind":"folder","osdkit":2}'), 'listing')).toThrow(
      /version 2/,
    );
    expect(() => readFolderListing(Buffer.from('{"files":[{}],"kind":"folder","osdkit":1}'), 'listing')).toThrow(
      /files\.0/,
    );
    const library = openContentFolder(join(scratch(), 'content'));
    const listing = await library.add(memorySource(writeFolderListing([{ path: 'a', size: 1, sha256 }])), context);
    await expect(fromLibrary(library, listing.sha256)).rejects.toMatchObject({ code: 'STORE_CONTENT_MISSING' });
    await expect(fromLibrary(library, '../../etc/passwd')).rejects.toMatchObject({ code: 'STORE_PATH' });
    expect(existsSync(join(library.place, '..', 'etc'))).toBe(false);
  });
});
