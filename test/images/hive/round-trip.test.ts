/** Trees written as hives and read again; the same tree gives the same bytes. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { memorySource } from '../../../images/bytes/index.ts';
import {
  checkHive,
  newValue,
  openHive,
  parseHive,
  treeOf,
  writeHive,
  type NewKey,
} from '../../../images/hive/index.ts';
import { anyTree, plain } from './tree-arbitrary.ts';

const numbered = (count: number): NewKey[] =>
  Array.from({ length: count }, (_, i) => ({ name: `Key${i}`, values: [newValue.dword('n', i)] }));

describe('writeHive and parseHive', () => {
  for (const minorVersion of [3, 4, 5, 6] as const) {
    test(`any tree comes back, version 1.${minorVersion}`, () => {
      fc.assert(
        fc.property(anyTree, (tree) => {
          const bytes = writeHive(tree, { minorVersion });
          expect(checkHive(bytes)).toEqual([]);
          expect(plain(treeOf(parseHive(bytes).root))).toEqual(plain(tree));
        }),
        { numRuns: 60, seed: 20 + minorVersion },
      );
    });
  }

  test('the order of subkeys does not change the bytes', () => {
    const keys = numbered(50);
    const one = writeHive({ name: 'root', subkeys: keys });
    const other = writeHive({ name: 'root', subkeys: keys.toReversed() });
    expect(Buffer.compare(one, other)).toBe(0);
  });

  test.each([507, 508, 2000])('%i subkeys: one list, or several behind an index', (count) => {
    const root = parseHive(writeHive({ name: 'root', subkeys: numbered(count) })).root;
    expect(root.subkeys()).toHaveLength(count);
    expect(root.subkey('kEY499')?.value('N')?.asDword()).toBe(499);
    expect(root.subkey(`Key${count}`)).toBeUndefined();
  });

  test('the header says what was asked for', async () => {
    const options = { fileName: 'SYSTEM', minorVersion: 5, lastWritten: 132_000_000_000_000_000n } as const;
    const bytes = writeHive({ name: 'r', lastWritten: 7n }, options);
    const hive = await openHive(memorySource(bytes));
    expect(hive).toMatchObject({ ...options, dirty: false, checksumValid: true });
    expect(hive.root.lastWritten).toBe(7n);
  });

  test('a source above the limit is refused by name', async () => {
    const source = memorySource(writeHive({ name: 'r' }));
    await expect(openHive(source, { limit: 4096 })).rejects.toMatchObject({ code: 'BYTES_LIMIT' });
  });
});

describe('typed values', () => {
  const tree: NewKey = {
    name: 'root',
    values: [
      newValue.string('', 'default value'),
      newValue.string('s', 'täxt'),
      newValue.expandString('e', '%x%'),
      newValue.multiString('m', ['a', 'Ω']),
      newValue.multiString('none', []),
      newValue.dword('d', 0xfedc_ba98),
      newValue.qword('q', 2n ** 63n),
      { name: 'big-endian', type: 5, data: Uint8Array.of(1, 2, 3, 4) },
      { name: 'no NUL', type: 1, data: Uint8Array.of(0x61, 0, 0x62, 0) },
      { name: 'odd', type: 0x1234, data: new Uint8Array(0) },
    ],
  };
  const root = parseHive(writeHive(tree)).root;

  test('read back in their own type', () => {
    expect(root.value('')?.asString()).toBe('default value');
    expect(root.value('S')?.asString()).toBe('täxt');
    expect(root.value('e')?.asString()).toBe('%x%');
    expect(root.value('m')?.asMultiString()).toEqual(['a', 'Ω']);
    expect(root.value('none')?.asMultiString()).toEqual([]);
    expect(root.value('d')?.asDword()).toBe(0xfedc_ba98);
    expect(root.value('big-endian')?.asDword()).toBe(0x01020304);
    expect(root.value('q')?.asQword()).toBe(2n ** 63n);
    expect(root.value('no NUL')?.asString()).toBe('ab');
    expect(root.value('odd')?.typeName).toBe('0x1234');
    expect(root.value('m')?.typeName).toBe('REG_MULTI_SZ');
  });

  test('another type, and a dword of another size, are refused', () => {
    expect(() => root.value('d')?.asString()).toThrow('expected REG_SZ or REG_EXPAND_SZ or REG_LINK, found REG_DWORD');
    expect(() => root.value('s')?.asDword()).toThrow(expect.objectContaining({ code: 'HIVE_VALUE_TYPE' }));
    const short = writeHive({ name: 'r', values: [{ name: 'd', type: 4, data: Uint8Array.of(1) }] });
    expect(() => parseHive(short).root.value('d')?.asDword()).toThrow('expected 4 bytes, found 1 bytes');
  });
});

describe('trees that no hive can hold', () => {
  const deep = (levels: number): NewKey => (levels === 1 ? { name: 'k' } : { name: 'k', subkeys: [deep(levels - 1)] });

  test.each<[string, NewKey, string]>([
    ['empty key name', { name: '' }, '1 to 255 characters'],
    ['backslash', { name: 'r', subkeys: [{ name: 'a\\b' }] }, 'no backslash'],
    ['long name', { name: 'r', subkeys: [{ name: 'x'.repeat(256) }] }, '1 to 255 characters'],
    ['same key', { name: 'r', subkeys: [{ name: 'Abc' }, { name: 'aBC' }] }, 'two subkeys are called "aBC"'],
    ['same value', { name: 'r', values: [newValue.dword('x', 1), newValue.dword('X', 2)] }, 'two values'],
    ['513 levels', deep(513), 'deeper than 512'],
  ])('%s', (_, tree, message) => {
    expect(() => writeHive(tree)).toThrow(message);
    expect(() => writeHive(tree)).toThrow(expect.objectContaining({ code: 'HIVE_NEW_TREE', exitCode: 2 }));
  });

  test('512 levels are allowed, and read', () => {
    const path = Array.from({ length: 511 }, () => 'K').join('\\');
    expect(parseHive(writeHive(deep(512))).root.find(path)?.name).toBe('k');
  });
});
