/** Damaged hives under edit: a named format error, or a sound hive; never anything else, and never a hive made worse. */
import { describe, expect, test } from 'vitest';
import { FormatError } from '../../../src/core/index.ts';
import {
  checkHive,
  editHive,
  newValue,
  parseHive,
  treeOf,
  writeHive,
  type NewKey,
} from '../../../images/hive/index.ts';
import { sign } from './hive-surgery.ts';
import { rawKeys } from './raw-hive.ts';

const tree: NewKey = {
  name: 'root',
  subkeys: [
    { name: 'a', className: 'class', subkeys: [{ name: 'c' }], values: [newValue.string('s', 'a longer text')] },
    { name: 'b', values: [newValue.binary('big', new Uint8Array(17_000).fill(3)), newValue.dword('d', 5)] },
    { name: 'Ω', values: [newValue.multiString('ж', ['x', 'y'])] },
  ],
};
const large: NewKey = { name: 'root', subkeys: Array.from({ length: 700 }, (_, i) => ({ name: `key ${i}` })) };

/** A hive with free cells between those in use. */
function worn(start: NewKey): Buffer {
  const editor = editHive(writeHive(start, { minorVersion: 5 }));
  for (let i = 0; i < 8; i++) editor.setValue('', newValue.binary(`v${i}`, new Uint8Array(20 * i)));
  for (let i = 0; i < 8; i += 2) editor.deleteValue('', `v${i}`);
  return Buffer.from(editor.bytes());
}

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

describe('random damage', () => {
  test.each([
    ['small tree', worn(tree), 2200],
    ['index of lists', worn(large), 100],
  ])('%s', (_, hive, runs) => {
    const next = random(0x0ed17);
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
      let result: Uint8Array | undefined;
      try {
        const editor = editHive(cut);
        editor.setValue('', newValue.string('new', 'something new'));
        editor.deleteValue('', 'v1');
        editor.createKey('b\\new\\key');
        editor.setValue('b\\new', newValue.binary('x', new Uint8Array(17_000)));
        editor.deleteKey('a');
        editor.deleteKey('key 5');
        const first = parseHive(editor.bytes()).root.subkeys()[0]?.name ?? '';
        // A damaged name may be one that no path can say.
        if (!/[\\\0]/.test(first) && first !== '') editor.renameKey(first, 'a name that is longer than before');
        result = editor.bytes();
      } catch (error) {
        expect(error).toBeInstanceOf(FormatError);
        refused++;
      }
      if (result === undefined) continue;
      expect(checkHive(result)).toEqual([]);
      expect(() => treeOf(parseHive(result).root)).not.toThrow();
    }
    // Otherwise the mutations would prove nothing, or the edits.
    expect(refused).toBeGreaterThan(runs / 10);
    expect(refused).toBeLessThan(runs * 0.9);
  });

  test('counts and longest names that another program wrote wrong do not harm what is used', () => {
    const hive = Buffer.from(writeHive(tree, { minorVersion: 5 }));
    for (let at = hive.indexOf('sk', 4096, 'latin1'); at >= 0; at = -1) hive.writeUInt32LE(1, at + 12);
    const editor = editHive(hive);
    editor.deleteKey('b');
    const after = Buffer.from(editor.bytes());
    rawKeys(after);
    expect(checkHive(after)).toEqual([]);
  });
});
