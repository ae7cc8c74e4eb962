/** A site with 30 planted mistakes reports 30, each on its line. The lines were counted in the files by hand. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { loadSite } from '../../../src/site/index.ts';

const root = path.resolve(import.meta.dirname, '../../fixtures/site-with-mistakes');

const expected = [
  'applications/b.yaml:4 SITE_REFERENCE',
  'boot-images/pe-x64.yaml:3 SITE_VALUE',
  'boundary-groups/main.yaml:2 SITE_REFERENCE',
  'boundary-groups/main.yaml:4 SITE_CHOICE',
  'collections/lab.yaml:5 SITE_REFERENCE',
  'collections/lab.yaml:8 MODEL_VARIABLE_TWICE',
  'collections/lab.yaml:9 MODEL_VARIABLE_READ_ONLY',
  'collections/ring-a.yaml:2 SITE_CYCLE',
  'collections/same-id.yaml:1 SITE_ID_TWICE',
  'collections/same-id.yaml:6 SITE_VALUE',
  'deployment/c.yaml:1 SITE_FILE_UNKNOWN',
  'deployments/a.yaml:6 SITE_PURPOSE',
  'deployments/a.yaml:9 SITE_SCHEDULE',
  'deployments/b.yaml:1 SITE_ID_FOREIGN',
  'deployments/b.yaml:6 SITE_NOT_FOR_SEQUENCES',
  'devices.csv:4 SITE_CSV',
  'devices.csv:6 SITE_DEVICE_TWICE',
  'devices.csv:9 SITE_DEVICE_IDENTITY',
  'distribution-points/dp1.yaml:4 SITE_SECRET_PLAIN',
  'distribution-points/dp1.yaml:5 SITE_YAML_KEY_TWICE',
  'operating-systems/win11.yaml:5 SITE_VALUE',
  'packages/tools.yaml:6 SITE_UNKNOWN_KEY',
  'site.yaml:7 SITE_SIZES',
  'site.yaml:8 SITE_UPDATE_SOURCE',
  'task-sequences/script.yaml:3 SITE_HIGH_IMPACT_TEXT',
  'task-sequences/servers/install.yaml:6 SITE_HIGH_IMPACT_TEXT',
  'task-sequences/servers/install.yaml:12 STEP_PROPERTY_VALUE',
  'task-sequences/servers/install.yaml:18 STEP_PROPERTY_UNKNOWN',
  'task-sequences/servers/install.yaml:20 SEQUENCE_UNKNOWN_KEY',
  'upgrade-packages/win11-up.yaml:4 SITE_VALUE',
];

const files = readdirSync(root, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => path.join(entry.parentPath, entry.name))
  .map((file) => ({ path: path.relative(root, file).replaceAll('\\', '/'), text: readFileSync(file, 'utf8') }));

test('30 mistakes are told at once, each on its line', () => {
  const { problems } = loadSite(files);
  expect(expected).toHaveLength(30);
  expect(problems.map(({ file, line, code }) => `${file}:${line} ${code}`)).toEqual(expected);
});

test('messages name the nearest valid name, and no secret', () => {
  const { problems } = loadSite(files);
  const hints = problems.map(({ hint }) => hint ?? '').join('\n');
  for (const name of ['x86', 'DP1', 'PC1', 'deployments', 'commandLine', 'type'])
    expect(hints).toContain(`Did you mean ${name}?`);
  expect(hints).toContain('1031 in decimal');
  expect(JSON.stringify(problems)).not.toContain('swordfish');
});

test('the order of the files does not matter', () => {
  expect(loadSite([...files].reverse()).problems).toEqual(loadSite(files).problems);
});
