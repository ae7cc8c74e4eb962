/** Editing hives in place: keys and values, and nothing changes that was not to be changed. */
import { describe, expect, test } from 'vitest';
import { checkHive, editHive, newValue, parseHive } from '../../../images/hive/index.ts';
import { hiveOf, judged, small, text } from './edit-fixtures.ts';
import { cellText, findCell, patched } from './hive-surgery.ts';
import { cellChanges, rawCells } from './raw-hive.ts';

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

  test('a predefined key: its count of values is a handle, which stays', () => {
    const before = patched(hiveOf(small), (hive) => {
      const gamma = findCell(hive, 'nk', 3);
      hive.writeUInt16LE(hive.readUInt16LE(gamma + 2) | 0x40, gamma + 2);
      hive.writeUInt32LE(0x8000_0060, gamma + 36);
    });
    expect(checkHive(before)).toEqual([]);
    const editor = editHive(before);
    expect(editor.key('gamma')?.values()).toEqual([]);
    expect(() => editor.setValue('gamma', newValue.dword('x', 1))).toThrow('stands for another key');
    expect(editor.deleteValue('gamma', 'x')).toBe(false);
    editor.createKey('gamma\\new');
    const after = Buffer.from(editor.bytes());
    expect(checkHive(after)).toEqual([]);
    expect(after.readUInt32LE(findCell(after, 'nk', 3) + 36)).toBe(0x8000_0060);
    expect(editor.deleteKey('gamma')).toBe(true);
    judged(editor.bytes());
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
