/** What an attacker or a broken program puts into a site gets named problems at its line, and the loader lives on. */
import { describe, expect, test } from 'vitest';
import { deviceNamed, membersOf } from '../../../src/site/members.ts';
import { siteOf, told } from './site-of.ts';

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
const id = (number: number): string => `ABC${number.toString(36).toUpperCase().padStart(5, '0')}`;
const pkg = (body: string) => ({ 'packages/x.yaml': `id: ABC00001\nname: p\n${body}` });
const sequence = (body: string) => ({ 'task-sequences/x.yaml': `id: ABC00001\nname: p\n${body}` });
const step = 'steps:\n- step: a\n  type: run-command-line\n';

/** `count` objects of a folder, each referring to the next; the last to `last`. */
const chain = (folder: string, count: number, last: number, body: (next: string) => string) =>
  Object.fromEntries(
    range(count).map((index) => [
      `${folder}/o${index}.yaml`,
      `id: ${id(index + 100)}\nname: O${index}\n${body(`O${index === count - 1 ? last : index + 1}`)}`,
    ]),
  );
const collections = (next: string) => `type: device\nmembers:\n  include: [${next}]\n`;
const applications = (next: string) => `dependencies: [${next}]\n`;
const sequences = (next: string) => `steps:\n- {step: a, type: run-task-sequence, with: {TsPackageID: ${next}}}\n`;

describe('one file', () => {
  test.each<[string, Record<string, string>, string]>([
    ['brackets of 4 MB', pkg(`a: ${'['.repeat(4_000_000)}`), 'packages/x.yaml:3 SITE_YAML_LIMIT'],
    ['braces', pkg(`a: ${'{a: '.repeat(400)}`), 'packages/x.yaml:3 SITE_YAML_LIMIT'],
    ['lists in lists', pkg(`a:\n  ${'- '.repeat(400)}x\n`), 'packages/x.yaml:4 SITE_YAML_LIMIT'],
    ['an indentation', pkg(`a:\n${' '.repeat(501)}b: 1\n`), 'packages/x.yaml:4 SITE_YAML_LIMIT'],
    ['steps of 200 levels', sequence(stairs(200)), 'task-sequences/x.yaml:322 SITE_YAML_LIMIT'],
    ['a million words', pkg(`\n${'a: 1\n'.repeat(260_000)}`), 'packages/x.yaml:142859 SITE_YAML_LIMIT'],
    ['a text of 1 MB', pkg(`description: ${'x'.repeat(2 ** 20)}\n`), 'packages/x.yaml:3 SITE_VALUE'],
    [
      'a name of 1 MB',
      { 'packages/x.yaml': `id: ABC00001\nname: ${'x'.repeat(2 ** 20)}\n` },
      'packages/x.yaml:2 SITE_VALUE',
    ],
    ['keys of another prototype', pkg('constructor: 1\n'), 'packages/x.yaml:3 SITE_UNKNOWN_KEY'],
    [
      'a type of another prototype',
      sequence('steps:\n- {step: a, type: constructor}\n'),
      'task-sequences/x.yaml:4 STEP_TYPE_UNKNOWN',
    ],
    ['an open quote', { 'devices.csv': `name,mac\n"${'x'.repeat(2 ** 20)}` }, 'devices.csv:2 SITE_CSV'],
  ])('%s', (_, files, expected) => {
    const loaded = siteOf(files);
    expect(told(loaded)).toEqual([expected]);
    for (const { message } of loaded.problems) expect(message.length).toBeLessThan(1000);
  });

  test.each<[string, number, (keys: string) => Record<string, string>, number, string]>([
    ['an object', 100_000, (keys) => pkg(keys), 3, 'SITE_UNKNOWN_KEY'],
    [
      'a step',
      10_000,
      (keys) => sequence(`${step}  with: {CommandLine: a}\n${keys.replaceAll(/^/gm, '  ')}`),
      7,
      'SEQUENCE_UNKNOWN_KEY',
    ],
    [
      'properties',
      10_000,
      (keys) => sequence(`${step}  with:\n    CommandLine: a\n${keys.replaceAll(/^/gm, '    ')}`),
      8,
      'STEP_PROPERTY_UNKNOWN',
    ],
  ])('%s with many keys: as many problems, each on its line', (_, count, files, line, code) => {
    const keys = range(count)
      .map((index) => `k${index}: 1`)
      .join('\n');
    const { problems } = siteOf(files(keys));
    expect(problems).toHaveLength(count);
    expect(problems.every((each, index) => each.code === code && each.line === line + index)).toBe(true);
  });

  test('aliases that grow a billion times are refused where they stand', () => {
    const lines = range(20).map(
      (level) => `b${level + 1}: &b${level + 1} [${Array(10).fill(`*b${level}`).join(', ')}]`,
    );
    const found = told(siteOf(pkg(`b0: &b0 [lol]\n${lines.join('\n')}\n`)));
    expect(found.filter((each) => each.endsWith('SITE_YAML_FEATURE'))).toHaveLength(221);
    expect(found).toContain('packages/x.yaml:23 SITE_YAML_FEATURE');
  });

  test('what is no YAML at every sign is told a hundred times', () => {
    const found = told(siteOf(pkg(`a: ${']'.repeat(2 ** 20)}`)));
    expect(found.filter((each) => each.endsWith('SITE_YAML_SYNTAX'))).toHaveLength(101);
  });
});

