/** Bytes of written hives against boot-chain.md 8, typed by hand, and list kinds that our writer never makes. */
import { describe, expect, test } from 'vitest';
import { parseHive, writeHive, type NewKey } from '../../../images/hive/index.ts';
import { cellText, findCell, patched } from './hive-surgery.ts';

const keys = (...names: string[]): NewKey => ({ name: 'root', subkeys: names.map((name) => ({ name })) });

describe('the layout that real boot managers accepted', () => {
  const bytes = Buffer.from(writeHive(keys('Objects', 'Description'), { fileName: 'BCD' }));

  test('base block', () => {
    expect(bytes.toString('latin1', 0, 4)).toBe('regf');
    expect([4, 8, 20, 24, 28, 32, 36, 40, 44].map((offset) => bytes.readUInt32LE(offset))).toEqual([
      1, 1, 1, 3, 0, 1, 0x20, 4096, 1,
    ]);
    expect(bytes.readBigUInt64LE(12)).toBe(0n);
    expect(bytes.toString('utf16le', 48, 54)).toBe('BCD');
    let sum = 0;
    for (let i = 0; i < 127; i++) sum ^= bytes.readInt32LE(i * 4);
    expect(bytes.readInt32LE(508)).toBe(sum);
    expect(bytes.length).toBe(8192);
  });

  test('one hbin, cells in use, the rest one free cell', () => {
    expect(bytes.toString('latin1', 4096, 4100)).toBe('hbin');
    expect(bytes.readUInt32LE(4104)).toBe(4096);
    const sizes: number[] = [];
    for (let at = 0x20; at < 4096; at += Math.abs(sizes.at(-1) ?? 8)) sizes.push(bytes.readInt32LE(4096 + at));
    expect(sizes.every((size) => size % 8 === 0)).toBe(true);
    expect(sizes.slice(0, -1).every((size) => size < 0)).toBe(true);
    expect(sizes.at(-1)).toBeGreaterThan(0);
  });

  test('root node, its flags and sorted list', () => {
    const root = 4096 + 0x20 + 4;
    expect(bytes.toString('latin1', root, root + 2)).toBe('nk');
    expect(bytes.readUInt16LE(root + 2)).toBe(0x2c);
    expect(bytes.readUInt32LE(root + 20)).toBe(2);
    const list = 4096 + bytes.readUInt32LE(root + 28) + 4;
    expect(bytes.toString('latin1', list, list + 2)).toBe('lf');
    expect(bytes.toString('latin1', list + 8, list + 12)).toBe('Desc');
    expect(bytes.toString('latin1', list + 16, list + 20)).toBe('Obje');
  });

  test('the security descriptor, spelled out', () => {
    const cell = findCell(bytes, 'sk');
    expect(bytes.readUInt32LE(cell + 12)).toBe(3); // keys that refer to it
    expect(cellText(bytes, 'sk').slice(40, 40 + 2 * bytes.readUInt32LE(cell + 16))).toBe(
      '0100048048000000580000000000000014000000' + // revision, flags, owner, group, SACL, DACL
        '0200340002000000' +
        '000218003f000f0001020000000000052000000020020000' + // BUILTIN\Administrators
        '000214003f000f00010100000000000512000000' + // SYSTEM
        '01020000000000052000000020020000' +
        '010100000000000512000000',
    );
  });
});

describe('lists of other writers', () => {
  const sound = writeHive(keys('alpha', 'Beta', 'gamma'));

  test('li: references alone', () => {
    const bytes = patched(sound, (hive) => {
      const list = findCell(hive, 'lf');
      const references = [0, 1, 2].map((i) => hive.readUInt32LE(list + 4 + 8 * i));
      hive.write('li', list, 'latin1');
      references.forEach((reference, i) => hive.writeUInt32LE(reference, list + 4 + 4 * i));
    });
    expect(
      parseHive(bytes)
        .root.subkeys()
        .map(({ name }) => name),
    ).toEqual(['alpha', 'Beta', 'gamma']);
  });

  test('lh: hashes instead of hints; their value as Windows computes it', () => {
    const bytes = Buffer.from(writeHive(keys('AB'), { minorVersion: 5 }));
    expect(bytes.readUInt32LE(findCell(bytes, 'lh') + 8)).toBe(65 * 37 + 66);
    expect(parseHive(bytes).root.subkey('ab')?.name).toBe('AB');
  });

  test('ri: an index of lists; an index inside an index is refused', () => {
    const many = keys(...Array.from({ length: 600 }, (_, i) => `k${i}`));
    const bytes = writeHive(many);
    expect(parseHive(bytes).root.subkeys()).toHaveLength(600);
    const nested = patched(bytes, (hive) => {
      const index = findCell(hive, 'ri');
      hive.write('ri', 4096 + hive.readUInt32LE(index + 4) + 4, 'latin1');
    });
    expect(() => parseHive(nested).root.subkeys()).toThrow('expected lf, lh or li, found ri inside ri');
  });
});
