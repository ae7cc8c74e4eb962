import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fileNameOf, newIds, newPaths } from '../../../src/app/new-object.ts';
import { openSite, openWholeSite } from '../../../src/app/open-site.ts';
import { changeOf, changeSite } from '../../../src/app/site-changes.ts';
import { operationContext } from '../../../src/core/index.ts';
import { put, siteFolder, textOf } from './site-folder.ts';

const context = operationContext();
const tools = 'id: ABC00003\nname: Tools\n';

describe('a change of a site', () => {
  test('is written whole; a plan writes nothing and shows the same', async () => {
    const folder = siteFolder({ 'packages/tools.yaml': tools });
    const opened = await openWholeSite(folder, context);
    const changes = [
      changeOf(opened, 'packages/tools.yaml', `${tools}version: "2"\n`),
      changeOf(opened, 'packages/more.yaml', 'id: ABC00004\nname: More\n'),
    ];
    const planned = await changeSite(opened, changes, { plan: true }, context);
    expect(textOf(folder, 'packages/tools.yaml')).toBe(tools);
    expect(existsSync(join(folder, 'packages/more.yaml'))).toBe(false);
    const written = await changeSite(opened, changes, { plan: false }, context);
    expect({ ...written, planned: true }).toEqual(planned);
    expect(written.changes.map(({ file, action }) => [file, action])).toEqual([
      ['packages/tools.yaml', 'change'],
      ['packages/more.yaml', 'create'],
    ]);
    expect(written.changes[0]?.diff).toContain('+version: "2"');
    expect(textOf(folder, 'packages/tools.yaml')).toBe(`${tools}version: "2"\n`);
  });

  test('that would make a new error is refused with its place; errors that were there do not count', async () => {
    const folder = siteFolder({
      'packages/tools.yaml': tools,
      'packages/bad.yaml': 'id: ABC00009\nname: Bad\nfoo: 1\n',
    });
    const opened = await openSite(folder, context);
    const refused = changeSite(
      opened,
      [changeOf(opened, 'packages/tools.yaml', `# x\n${tools}versoin: 2\n`)],
      { plan: false },
      context,
    );
    await expect(refused).rejects.toMatchObject({ code: 'APP_SITE', exitCode: 2 });
    await expect(refused).rejects.toThrow(/packages\/tools\.yaml:4:1: unknown key `versoin`/);
    await expect(refused).rejects.not.toThrow(/foo/);
    expect(textOf(folder, 'packages/tools.yaml')).toBe(tools);
    await changeSite(opened, [changeOf(opened, 'packages/tools.yaml', `# x\n${tools}`)], { plan: false }, context);
    expect(textOf(folder, 'packages/tools.yaml')).toBe(`# x\n${tools}`);
  });

  test('of several files is undone when one of them changed meanwhile', async () => {
    const folder = siteFolder({ 'packages/a.yaml': tools, 'packages/b.yaml': 'id: ABC00004\nname: B\n' });
    const opened = await openWholeSite(folder, context);
    put(folder, 'packages/b.yaml', 'id: ABC00004\nname: B by hand\n');
    const changes = [
      changeOf(opened, 'packages/a.yaml', `${tools}version: "2"\n`),
      changeOf(opened, 'packages/new.yaml', 'id: ABC00005\nname: New\n'),
      changeOf(opened, 'packages/b.yaml', 'id: ABC00004\nname: B2\n'),
    ];
    await expect(changeSite(opened, changes, { plan: false }, context)).rejects.toMatchObject({
      code: 'STORE_CHANGED',
    });
    expect(textOf(folder, 'packages/a.yaml')).toBe(tools);
    expect(textOf(folder, 'packages/b.yaml')).toBe('id: ABC00004\nname: B by hand\n');
    expect(existsSync(join(folder, 'packages/new.yaml'))).toBe(false);
  });

  test('never leaves the folder', async () => {
    const opened = await openWholeSite(siteFolder(), context);
    for (const path of ['../x.yaml', 'packages/../../x.yaml', 'packages/con.yaml', 'keys/site-keys.json']) {
      const change = changeSite(opened, [changeOf(opened, path, 'name: x\n')], { plan: true }, context);
      await expect(change, path).rejects.toMatchObject({ code: 'STORE_PATH' });
    }
  });

  test('a site with mistakes is refused with all of them; warnings go to the log, the first five in full', async () => {
    const steps = Array.from(
      { length: 8 },
      (_, index) =>
        `  - step: S${index}\n    type: install-package\n    with: { PackageID: NONE${index}, ProgramName: x }\n`,
    );
    const lines: string[] = [];
    const log = { write: (level: string, message: string) => void lines.push(`${level} ${message}`) };
    await openWholeSite(
      siteFolder({ 'task-sequences/a.yaml': `id: ABC00001\nname: A\nsteps:\n${steps.join('')}` }),
      operationContext({ log }),
    );
    expect(lines).toHaveLength(6);
    expect(lines[0]).toMatch(/^warning task-sequences\/a\.yaml:6:24: there is no package "NONE0" \[SITE_REFERENCE\]/);
    expect(lines[5]).toBe('warning 3 more warnings: osdkit site check shows all');
    const bad = siteFolder({ 'packages/a.yaml': 'id: 1\nname: A\n', 'packages/b.yaml': 'nam: B\n' });
    await expect(openWholeSite(bad, context)).rejects.toThrow(/packages\/a\.yaml:1:\d+:[^]*packages\/b\.yaml:1:1:/);
  });
});

describe('new objects', () => {
  test('SITE-20: an id is one more than the highest in use, so that a removed one is not given again', async () => {
    const { site } = await openSite(siteFolder({ 'packages/a.yaml': 'id: ABC0000F\nname: A\n' }), context);
    const ids = newIds(site);
    expect([ids.next(), ids.next()]).toEqual(['ABC00010', 'ABC00011']);
    expect([ids.take('ABC00013'), ids.take('ABC00013'), ids.take('XYZ00001'), ids.take('ABC1')]).toEqual([
      true,
      false,
      false,
      false,
    ]);
    expect(ids.next()).toBe('ABC00014');
    const full = newIds((await openSite(siteFolder({ 'packages/a.yaml': 'id: ABCFFFFF\nname: A\n' }), context)).site);
    expect([full.next(), full.next()]).toEqual(['ABC00001', 'ABC00002']);
  });

  test('files have names that every system takes, once whatever the case', async () => {
    expect(
      ['Install Windows 11 (x64)', '../../etc/passwd', 'CON', 'com1.x', 'Ünïcode Größe', '...', 'a'.repeat(300)].map(
        fileNameOf,
      ),
    ).toEqual([
      'install-windows-11-x64',
      'etc-passwd',
      'x-con',
      'x-com1.x',
      'ünïcode-größe',
      'unnamed',
      'a'.repeat(80),
    ]);
    const pathOf = newPaths(await openSite(siteFolder({ 'packages/Tools.yaml': tools }), context));
    expect([pathOf('package', 'tools'), pathOf('package', 'Tools'), pathOf('taskSequence', 'A', 'b/c')]).toEqual([
      'packages/tools-2.yaml',
      'packages/tools-3.yaml',
      'task-sequences/b/c/a.yaml',
    ]);
  });
});