/** Groups in groups. */
function stairs(levels: number): string {
  const lines = range(levels).map((level) => `${'  '.repeat(level)}- group: g\n${'  '.repeat(level)}  steps:\n`);
  return `steps:\n${lines.join('')}`;
}

describe('circles and chains', () => {
  test.each([
    ['collections', collections],
    ['applications', applications],
    ['task-sequences', sequences],
  ] as const)('1,000 %s in a circle are as many problems', (folder, body) => {
    const { problems } = siteOf(chain(folder, 1000, 0, body));
    expect(problems).toHaveLength(1000);
    expect(new Set(problems.map(({ code }) => code))).toEqual(new Set(['SITE_CYCLE']));
    for (const { message } of problems) expect(message.length).toBeLessThan(1000);
  });

  test.each([
    ['collections', collections],
    ['applications', applications],
    ['task-sequences', sequences],
  ] as const)('what leads into a circle of %s is not in it', (folder, body) => {
    const found = siteOf(chain(folder, 5, 3, body)).problems.filter(({ code }) => code === 'SITE_CYCLE');
    expect(found.map(({ file }) => file)).toEqual([`${folder}/o3.yaml`, `${folder}/o4.yaml`]);
    if (folder !== 'task-sequences') expect(found[0]?.message).toContain('O3 -> O4 -> O3');
  });

  test('a sequence that calls itself is told at its name', () => {
    expect(told(siteOf(sequence(sequences('p'))))).toEqual(['task-sequences/x.yaml:2 SITE_CYCLE']);
  });

  test('a chain of 1,000 collections has the members of its end', () => {
    const { site } = siteOf({
      ...chain('collections', 1000, 9999, collections),
      'collections/o9999.yaml': `id: ABC00001\nname: O9999\ntype: device\nmembers:\n  devices: [PC1]\n`,
      'devices.csv': 'name,mac\nPC1,00155D000001\n',
    });
    const first = site.find('collection', 'O0');
    if (!first) throw new Error('no O0');
    expect([...membersOf(site, first).devices]).toEqual([deviceNamed(site, 'PC1')]);
  });

  test('a collection whose file is refused has no members, and those that name it have the others', () => {
    const loaded = siteOf({
      'collections/a.yaml': 'id: ABC00010\nname: A\ntype: device\nmembers:\n  devices: [PC1]\n  include: [B]\n',
      'collections/b.yaml': 'id: ABC00011\nname: B\ntype: nothing\nmembers:\n  devices: [PC2]\n',
      'devices.csv': 'name,mac\nPC1,00155D000001\nPC2,00155D000002\n',
    });
    const found = loaded.site.find('collection', 'A');
    if (!found) throw new Error('no A');
    expect([...membersOf(loaded.site, found).devices].map(({ name }) => name)).toEqual(['PC1']);
    expect(told(loaded)).toEqual(['collections/b.yaml:3 SITE_VALUE']);
  });

  test('20,000 members that are not there are told, the first 200 with the nearest name', () => {
    const names = range(20_000).map((index) => `PX${index}`);
    const { problems } = siteOf({
      'collections/a.yaml': `id: ABC00010\nname: A\ntype: device\nmembers:\n  devices:\n${names.map((name) => `    - ${name}\n`).join('')}`,
      'devices.csv': `name,mac\n${range(1000)
        .map((index) => `PC${index},${(0x155d000000 + index).toString(16).padStart(12, '0')}\n`)
        .join('')}`,
    });
    expect(problems.map(({ line }) => line)).toEqual(names.map((_, index) => index + 6));
    expect(problems.filter(({ hint }) => hint !== undefined)).toHaveLength(200);
    expect(problems[0]?.hint).toBe('Did you mean PC0?');
  });
});
