/** Every kind of list of subkeys: keys added at both ends and between, lists split, and all deleted. */
import { describe, expect, test } from 'vitest';
import { editHive, parseHive } from '../../../images/hive/index.ts';
import { hiveOf, judged, numbered } from './edit-fixtures.ts';
import { findCell, patched } from './hive-surgery.ts';
import { rawCells, rawKeys } from './raw-hive.ts';

describe('lists of subkeys', () => {
  /** The same hive with another kind of list in its root, made by hand. */
  const withLi = (hive: Buffer): Buffer =>
    patched(hive, (bytes) => {
      for (let index = 0; ; index++) {
        let list: number;
        try {
          list = findCell(bytes, 'lf');
        } catch {
          return index;
        }
        const count = bytes.readUInt16LE(list + 2);
        bytes.write('li', list, 'latin1');
        for (let i = 0; i < count; i++) bytes.copy(bytes, list + 4 + i * 4, list + 4 + i * 8, list + 8 + i * 8);
        bytes.fill(0, list + 4 + count * 4, list + 4 + count * 8);
      }
    });

  test.each<[string, Buffer, string]>([
    ['lf', hiveOf({ name: 'r', subkeys: numbered(9) }, 3), 'lf'],
    ['lh', hiveOf({ name: 'r', subkeys: numbered(9) }, 5), 'lh'],
    ['li', withLi(hiveOf({ name: 'r', subkeys: numbered(9) }, 3)), 'li'],
    ['lf that has to be split', hiveOf({ name: 'r', subkeys: numbered(507) }, 3), 'ri'],
    ['lh that has to be split', hiveOf({ name: 'r', subkeys: numbered(507) }, 5), 'ri'],
    ['ri of lf', hiveOf({ name: 'r', subkeys: numbered(1100) }, 3), 'ri'],
    ['ri of lh', hiveOf({ name: 'r', subkeys: numbered(1100) }, 5), 'ri'],
    ['ri of li', withLi(hiveOf({ name: 'r', subkeys: numbered(1100) }, 3)), 'ri'],
    ['none', hiveOf({ name: 'r' }, 5), 'lh'],
  ])('%s: added at both ends and between, then all deleted', (_, before, kind) => {
    const editor = editHive(before);
    const known = parseHive(before)
      .root.subkeys()
      .map(({ name }) => name);
    const added = ['a first', 'zz last', 'Ωmega', ...known.slice(0, 40).map((name) => `${name}x`)];
    for (const name of added) expect(editor.createKey(name)).toBe(true);
    const after = judged(editor.bytes());
    const root = parseHive(after).root;
    expect(new Set(root.subkeys().map(({ name }) => name))).toEqual(new Set([...known, ...added]));
    expect(after.toString('latin1', 4096 + after.readUInt32LE(findCell(after, 'nk') + 28) + 4).slice(0, 2)).toBe(kind);
    // Keys that were there have not moved and not changed.
    const old = rawKeys(before);
    const now = rawKeys(after);
    for (const name of known) expect(now.get(name.toUpperCase())).toEqual(old.get(name.toUpperCase()));
    for (const name of [...known, ...added]) expect(editor.deleteKey(name)).toBe(true);
    const empty = judged(editor.bytes());
    expect(parseHive(empty).root.subkeys()).toEqual([]);
    // Nothing but the root and the descriptor is left, and free cells are one again in each hbin.
    expect(rawCells(empty).size).toBe(2);
  });
});
