import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { memorySource } from '../../../images/bytes/index.ts';
import { operationContext } from '../../../src/core/index.ts';
import { isSitePath, openContentFolder, openSiteFolder } from '../../../src/store/index.ts';
import { scratch } from '../../support/scratch.ts';

const context = operationContext();

function made(): string {
  const folder = scratch();
  writeFileSync(join(folder, 'site.yaml'), 'osdkit: 1\n');
  mkdirSync(join(folder, 'task-sequences', 'Windows 11'), { recursive: true });
  writeFileSync(join(folder, 'task-sequences', 'Windows 11', 'install.yaml'), 'name: a\r\n');
  writeFileSync(join(folder, 'task-sequences', 'notes.txt'), 'not ours');
  return folder;
}

describe('a site in a folder', () => {
  test('SITE-04: its files are those of the objects, in folders of any depth, in order', async () => {
    const files = await openSiteFolder(made()).read(context);
    expect(files).toEqual([
      { path: 'site.yaml', text: 'osdkit: 1\n' },
      { path: 'task-sequences/Windows 11/install.yaml', text: 'name: a\r\n' },
    ]);
  });

  test('no site.yaml, a link, text that is no UTF-8: named', async () => {
    expect(() => openSiteFolder(scratch())).toThrow(/no site\.yaml/);
    const linked = made();
    symlinkSync('/etc/passwd', join(linked, 'task-sequences', 'x.yaml'));
    await expect(openSiteFolder(linked).read(context)).rejects.toMatchObject({ code: 'STORE_LINK' });
    const broken = made();
    writeFileSync(join(broken, 'task-sequences', 'x.yaml'), Buffer.from([0x61, 0xff]));
    await expect(openSiteFolder(broken).read(context)).rejects.toMatchObject({ code: 'STORE_PATH' });
  });

  test('EDIT-01: a change is one write of one file, refused when the file changed meanwhile', async () => {
    const folder = made();
    const site = openSiteFolder(folder);
    const path = 'task-sequences/Windows 11/install.yaml';
    await site.write({ path, before: 'name: a\r\n', after: 'name: b\r\n' }, context);
    expect(readFileSync(join(folder, path), 'utf8')).toBe('name: b\r\n');
    await expect(site.write({ path, before: 'name: a\r\n', after: 'name: c\r\n' }, context)).rejects.toMatchObject({
      code: 'STORE_CHANGED',
    });
    await expect(site.write({ path, before: undefined, after: 'x' }, context)).rejects.toMatchObject({
      code: 'STORE_CHANGED',
    });
    expect(readFileSync(join(folder, path), 'utf8')).toBe('name: b\r\n');
    await site.write({ path, before: 'name: b\r\n', after: undefined }, context);
    expect(existsSync(join(folder, path))).toBe(false);
    expect(readdirSync(join(folder, 'task-sequences', 'Windows 11'))).toEqual([]);
  });

  test.each([
    '../x.yaml',
    'task-sequences/../site.yaml',
    'task-sequences/a:b.yaml',
    'task-sequences/nul.yaml',
    'task-sequences/a\\b.yaml',
    '/etc/x.yaml',
    'elsewhere/x.yaml',
    'task-sequences/x.txt',
    'task-sequences/.hidden.yaml',
    'task-sequences//x.yaml',
  ])('%j is no path of a site', (path) => {
    expect(isSitePath(path)).toBe(false);
  });
});

describe('the content library', () => {
  test('keeps content under its SHA-256, once', async () => {
    const library = openContentFolder(join(scratch(), 'content'));
    const bytes = Buffer.from('content');
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(await library.add(memorySource(bytes), context)).toEqual({ sha256, size: 7, known: false });
    expect(await library.add(memorySource(bytes), context)).toEqual({ sha256, size: 7, known: true });
    expect(await library.size(sha256)).toBe(7);
    const source = await library.open(sha256);
    expect(Buffer.from(await source.read(0, source.size))).toEqual(bytes);
    expect(readdirSync(join(library.place, 'incoming'))).toEqual([]);
  });

  test('names what is missing or damaged, and takes no path for a hash', async () => {
    const library = openContentFolder(join(scratch(), 'content'));
    await expect(library.open('0'.repeat(64))).rejects.toMatchObject({ code: 'STORE_CONTENT_MISSING' });
    await expect(library.open('../../etc/passwd')).rejects.toMatchObject({ code: 'STORE_PATH' });
    const { sha256 } = await library.add(memorySource(Buffer.from('abc')), context);
    writeFileSync(join(library.place, 'sha256', sha256.slice(0, 2), sha256), 'longer');
    await expect(library.add(memorySource(Buffer.from('abc')), context)).rejects.toMatchObject({
      code: 'STORE_CONTENT_HASH',
    });
  });
});
