/** Every kind of object with every key: taken without a mistake, and the same after it was written and read again. */
import { expect, test } from 'vitest';
import { OBJECT_FOLDERS, type ObjectKind } from '../../../src/model/index.ts';
import { loadSite, objectText, settingsText, siteJsonSchemas } from '../../../src/site/index.ts';
import { everyKind as files } from './every-kind.ts';
import { siteOf, told } from './site-of.ts';

const load = () => siteOf(files, files['site.yaml']);

test('SITE-01: every kind of object is read with every key, without a mistake', () => {
  const { site, problems } = load();
  expect(problems).toEqual([]);
  for (const kind of Object.keys(OBJECT_FOLDERS) as ObjectKind[]) {
    expect(
      site.all(kind).some(({ builtIn }) => !builtIn),
      kind,
    ).toBe(true);
  }
});

test(`what is read, written and read again is the same: SITE-03 SITE-10 SITE-12 SITE-14 SITE-15 SITE-16 SITE-17 DEP-01 DEP-02 DEP-03
 DEP-20 DEP-21 DEP-26 DEP-35 DEP-38 DEP-40 DEP-51 DEP-52 DEP-53 DEP-55 DEP-60 DEP-66 PXE-08 HI-01 HI-12 HI-13 HI-14 UDA-01 UDA-03 UPD-02`, () => {
  const { site } = load();
  const kinds = Object.keys(OBJECT_FOLDERS) as ObjectKind[];
  const objects = kinds
    .flatMap((kind) => site.all(kind))
    .filter(({ builtIn, file }) => !builtIn && file !== 'devices.csv');
  const again = loadSite([
    { path: 'site.yaml', text: settingsText(site.settings) },
    ...Object.entries(files).flatMap(([path, text]) => (path.endsWith('.csv') ? [{ path, text }] : [])),
    ...objects.map(({ kind, file, value }) => ({
      path: file,
      text: objectText(kind, value, file.split('/').length - 1),
    })),
  ]);
  expect(again.problems).toEqual([]);
  expect(again.site.settings).toEqual(site.settings);
  for (const { kind, name, value } of objects) expect(again.site.find(kind, name)?.value, name).toEqual(value);
});

test('numbers where text is wanted keep their source text', () => {
  const { site } = load();
  expect(site.find('bootImage', 'pe-x64')?.value.version).toBe('1.10');
  expect(site.find('device', 'pc1')?.value.serialNumber).toBe('0012');
  expect(site.find('device', 'pc1')?.value.variables?.['Hidden']).toEqual({ value: '1.10', hidden: true });
});

test('SITE-04: a sequence is found by id or name wherever it lies', () => {
  const { site } = load();
  expect(site.find('taskSequence', 'ABC00010')?.value.folder).toBe('servers');
  expect(site.find('taskSequence', 'SCRIPT')?.id).toBe('ABC00010');
});

test('each kind has a JSON Schema that knows the keys of the example', () => {
  const schemas = siteJsonSchemas();
  for (const [path, text] of Object.entries(files)) {
    const folder = path === 'site.yaml' ? 'site' : path.split('/')[0];
    if (path.endsWith('.csv')) continue;
    const properties = Object.keys(schemas[`${folder}.schema.json`]?.['properties'] ?? {});
    const keys = text.split('\n').flatMap((line) => /^(\w+):/.exec(line)?.[1] ?? []);
    expect(
      keys.filter((key) => !properties.includes(key)),
      path,
    ).toEqual([]);
  }
  expect(told(load())).toEqual([]);
});
