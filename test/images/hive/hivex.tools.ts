/** libhivex judges the hives that we write, and its own hives are read by us: same keys, same values, both ways. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkHive, newValue, parseHive, writeHive, type NewKey } from '../../../images/hive/index.ts';
import { requireTool, run, scratch } from '../../support/tools.ts';
import { exportWith, pictureOf } from './exported.ts';
import { findCell } from './hive-surgery.ts';
import { anyTree } from './tree-arbitrary.ts';

const tools = requireTool('hivexregedit', 'hivexsh', 'hivexget');

/** A file with these bytes. */
function stored(bytes: Uint8Array): string {
  const path = join(scratch(), 'hive');
  writeFileSync(path, bytes);
  return path;
}

/** What both readers see must be the same. */
async function sameForBoth(bytes: Uint8Array): Promise<void> {
  expect(checkHive(bytes)).toEqual([]);
  const theirs = await exportWith(tools.path('hivexregedit'), stored(bytes));
  expect(pictureOf(parseHive(bytes).root)).toEqual(theirs);
}

describe('libhivex reads what we write', () => {
  const tree: NewKey = {
    name: 'root',
    subkeys: [
      {
        name: 'Values',
        values: [
          newValue.string('', 'default'),
          newValue.string('text', 'C:\\a "quoted" täxt Ω'),
          newValue.multiString('list', ['one', 'two']),
          newValue.dword('number', 0x12345678),
          newValue.qword('long', 0x1122334455667788n),
          newValue.binary('empty', new Uint8Array(0)),
          newValue.binary('three', Uint8Array.of(1, 2, 3)),
          newValue.binary('five', Uint8Array.of(1, 2, 3, 4, 5)),
          newValue.binary(
            'big',
            Uint8Array.from({ length: 50_000 }, (_, i) => i % 251),
          ),
        ],
      },
      { name: 'Ω日本 key', subkeys: [{ name: 'Ünder', values: [newValue.dword('ж', 1)] }] },
      { name: 'many', subkeys: Array.from({ length: 1300 }, (_, i) => ({ name: `k${i}` })) },
    ],
  };

  for (const minorVersion of [3, 4, 5, 6] as const) {
    test(`a tree with every kind of data, version 1.${minorVersion}`, async () => {
      await sameForBoth(writeHive(tree, { minorVersion }));
    });
  }

  test('hivexget and hivexsh, by name and in any case', async () => {
    const hive = stored(writeHive(tree));
    const got = await run(tools.path('hivexget'), [hive, '\\values', 'TEXT']);
    expect(got.stdout).toBe('C:\\a "quoted" täxt Ω\n');
    const listed = await run(tools.path('hivexsh'), [hive], { input: 'cd \\many\\K1299\ncd ..\nls\nquit\n' });
    expect(listed.stderr).toBe('');
    expect(listed.stdout.match(/k\d+/g)).toHaveLength(1300);
  });

  test('random trees', async () => {
    await fc.assert(
      fc.asyncProperty(anyTree, (tree) => sameForBoth(writeHive(tree, { minorVersion: 5 }))),
      { numRuns: 15, seed: 7 },
    );
  });
});

describe('we read what libhivex writes', () => {
  const line = (name: string, i: number): string =>
    [
      `[\\Soft\\${name}]`,
      `"text"="value ${i} of a length that needs a cell"`,
      `"number"=dword:${i.toString(16).padStart(8, '0')}`,
      `"bytes"=hex:${Array.from({ length: i % 40 }, (_, j) => ((i * 7 + j) & 255).toString(16).padStart(2, '0')).join(',')}`,
      `"list"=hex(7):61,00,00,00,00,00`,
      '',
    ].join('\n');

  async function merged(start: Uint8Array, reg: string): Promise<Buffer> {
    const hive = stored(start);
    const file = join(scratch(), 'in.reg');
    writeFileSync(file, `Windows Registry Editor Version 5.00\n\n${reg}`);
    await run(tools.path('hivexregedit'), ['--merge', hive, file]);
    return readFileSync(hive);
  }

  test('400 keys merged into an empty hive: its lists, several hbins', async () => {
    const reg = `[\\Soft]\n\n${Array.from({ length: 400 }, (_, i) => line(`Key ${i}`, i)).join('\n')}`;
    const bytes = await merged(writeHive({ name: 'root' }), reg);
    expect(bytes.indexOf('hbin', 4100, 'latin1')).toBeGreaterThan(4096);
    expect(() => findCell(bytes, 'lh')).not.toThrow();
    await sameForBoth(bytes);
    expect(parseHive(bytes).root.find('soft\\KEY 399')?.value('number')?.asDword()).toBe(399);
  });

  test('keys merged into lists of ours: lf, lh and an index of lists', async () => {
    for (const [count, minorVersion] of [
      [20, 3],
      [20, 5],
      [1100, 3],
    ] as const) {
      const keys = Array.from({ length: count }, (_, i) => ({ name: `ours ${i}` }));
      const start = writeHive({ name: 'root', subkeys: [{ name: 'Soft', subkeys: keys }] }, { minorVersion });
      const bytes = await merged(start, Array.from({ length: 30 }, (_, i) => line(`theirs ${i}`, i)).join('\n'));
      expect(parseHive(bytes).root.subkey('soft')?.subkeys()).toHaveLength(count + 30);
      await sameForBoth(bytes);
    }
  });

  test('keys added and deleted in hivexsh, its hive clean for us', async () => {
    const start = writeHive({
      name: 'root',
      subkeys: [{ name: 'gone', values: [newValue.dword('x', 1)] }, { name: 'stays' }],
    });
    const hive = stored(start);
    const input = 'cd \\gone\ndel\ncd \\stays\nadd child\ncd child\nsetval 1\nname\nstring:plain text\ncommit\nquit\n';
    await run(tools.path('hivexsh'), ['-w', hive], { input });
    const bytes = readFileSync(hive);
    expect(parseHive(bytes).dirty).toBe(false);
    const root = parseHive(bytes).root;
    expect(root.subkeys().map(({ name }) => name)).toEqual(['stays']);
    expect(root.find('stays\\child')?.value('name')?.asString()).toBe('plain text');
    await sameForBoth(bytes);
  });
});
