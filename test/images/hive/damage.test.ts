/** Hives that are damaged or made to harm: a named error each, and never anything but the FormatError family. */
import { describe, expect, test } from 'vitest';
import { FormatError } from '../../../src/core/index.ts';
import { checkHive, newValue, parseHive, treeOf, writeHive, type NewKey } from '../../../images/hive/index.ts';
import { findCell, patched, sign } from './hive-surgery.ts';

const tree: NewKey = {
  name: 'root',
  subkeys: [
    { name: 'a', className: 'class', subkeys: [{ name: 'c' }], values: [newValue.string('s', 'a longer text')] },
    { name: 'b', values: [newValue.binary('big', new Uint8Array(40_000).fill(3)), newValue.dword('d', 5)] },
    { name: 'Ω', values: [newValue.multiString('ж', ['x', 'y'])] },
  ],
};
const sound = writeHive(tree, { minorVersion: 5 });
const manyKeys = Array.from({ length: 700 }, (_, i) => ({ name: `key ${i}` }));
const large = writeHive({ name: 'root', subkeys: manyKeys }, { minorVersion: 5 });

const readAll = (bytes: Uint8Array): unknown => treeOf(parseHive(bytes).root);

describe('the header', () => {
  test.each<[string, Uint8Array, string, string]>([
    ['an empty file', new Uint8Array(0), 'HIVE_NOT_A_HIVE', 'only 0 are there'],
    ['text', new Uint8Array(5000).fill(0x41), 'HIVE_NOT_A_HIVE', 'starts with "AAAA", must be "regf"'],
    ['a cut header', sound.subarray(0, 600), 'HIVE_TRUNCATED', 'needs 4096 bytes'],
    ['cut data', sound.subarray(0, 8192), 'HIVE_TRUNCATED', '4096 follow'],
    ['version 2', patched(sound, (h) => h.writeUInt32LE(2, 20)), 'HIVE_VERSION', 'version 2.5'],
    ['version 1.2', patched(sound, (h) => h.writeUInt32LE(2, 24)), 'HIVE_VERSION', '1.3 to 1.6'],
    ['a log file', patched(sound, (h) => h.writeUInt32LE(6, 28)), 'HIVE_VERSION', 'file type 6'],
    ['no hbin', patched(sound, (h) => h.writeUInt32LE(0, 4096)), 'HIVE_BIN', 'hbin at 0x1000'],
    ['an hbin of size 0', patched(sound, (h) => h.writeUInt32LE(0, 4104)), 'HIVE_BIN', 'found 0'],
  ])('%s', (_, bytes, code, message) => {
    expect(() => readAll(bytes)).toThrow(expect.objectContaining({ code, exitCode: 3 }));
    expect(() => readAll(bytes)).toThrow(message);
    expect(checkHive(bytes).map((problem) => problem.code)).toEqual([code]);
  });

  test('a wrong checksum is refused, or told when tolerant', () => {
    const bytes = Buffer.from(sound);
    bytes.writeUInt32LE(0x1234, 508);
    expect(() => parseHive(bytes)).toThrow(expect.objectContaining({ code: 'HIVE_CHECKSUM', exitCode: 5 }));
    expect(parseHive(bytes, { tolerant: true })).toMatchObject({ checksumValid: false, dirty: false });
    expect(checkHive(bytes)).toMatchObject([{ code: 'HIVE_CHECKSUM', path: '' }]);
  });

  test('different sequence numbers: opens, says so', () => {
    const bytes = patched(sound, (hive) => hive.writeUInt32LE(2, 4));
    expect(parseHive(bytes).dirty).toBe(true);
    expect(checkHive(bytes)).toMatchObject([{ code: 'HIVE_DIRTY' }]);
  });

  test('a checksum that would be 0 or all ones is stored as 1 or 0xfffffffe', () => {
    for (const [wanted, stored] of [
      [0, 1],
      [-1, 0xfffffffe],
    ] as const) {
      const bytes = patched(sound, (hive) => {
        let sum = 0;
        for (let offset = 0; offset < 508; offset += 4) sum ^= hive.readInt32LE(offset);
        hive.writeInt32LE(hive.readInt32LE(112) ^ sum ^ wanted, 112);
      });
      expect(bytes.readUInt32LE(508)).toBe(stored);
      expect(checkHive(bytes)).toEqual([]);
    }
  });
});

