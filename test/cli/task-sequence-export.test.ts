/** Task sequences out of a site with what they need, and into another one, from the command line. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { filesOf, type Imported, put, source } from './exchange-sites.ts';
import { osdkitInProcess } from './in-process.ts';
import { done, newSite, refused, result } from './site-commands.ts';

describe('an export with what it needs', () => {
  test('IO-01, IO-02, IO-03, IO-04: child, objects, dependencies of applications and content go along', async () => {
    const { site, folder } = await source();
    const out = join(folder, 'out');
    const made = await result(['task-sequence', 'export', 'main', '--site', site, '--output', out]);
    expect(made).toMatchObject({
      output: `${out}.zip`,
      sequences: [{ id: 'ABC00011' }, { id: 'ABC00010' }],
      dependencies: [{ id: 'ABC00001' }, { id: 'ABC00002' }, { id: 'ABC00003' }, { id: 'ABC00004' }],
    });
    expect(filesOf(`${out}_files`)).toEqual({
      'ABC00001/install.wim': 'an image',
      'ABC00002/a.cmd': 'a',
      'ABC00002/sub/b.cmd': 'b',
      'ABC00004-2/a.cmd': 'a',
      'ABC00004-2/sub/b.cmd': 'b',
    });
    expect(readFileSync(`${out}.zip`).toString('latin1')).not.toMatch(/contoso|srv\/tools/);
  });

  test('IO-05, IO-06, IO-07: .zip is added; the comment comes back; without content no folder', async () => {
    const { site, folder } = await source();
    const out = join(folder, 'a.b');
    await done([
      'task-sequence',
      'export',
      'child',
      'main',
      '--site',
      site,
      '--output',
      out,
      '--no-content',
      '--comment',
      'by hand',
    ]);
    expect([existsSync(`${out}.zip`), existsSync(`${out}_files`)]).toEqual([true, false]);
    const other = await newSite('XYZ');
    const read = await result<Imported & { comment: string }>([
      'task-sequence',
      'import',
      `${out}.zip`,
      '--site',
      other,
    ]);
    expect(read.comment).toBe('by hand');
    expect(read.contents.map(({ there }) => there)).toEqual([false, false, false]);
    expect(await result(['site', 'check', '--site', other])).toMatchObject({
      errors: 0,
      missingContent: [{ name: 'Windows 11' }, { name: 'Tools' }, { name: 'Runtime' }],
    });
    const alone = join(folder, 'alone.zip');
    const made = await result([
      'task-sequence',
      'export',
      'child',
      '--site',
      site,
      '--output',
      alone,
      '--no-dependencies',
    ]);
    expect(made).toMatchObject({
      dependencies: [],
      content: [],
      references: [{ id: 'ABC00002', name: 'Tools', kind: 'package' }],
    });
    await refused(['task-sequence', 'export', 'child', '--site', site, '--output', alone], 'BYTES_OUTPUT_EXISTS');
    await done(['task-sequence', 'export', 'child', '--site', site, '--output', alone, '--force', '--plan']);
  });

  test('IO-08, IO-09: not without its folder; with it the content is in the library and says where it came from', async () => {
    const { site, folder } = await source();
    const zip = join(folder, 'out.zip');
    await done(['task-sequence', 'export', 'main', '--site', site, '--output', zip]);
    const other = await newSite('XYZ');
    const files = join(folder, 'out_files');
    const image = readFileSync(join(files, 'ABC00001/install.wim'));
    rmSync(join(files, 'ABC00001/install.wim'));
    await refused(['task-sequence', 'import', zip, '--site', other], 'EXCHANGE_CONTENT_MISSING');
    expect(filesOf(other)).toEqual({ '.gitignore': expect.any(String) as string });
    writeFileSync(join(files, 'ABC00001/install.wim'), 'An image');
    const tampered = await osdkitInProcess(['task-sequence', 'import', zip, '--site', other]);
    expect({ code: tampered.code, named: tampered.stderr.includes('[APP_IMPORT_CONTENT]') }).toEqual({
      code: 5,
      named: true,
    });
    writeFileSync(join(files, 'ABC00001/install.wim'), image);
    const { contents } = await result<Imported>(['task-sequence', 'import', zip, '--site', other]);
    expect(contents).toMatchObject([
      { name: 'Windows 11', there: true, files: 1 },
      { name: 'Tools', there: true, files: 2 },
      { name: 'Runtime', there: true, files: 2 },
    ]);
    rmSync(files, { recursive: true });
    expect(await result(['site', 'check', '--site', other])).toMatchObject({
      errors: 0,
      warnings: 0,
      missingContent: [],
    });
    expect(await result(['site', 'show', 'Tools', '--site', other])).toMatchObject({
      id: expect.stringMatching(/^XYZ/) as string,
      value: { content: { source: `${files}/ABC00002` } },
      referredBy: [{ name: 'Child' }],
    });
    expect(await result(['site', 'show', 'Office', '--site', other])).toMatchObject({
      refersTo: [{ target: { name: 'Runtime' } }],
      referredBy: [{ name: 'Main' }],
    });
  });

  test('IO-14, IO-15: what the site has is linked, or replaced under its own id', async () => {
    const { site, folder } = await source();
    const zip = join(folder, 'out.zip');
    await done(['task-sequence', 'export', 'main', '--site', site, '--output', zip]);
    const other = await newSite('XYZ');
    put(other, { 'packages/mine.yaml': 'id: XYZ0000A\nname: TOOLS\ndescription: mine\n' });
    const first = await result<Imported>(['task-sequence', 'import', zip, '--site', other]);
    const actions = ({ sequences, objects }: Imported) => [...sequences, ...objects].map(({ action }) => action);
    expect(actions(first)).toEqual([
      'create-new',
      'create-new',
      'create-new',
      'ignore-duplicate',
      'create-new',
      'create-new',
    ]);
    expect(readFileSync(join(other, 'packages/mine.yaml'), 'utf8')).toContain('mine');
    const before = filesOf(other);
    const again = await result<Imported>(['task-sequence', 'import', zip, '--site', other]);
    expect(new Set(actions(again))).toEqual(new Set(['ignore-duplicate']));
    expect(filesOf(other)).toEqual(before);
    await refused(['task-sequence', 'import', zip, '--site', other, '--on-duplicate', 'overwrite'], 'APP_OPTION');
    const over = await result<Imported>([
      'task-sequence',
      'import',
      zip,
      '--site',
      other,
      '--on-duplicate',
      'overwrite',
      '--application',
      'revision',
    ]);
    expect(over.changes.map(({ file }) => file)).toContain('packages/mine.yaml');
    expect(readFileSync(join(other, 'packages/mine.yaml'), 'utf8')).toMatch(
      /id: XYZ0000A\nname: TOOLS\n[^]*commandLine: a\.cmd/,
    );
    const ids = (files: Record<string, string>) =>
      Object.entries(files).flatMap(([path, text]) => {
        const [id] = /^id: .*$/m.exec(text) ?? [];
        return id === undefined ? [] : [[path, id]];
      });
    expect(ids(filesOf(other))).toEqual(ids(before));
  });

  test('IO-16: an application is overwritten by a revision, or a new one is made', async () => {
    const { site, folder } = await source();
    const zip = join(folder, 'out.zip');
    await done(['task-sequence', 'export', 'main', '--site', site, '--output', zip, '--no-content']);
    const other = await newSite('XYZ');
    await done(['task-sequence', 'import', zip, '--site', other]);
    const base = ['task-sequence', 'import', zip, '--site', other, '--on-duplicate', 'overwrite', '--application'];
    await done([...base, 'revision']);
    expect(await result(['site', 'show', 'Office', '--site', other])).toMatchObject({ value: { revision: 4 } });
    const { objects } = await result<Imported>([...base, 'new']);
    expect(objects.filter(({ kind }) => kind === 'application').map(({ action }) => action)).toEqual([
      'new-application',
      'new-application',
    ]);
    expect(await result(['site', 'show', 'Office (2)', '--site', other])).toMatchObject({
      value: { revision: 3 },
      referredBy: [{ name: 'Main' }],
    });
    expect(await result(['site', 'check', '--site', other])).toMatchObject({ errors: 0 });
  });
});
