/** Editing hives in place: every kind of list and value, and nothing changes that was not to be changed. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { memorySource } from '../../../images/bytes/index.ts';
import {
  checkHive,
  editHive,
  newValue,
  openHiveEditor,
  parseHive,
  treeOf,
  writeHive,
  type NewKey,
} from '../../../images/hive/index.ts';
import { cellText, findCell, patched } from './hive-surgery.ts';
import { cellChanges, rawCells, rawKeys } from './raw-hive.ts';
import { plain } from './tree-arbitrary.ts';

const text = 'a text that needs a cell of its own';
const small: NewKey = {
  name: 'root',
  subkeys: [
    { name: 'Alpha', className: 'class of alpha', values: [newValue.string('s', text), newValue.dword('d', 5)] },
    { name: 'Beta', values: [newValue.binary('big', new Uint8Array(40_000).fill(7))] },
    { name: 'Gamma', subkeys: [{ name: 'Delta', subkeys: [{ name: 'Epsilon' }] }] },
  ],
};
const hiveOf = (tree: NewKey, minorVersion: 3 | 4 | 5 | 6 = 5): Buffer =>
  Buffer.from(writeHive(tree, { minorVersion }));
const judged = (bytes: Uint8Array): Buffer => {
  const hive = Buffer.from(bytes);
  expect(checkHive(hive)).toEqual([]);
  rawKeys(hive);
  return hive;
};
const numbered = (count: number): NewKey[] => Array.from({ length: count }, (_, i) => ({ name: `Key${i}` }));

describe('what an edit leaves alone', () => {
  test('no change: the bytes that were read', () => {
    const before = hiveOf(small);
    const editor = editHive(before);
    expect(editor.setValue('alpha', newValue.dword('D', 5))).toBe(false);
    expect(editor.createKey('GAMMA\\delta')).toBe(false);
    expect(editor.deleteKey('nothing')).toBe(false);
    expect(editor.deleteValue('alpha', 'nothing')).toBe(false);
    editor.renameKey('gamma', 'Gamma');
    expect(editor.changed).toBe(false);
    expect(Buffer.compare(editor.bytes(), before)).toBe(0);
  });

  test('a number set: one record, and in the base block sequence numbers and checksum alone', () => {
    const before = hiveOf(small);
    const editor = editHive(before);
    expect(editor.setValue('Alpha', newValue.dword('d', 6))).toBe(true);
    const after = judged(editor.bytes());
    const record = findCell(before, 'vk', 1) - 4 - 4096;
    expect(cellChanges(before, after)).toEqual({ changed: [record], gone: [], added: [] });
    const base = [...before.subarray(0, 4096).keys()].filter((i) => before[i] !== after[i]);
    expect(base.every((i) => [4, 8].includes(i) || (i >= 508 && i < 512))).toBe(true);
    expect([after.readUInt32LE(4), after.readUInt32LE(8)]).toEqual([2, 2]);
    expect(parseHive(after).root.find('alpha')?.value('d')?.asDword()).toBe(6);
  });

  test('cells that nobody refers to, flags of newer Windows, bytes behind the hbins, fields of the base block', () => {
    const before = Buffer.concat([
      patched(hiveOf(small), (hive) => {
        const alpha = findCell(hive, 'nk', 1);
        hive.writeUInt16LE(hive.readUInt16LE(alpha + 2) | 0x8000, alpha + 2);
        hive.writeUInt32LE(0x1234_0000 + hive.readUInt32LE(alpha + 52), alpha + 52);
        hive.writeUInt32LE(0xfeed_beef, alpha + 12);
        hive.write('GUIDs of newer Windows', 112, 'latin1');
        // The free cell at the end gets an unknown neighbour in use.
        const free = [...rawCells(hive).entries()].at(-1) ?? [0, ''];
        const at = 4096 + free[0] + free[1].length / 2;
        const size = hive.readInt32LE(at);
        hive.writeInt32LE(-16, at);
        hive.write('what is this', at + 4, 'latin1');
        hive.writeInt32LE(size - 16, at + 16);
      }),
      Buffer.from('behind the hbins'),
    ]);
    const editor = editHive(before);
    editor.createKey('Alpha\\New');
    editor.setValue('Alpha', newValue.string('s', 'short'));
    const after = judged(editor.bytes());
    const alpha = findCell(after, 'nk', 1);
    expect(after.readUInt16LE(alpha + 2) & 0x8000).toBe(0x8000);
    expect(after.readUInt32LE(alpha + 52)).toBe(0x1234_0006);
    expect(after.readUInt32LE(alpha + 12)).toBe(0xfeed_beef);
    expect(after.toString('latin1', 112, 134)).toBe('GUIDs of newer Windows');
    expect(after.subarray(-16).toString('latin1')).toBe('behind the hbins');
    expect([...rawCells(after).values()]).toContain(`f0ffffff${Buffer.from('what is this', 'latin1').toString('hex')}`);
    expect(parseHive(after).root.find('alpha')?.className).toBe('class of alpha');
  });

  test('times change only where given', () => {
    const tree = {
      name: 'r',
      lastWritten: 5n,
      subkeys: [
        { name: 'a', lastWritten: 6n },
        { name: 'b', lastWritten: 7n },
      ],
    };
    const make = (time?: bigint): Buffer => {
      const editor = editHive(hiveOf(tree), time === undefined ? {} : { time });
      editor.setValue('a', newValue.dword('x', 1));
      editor.createKey('b\\c');
      return judged(editor.bytes());
    };
    const times = (hive: Buffer): unknown =>
      ['', 'a', 'b', 'b\\c'].map((path) => parseHive(hive).root.find(path)?.lastWritten);
    expect(times(make())).toEqual([5n, 6n, 7n, 0n]);
    const stamped = make(99n);
    expect(times(stamped)).toEqual([5n, 99n, 99n, 99n]);
    expect(parseHive(stamped).lastWritten).toBe(99n);
  });
});

describe('values', () => {
  const sizes = [0, 1, 4, 5, 12, 13, 100, 16_344, 16_345, 40_000, 70_000];

  test.each([3, 5] as const)('data of every size after every other, version 1.%i', (minorVersion) => {
    const editor = editHive(hiveOf(small, minorVersion));
    for (const from of sizes) {
      for (const to of sizes) {
        for (const size of [from, to]) {
          const data = Uint8Array.from({ length: size }, (_, i) => (i * 31 + from + to) & 255);
          editor.setValue('alpha', { name: 'v', type: 3, data });
          expect(Buffer.compare(editor.key('alpha')?.value('v')?.data ?? new Uint8Array(0), data)).toBe(0);
        }
      }
    }
    const hive = judged(editor.bytes());
    expect(hive.indexOf('db', 4096, 'latin1') >= 0).toBe(minorVersion === 5);
    // What was given back is used again: the largest data at most a few times.
    expect(hive.length).toBeLessThan(600_000);
  });

  test('one of each deleted, the rest in its order; the last one takes the list along', () => {
    const values = Array.from({ length: 6 }, (_, i) => newValue.string(`v${i}`, text.slice(i)));
    const editor = editHive(hiveOf({ name: 'r', subkeys: [{ name: 'k', values }] }));
    const names = (): string[] | undefined =>
      editor
        .key('k')
        ?.values()
        .map(({ name }) => name);
    expect(editor.deleteValue('K', 'V2')).toBe(true);
    expect(names()).toEqual(['v0', 'v1', 'v3', 'v4', 'v5']);
    editor.setValue('k', newValue.string('', 'default'));
    expect(names()).toEqual(['v0', 'v1', 'v3', 'v4', 'v5', '']);
    judged(editor.bytes());
    for (const name of ['', 'v0', 'v5', 'v1', 'v3', 'v4']) editor.deleteValue('k', name);
    expect(names()).toEqual([]);
    judged(editor.bytes());
  });

  test('data that lie in the hive themselves', () => {
    const editor = editHive(hiveOf(small));
    const data = editor.key('beta')?.value('big')?.data as Uint8Array;
    const own = editor.key('alpha')?.value('s')?.data as Uint8Array;
    editor.setValue('alpha', { name: 's', type: 3, data });
    editor.setValue('beta', { name: 'big', type: 1, data: own });
    const hive = parseHive(judged(editor.bytes()));
    expect(hive.root.find('alpha')?.value('s')?.data).toHaveLength(40_000);
  });
});

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

describe('keys', () => {
  test('deleted with all below; the descriptor counts its keys', () => {
    const editor = editHive(hiveOf(small));
    expect(editor.deleteKey('GAMMA')).toBe(true);
    expect(editor.deleteKey('beta')).toBe(true);
    const hive = judged(editor.bytes());
    expect(cellText(hive, 'sk').slice(24, 32)).toBe('02000000');
    expect(
      parseHive(hive)
        .root.subkeys()
        .map(({ name }) => name),
    ).toEqual(['Alpha']);
  });

  test('a descriptor without keys leaves the ring', () => {
    const before = patched(hiveOf({ name: 'r', subkeys: [{ name: 'own', className: 'x'.repeat(120) }] }), (hive) => {
      // The class name becomes a second descriptor, of the key `own`.
      const sk = findCell(hive, 'sk');
      const key = findCell(hive, 'nk', 1);
      const second = 4096 + hive.readUInt32LE(key + 48) + 4;
      hive.copy(hive, second, sk, sk + 120);
      hive.writeUInt32LE(1, second + 12);
      hive.writeUInt32LE(1, sk + 12);
      for (const field of [4, 8]) {
        hive.writeUInt32LE(second - 4100, sk + field);
        hive.writeUInt32LE(sk - 4100, second + field);
      }
      hive.writeUInt32LE(second - 4100, key + 44);
      hive.writeUInt32LE(0xffffffff, key + 48);
      hive.writeUInt16LE(0, key + 74);
      hive.writeUInt32LE(0, findCell(hive, 'nk') + 56);
    });
    const editor = editHive(before);
    editor.createKey('own\\child');
    const more = judged(editor.bytes());
    expect(more.readUInt32LE(findCell(more, 'sk', 1) + 12)).toBe(2);
    editor.deleteKey('own');
    const less = judged(editor.bytes());
    const sk = findCell(less, 'sk');
    expect([less.readUInt32LE(sk + 4), less.readUInt32LE(sk + 8)]).toEqual([sk - 4100, sk - 4100]);
    expect(rawCells(less).size).toBe(2);
  });

  test('renamed in place, moved by a longer name, found by the new one alone', () => {
    const editor = editHive(hiveOf(small));
    editor.renameKey('Gamma', 'gAMMA');
    editor.renameKey('gamma\\delta', 'a much longer name than the one before Ω');
    editor.renameKey('alpha', 'Zeta');
    const root = parseHive(judged(editor.bytes())).root;
    expect(root.subkeys().map(({ name }) => name)).toEqual(['Beta', 'gAMMA', 'Zeta']);
    expect(root.find('gamma\\a much longer name than the one before ω\\EPSILON')?.name).toBe('Epsilon');
    expect(root.find('zeta')?.value('s')?.asString()).toBe(text);
    expect(root.find('zeta')?.className).toBe('class of alpha');
  });

  test.each<[string, (editor: ReturnType<typeof editHive>) => void, string]>([
    ['a value of no key', (e) => e.setValue('none', newValue.dword('x', 1)), 'no such key'],
    ['rename of no key', (e) => e.renameKey('none', 'x'), 'no such key'],
    ['rename to a name that is taken', (e) => e.renameKey('alpha', 'BETA'), 'beside it'],
    ['a backslash', (e) => e.renameKey('alpha', 'a\\b'), 'no backslash'],
    ['the root deleted', (e) => e.deleteKey('\\'), 'the root'],
    ['a long name', (e) => e.createKey('x'.repeat(256)), '1 to 255'],
    ['too deep', (e) => e.createKey('x\\'.repeat(512)), 'deeper than 512'],
    ['a long value name', (e) => e.setValue('', newValue.dword('x'.repeat(16_384), 1)), 'longer than 16383'],
    ['a type', (e) => e.setValue('', { name: '', type: -1, data: new Uint8Array(0) }), '32 bits'],
  ])('refused, and nothing changed: %s', (_, change, message) => {
    const editor = editHive(hiveOf(small));
    expect(() => change(editor)).toThrow(expect.objectContaining({ code: 'HIVE_EDIT', exitCode: 2 }));
    expect(() => change(editor)).toThrow(message);
    expect(editor.changed).toBe(false);
    expect(Buffer.compare(editor.bytes(), hiveOf(small))).toBe(0);
  });

  test('511 levels in one call', () => {
    const editor = editHive(hiveOf({ name: 'r' }));
    editor.createKey(Array.from({ length: 511 }, (_, i) => `k${i}`).join('\\'));
    expect(checkHive(editor.bytes())).toEqual([]);
  });
});

describe('any changes of any tree', () => {
  const name = fc.constantFrom('a', 'B', 'c', 'Ω', 'longer name', 'x1', 'x2', 'ß');
  const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => names.join('\\'));
  const data = fc.constantFrom(0, 3, 4, 5, 60, 16_345).map((length) => new Uint8Array(length).fill(length & 255));
  const step = fc.oneof(
    fc.record({ what: fc.constant('create' as const), path }),
    fc.record({ what: fc.constant('delete' as const), path }),
    fc.record({ what: fc.constant('rename' as const), path, name }),
    fc.record({ what: fc.constant('set' as const), path, name, data }),
    fc.record({ what: fc.constant('unset' as const), path, name }),
  );
  const fold = (text: string): string => text.replaceAll(/[a-zω]/g, (letter) => letter.toUpperCase());

  interface Model {
    name: string;
    subkeys: Model[];
    values: { name: string; type: number; data: Uint8Array }[];
  }
  const child = (key: Model | undefined, wanted: string): Model | undefined =>
    key?.subkeys.find((subkey) => fold(subkey.name) === fold(wanted));
  const find = (root: Model, at: string): Model | undefined =>
    at === '' ? root : at.split('\\').reduce<Model | undefined>(child, root);

  test('the tree is that of a plain model, and keys that no step names keep their cells', () => {
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 40 }),
        fc.array(step, { maxLength: 12 }),
        fc.constantFrom(3, 5),
        (first, then, version) => {
          const model: Model = { name: 'r', subkeys: [], values: [] };
          const start = editHive(hiveOf({ name: 'r' }, version));
          const touched = new Set<string>();
          const run = (editor: ReturnType<typeof editHive>, steps: typeof first): void => {
            for (const one of steps) {
              const parentPath = one.path.split('\\').slice(0, -1).join('\\');
              const parent = find(model, parentPath);
              const key = find(model, one.path);
              const parts = fold(one.path).split('\\');
              parts.forEach((_, i) => touched.add(parts.slice(0, i + 1).join('\\')));
              if (one.what === 'create') {
                expect(editor.createKey(one.path)).toBe(key === undefined);
                let at = model;
                for (const part of one.path.split('\\')) {
                  const next = child(at, part) ?? { name: part, subkeys: [], values: [] };
                  if (!at.subkeys.includes(next)) at.subkeys.push(next);
                  at = next;
                }
              } else if (one.what === 'delete') {
                expect(editor.deleteKey(one.path)).toBe(key !== undefined);
                if (parent && key) parent.subkeys = parent.subkeys.filter((other) => other !== key);
              } else if (one.what === 'unset') {
                const has = key?.values.some((value) => fold(value.name) === fold(one.name)) ?? false;
                expect(editor.deleteValue(one.path, one.name)).toBe(has);
                if (key) key.values = key.values.filter((value) => fold(value.name) !== fold(one.name));
              } else if (key && one.what === 'set') {
                editor.setValue(one.path, { name: one.name, type: 3, data: one.data });
                const old = key.values.find((value) => fold(value.name) === fold(one.name));
                if (old) old.data = one.data;
                else key.values.push({ name: one.name, type: 3, data: one.data });
              } else if (parent && key && one.what === 'rename') {
                const other = child(parent, one.name);
                if (other && other !== key) continue;
                editor.renameKey(one.path, one.name);
                key.name = one.name;
                // Its record may move: all below name it as their parent, or have another path.
                const below = (at: Model, atPath: string): void => {
                  touched.add(fold(atPath));
                  for (const sub of at.subkeys) below(sub, `${atPath}\\${sub.name}`);
                };
                below(key, [parentPath, one.name].filter(Boolean).join('\\'));
                below(key, one.path);
              }
            }
          };
          run(start, first);
          const before = judged(start.bytes());
          touched.clear();
          const editor = editHive(before);
          run(editor, then);
          const after = judged(editor.bytes());
          expect(plain(treeOf(parseHive(after).root))).toEqual(plain(model));
          const old = rawKeys(before);
          for (const [key, cells] of rawKeys(after)) {
            if (key !== '' && !touched.has(key)) expect(cells).toEqual(old.get(key));
          }
        },
      ),
      { numRuns: 120, seed: 41 },
    );
  });
});

describe('hives that are not edited', () => {
  const dirty = patched(hiveOf(small), (hive) => hive.writeUInt32LE(2, 4));

  test('dirty: refused, and told whether a log goes on', () => {
    expect(() => editHive(dirty)).toThrow(expect.objectContaining({ code: 'HIVE_DIRTY', exitCode: 5 }));
    expect(() => editHive(dirty)).toThrow('no log file given holds them');
    expect(() => editHive(dirty, { logs: [newLog([2])] })).toThrow('a log file beside it holds them');
    expect(() => editHive(dirty, { logs: [newLog([1])] })).toThrow('no log file given holds them');
  });

  /** A log of the new form: base block, and entries with these sequence numbers. */
  function newLog(sequences: readonly number[]): Buffer {
    const head = patched(hiveOf(small), (hive) => hive.writeUInt32LE(6, 28)).subarray(0, 512);
    const entries = sequences.map((sequence) => {
      const entry = Buffer.alloc(1024);
      entry.write('HvLE', 'latin1');
      entry.writeUInt32LE(1024, 4);
      entry.writeUInt32LE(sequence, 12);
      entry.writeUInt32LE(1, 20);
      return entry;
    });
    return Buffer.concat([head, ...entries]);
  }

  test('clean with logs beside it: noticed', () => {
    const old = patched(hiveOf(small), (hive) => {
      hive.writeUInt32LE(1, 28);
      hive.writeUInt32LE(2, 4);
      hive.writeUInt32LE(2, 8);
    }).subarray(0, 2048);
    const broken = newLog([1, 2]);
    broken.writeUInt32LE(77, 512 + 1024 + 4);
    const logs = [
      new Uint8Array(512),
      new Uint8Array(0),
      newLog([1, 2]),
      newLog([]),
      broken,
      old,
      Buffer.from('no log'),
    ];
    expect(editHive(hiveOf(small), { logs }).logs).toEqual([
      { kind: 'empty', newest: null, pending: false },
      { kind: 'empty', newest: null, pending: false },
      { kind: 'new', newest: 2, pending: true },
      { kind: 'new', newest: null, pending: false },
      { kind: 'new', newest: 1, pending: true },
      { kind: 'old', newest: 2, pending: true },
      { kind: 'unknown', newest: null, pending: false },
    ]);
  });

  test.each<[string, (hive: Buffer) => void, string]>([
    [
      'a chain of cells that does not fit its hbin',
      (h) => h.writeInt32LE(-0x4000_0000, findCell(h, 'vk') - 4),
      'HIVE_CELL',
    ],
    [
      'data in a list',
      (h) => {
        h.copy(h, findCell(h, 'vk') + 8, findCell(h, 'nk') + 28, findCell(h, 'nk') + 32);
        h.writeUInt32LE(8, findCell(h, 'vk') + 4);
      },
      'HIVE_CELL',
    ],
    ['no descriptor', (h) => h.write('xx', findCell(h, 'sk'), 'latin1'), 'HIVE_KEY'],
    [
      'a reference into a cell',
      (h) => h.writeUInt32LE(h.readUInt32LE(findCell(h, 'nk') + 28) + 8, findCell(h, 'nk') + 28),
      'HIVE_CELL',
    ],
  ])('%s', (_, damage, code) => {
    const hive = patched(hiveOf(small), damage);
    expect(() => editHive(hive)).toThrow(expect.objectContaining({ code }));
  });

  test('a wrong checksum, and a source above the limit', async () => {
    const hive = hiveOf(small);
    hive.writeUInt32LE(1, 508);
    expect(() => editHive(hive)).toThrow(expect.objectContaining({ code: 'HIVE_CHECKSUM' }));
    await expect(openHiveEditor(memorySource(hiveOf(small)), { limit: 4096 })).rejects.toMatchObject({
      code: 'BYTES_LIMIT',
    });
    expect((await openHiveEditor(memorySource(hiveOf(small)))).key('alpha\\')?.name).toBe('Alpha');
  });
});