describe('structures that would make reading endless or wrong', () => {
  const root = findCell(Buffer.from(sound), 'nk', 0);
  const first = findCell(Buffer.from(sound), 'nk', 1);

  test.each<[string, (hive: Buffer) => void, string]>([
    ['a list that two keys share', (h) => h.copy(h, first + 28, root + 28, root + 32), 'HIVE_CELL'],
    ['a key with another parent', (h) => h.writeUInt32LE(0, first + 16), 'HIVE_KEY'],
    ['a key as its own child', (h) => h.writeUInt32LE(first - 4100, findCell(h, 'lh') + 4), 'HIVE_KEY'],
    [
      'a key twice in a list',
      (h) => h.copy(h, findCell(h, 'lh', 1) + 4, findCell(h, 'lh', 1) + 12, findCell(h, 'lh', 1) + 16),
      'HIVE_LIST',
    ],
    ['more subkeys than listed', (h) => h.writeUInt32LE(0xffff_ffff, root + 20), 'HIVE_LIST'],
    ['more entries than fit', (h) => h.writeUInt16LE(0xffff, findCell(h, 'lh', 1) + 2), 'HIVE_LIST'],
    ['an unknown list', (h) => h.write('lx', findCell(h, 'lh', 1), 'latin1'), 'HIVE_LIST'],
    ['more values than fit', (h) => h.writeUInt32LE(1_000_000, first + 36), 'HIVE_VALUE'],
    ['a long key name', (h) => h.writeUInt16LE(0xffff, first + 72), 'HIVE_KEY'],
    ['a long class name', (h) => h.writeUInt16LE(0xffff, first + 74), 'HIVE_KEY'],
    ['a long value name', (h) => h.writeUInt16LE(0xffff, findCell(h, 'vk') + 2), 'HIVE_VALUE'],
    ['long data', (h) => h.writeUInt32LE(0x7fff_ffff, findCell(h, 'vk') + 4), 'HIVE_VALUE'],
    ['data longer than their cell', (h) => h.writeUInt32LE(2000, findCell(h, 'vk') + 4), 'HIVE_VALUE'],
    ['5 bytes in the record', (h) => h.writeUInt32LE(0x8000_0005, findCell(h, 'vk', 2) + 4), 'HIVE_VALUE'],
    ['a segment too many', (h) => h.writeUInt16LE(4, findCell(h, 'db') + 2), 'HIVE_VALUE'],
    ['a reference past the end', (h) => h.writeUInt32LE(0x7fff_fff8, root + 28), 'HIVE_CELL'],
    ['a reference into the hbin header', (h) => h.writeUInt32LE(8, root + 28), 'HIVE_CELL'],
    ['a reference to a free cell', (h) => h.writeInt32LE(200, findCell(h, 'lh', 1) - 4), 'HIVE_CELL'],
    ['a cell past the end', (h) => h.writeInt32LE(-0x7fff_fff8, first - 4), 'HIVE_CELL'],
    ['no key', (h) => h.write('xx', first, 'latin1'), 'HIVE_KEY'],
    ['no value', (h) => h.write('xx', findCell(h, 'vk'), 'latin1'), 'HIVE_VALUE'],
  ])('%s', (_, change, code) => {
    const bytes = patched(sound, change);
    expect(() => readAll(bytes)).toThrow(expect.objectContaining({ code }));
    expect(checkHive(bytes).map((problem) => problem.code)).toContain(code);
  });

  test('a value list that two keys share', () => {
    const bytes = patched(sound, (hive) => {
      const second = findCell(hive, 'nk', 3); // key b
      hive.copy(hive, second + 36, first + 36, first + 44);
    });
    expect(checkHive(bytes)).toMatchObject([{ code: 'HIVE_CELL', message: expect.stringContaining('one owner') }]);
  });
});

describe('random damage', () => {
  /** A small generator with a fixed seed (xorshift), so that a failure can be seen again. */
  const random = (seed: number) => {
    let state = seed;
    return (below: number): number => {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      return (state >>> 0) % below;
    };
  };

  test.each([
    ['small tree', sound, 1500],
    ['index of lists', large, 300],
  ])('%s: only the FormatError family escapes, and checkHive tells what reading would throw', (_, hive, runs) => {
    const next = random(0x05dc17);
    let refused = 0;
    for (let i = 0; i < runs; i++) {
      const bytes = Buffer.from(hive);
      for (let flips = 1 + next(4); flips > 0; flips--) {
        // Half the changes hit the first 2 KiB behind the header, where the structures are.
        const at = next(2) === 0 ? 4096 + next(2048) : next(bytes.length);
        bytes[at] = next(4) === 0 ? 0xff : next(256);
      }
      if (next(8) > 0) sign(bytes);
      const cut = next(10) === 0 ? bytes.subarray(0, next(bytes.length)) : bytes;
      const problems = checkHive(cut).filter(({ code }) => code !== 'HIVE_DIRTY');
      let thrown: unknown;
      try {
        readAll(cut);
      } catch (error) {
        thrown = error;
      }
      if (thrown !== undefined) expect(thrown).toBeInstanceOf(FormatError);
      expect(problems.length > 0).toBe(thrown !== undefined);
      if (thrown !== undefined) refused++;
    }
    // Otherwise the mutations would prove nothing.
    expect(refused).toBeGreaterThan(runs / 10);
  });
});
