/** Stores edited in place: the meaning follows, the bytes of all else stay. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  bootManagerElement,
  checkBcd,
  deviceElement,
  editBcd,
  libraryElement,
  loaderElement,
  objectType,
  readBcd,
  winpeStore,
  writeBcd,
  type BcdObject,
  type BcdValue,
} from '../../../images/bcd/index.ts';
import { editHive, newValue, writeHive } from '../../../images/hive/index.ts';
import { FormatError } from '../../../src/core/index.ts';
import { cellChanges, rawCells, rawKeys } from '../hive/raw-hive.ts';
import { findCell, patched } from '../hive/hive-surgery.ts';
import { LOADER, MANAGER, OPTIONS } from './facts.ts';

const before = Buffer.from(writeBcd(winpeStore({ firmware: 'uefi' })));
const other = '{11111111-2222-3333-4444-555555555555}';
const text = (value: string): BcdValue => ({ kind: 'string', text: value });
const judged = (bytes: Uint8Array): Buffer => {
  const store = Buffer.from(bytes);
  rawKeys(store);
  return store;
};
const element = (bytes: Uint8Array, object: string, id: number): BcdValue | undefined =>
  readBcd(bytes)
    .objects.find((one) => one.id === object)
    ?.elements.find((one) => one.id === id)?.value;

describe('elements', () => {
  test('a timeout set: the eight bytes of its data, and the header', () => {
    const editor = editBcd(before);
    expect(editor.setElement(MANAGER, bootManagerElement.timeout, { kind: 'integer', integer: 5n })).toBe(true);
    const after = judged(editor.bytes());
    const { changed, gone, added } = cellChanges(before, after);
    expect([changed.length, gone, added]).toEqual([1, [], []]);
    expect(rawCells(after).get(changed[0] ?? 0)).toMatch(/^f.ffffff0500000000000000/);
    expect(element(after, MANAGER, bootManagerElement.timeout)).toEqual({ kind: 'integer', integer: 5n });
  });

  test('every kind set, in its form; what the store says besides stays', () => {
    const editor = editBcd(before);
    const values: [string, number, BcdValue][] = [
      [LOADER, libraryElement.description, text('a longer description than the one before')],
      [LOADER, loaderElement.winpe, { kind: 'boolean', on: false }],
      [LOADER, libraryElement.device, { kind: 'device', device: { kind: 'boot' }, options: null }],
      [MANAGER, bootManagerElement.default, { kind: 'object', id: other }],
      [MANAGER, bootManagerElement.displayorder, { kind: 'objectList', ids: [LOADER, other] }],
      [MANAGER, libraryElement.locale, text('de-DE')],
      [OPTIONS, deviceElement.ramdisktftpblocksize, { kind: 'integer', integer: 1456n }],
    ];
    for (const [object, id, value] of values) expect(editor.setElement(object.toUpperCase(), id, value)).toBe(true);
    for (const [object, id, value] of values) expect(editor.setElement(object, id, value)).toBe(false);
    const after = judged(editor.bytes());
    for (const [object, id, value] of values) expect(element(after, object, id)).toEqual(value);
    const named = (object: string, id: number): boolean => values.some(([a, b]) => a === object && b === id);
    const rest = (bytes: Uint8Array): unknown =>
      readBcd(bytes).objects.map(({ id, elements }) => elements.filter((one) => !named(id, one.id)));
    expect(rest(after)).toEqual(rest(before));
  });

  test('an integer of one byte that already says it keeps its byte', () => {
    const hive = editHive(before);
    const path = `Objects\\${MANAGER}\\Elements\\25000004`;
    hive.setValue(path, newValue.binary('Element', Uint8Array.of(30)));
    const short = hive.bytes();
    const editor = editBcd(short);
    expect(editor.setElement(MANAGER, bootManagerElement.timeout, { kind: 'integer', integer: 30n })).toBe(false);
    expect(Buffer.compare(editor.bytes(), short)).toBe(0);
    expect(editor.setElement(MANAGER, bootManagerElement.timeout, { kind: 'integer', integer: 31n })).toBe(true);
    expect(element(judged(editor.bytes()), MANAGER, bootManagerElement.timeout)).toEqual({
      kind: 'integer',
      integer: 31n,
    });
  });

  test('deleted: the judge misses it', () => {
    const editor = editBcd(before);
    expect(editor.deleteElement(LOADER, loaderElement.osdevice)).toBe(true);
    expect(editor.deleteElement(LOADER, loaderElement.osdevice)).toBe(false);
    expect(checkBcd(judged(editor.bytes())).map(({ code }) => code)).toEqual(['BCD_NO_OS_DEVICE']);
  });
});

describe('objects', () => {
  test('a second loader made and shown in the menu, the first one deleted', () => {
    const editor = editBcd(before);
    expect(editor.createObject(other, objectType.osLoader)).toBe(true);
    expect(editor.createObject(other, objectType.osLoader)).toBe(false);
    const loader = editor.store().objects.find(({ id }) => id === LOADER) as BcdObject;
    for (const { id, value } of loader.elements) editor.setElement(other, id, value);
    editor.setElement(MANAGER, bootManagerElement.default, { kind: 'object', id: other });
    editor.setElement(MANAGER, bootManagerElement.displayorder, { kind: 'objectList', ids: [other] });
    expect(editor.deleteObject(LOADER)).toBe(true);
    expect(editor.deleteObject(LOADER)).toBe(false);
    const after = judged(editor.bytes());
    expect(checkBcd(after, { firmware: 'uefi', exists: () => true })).toEqual([]);
    expect(readBcd(after).objects.map(({ id }) => id)).toEqual([other, OPTIONS, MANAGER]);
    expect(editor.store().objects).toHaveLength(3);
  });

  test('a time given is that of the keys that changed', () => {
    const editor = editBcd(before, { time: 132_000_000_000_000_000n });
    editor.deleteElement(LOADER, loaderElement.ems);
    const root = editHive(editor.bytes()).key(`Objects\\${LOADER}\\Elements`);
    expect(root?.lastWritten).toBe(132_000_000_000_000_000n);
  });
});

describe('refused', () => {
  const values: [string, () => unknown, string][] = [
    [
      'another kind',
      () => editBcd(before).setElement(LOADER, libraryElement.description, { kind: 'boolean', on: true }),
      'BCD_NEW_STORE',
    ],
    ['no such object', () => editBcd(before).setElement(other, libraryElement.description, text('x')), 'BCD_EDIT'],
    ['no id', () => editBcd(before).deleteObject('bootmgr'), 'BYTES_GUID'],
    ['another type', () => editBcd(before).createObject(LOADER, objectType.bootManager), 'BCD_EDIT'],
    ['a type of more than 32 bits', () => editBcd(before).createObject(other, 2 ** 32), 'BCD_EDIT'],
    ['a hive that is no store', () => editBcd(writeHive({ name: 'r' })), 'BCD_NOT_A_STORE'],
    ['a dirty store', () => editBcd(patched(before, (hive) => hive.writeUInt32LE(9, 4))), 'HIVE_DIRTY'],
    [
      'a damaged store',
      () => editBcd(patched(before, (hive) => hive.write('xx', findCell(hive, 'lf'), 'latin1'))),
      'HIVE_LIST',
    ],
  ];
  test.each(values)('%s', (_, edit, code) => {
    expect(edit).toThrow(expect.objectContaining({ code }));
  });
});

test('any elements set and deleted: the store that writing them afresh gives', () => {
  const ids = [libraryElement.description, libraryElement.path, loaderElement.systemroot, 0x2500_00c2, 0x2600_0010];
  const valueOf = (id: number, n: number): BcdValue => {
    if (id >>> 24 === 0x25) return { kind: 'integer', integer: BigInt(n) };
    return id >>> 24 === 0x26 ? { kind: 'boolean', on: n % 2 === 1 } : text('x'.repeat(n));
  };
  const step = fc.record({ id: fc.constantFrom(...ids), n: fc.nat(40), keep: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const editor = editBcd(before);
      const model = new Map<number, BcdValue>(
        readBcd(before)
          .objects.find(({ id }) => id === LOADER)
          ?.elements.map(({ id, value }) => [id, value]),
      );
      for (const { id, n, keep } of steps) {
        if (keep) editor.setElement(LOADER, id, valueOf(id, n));
        else editor.deleteElement(LOADER, id);
        if (keep) model.set(id, valueOf(id, n));
        else model.delete(id);
      }
      const now = readBcd(judged(editor.bytes())).objects.find(({ id }) => id === LOADER)?.elements ?? [];
      expect(now.map(({ id, value }) => [id, value])).toEqual([...model].sort(([a], [b]) => a - b));
    }),
    { numRuns: 60, seed: 3 },
  );
});

test('random damage: a format error, or an edit that reads back', () => {
  let state = 0x0bcde;
  const next = (below: number): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
  let refused = 0;
  const runs = 2000;
  for (let i = 0; i < runs; i++) {
    const bytes = Buffer.from(before);
    for (let flips = 1 + next(3); flips > 0; flips--) bytes[4096 + next(4096)] = next(256);
    try {
      const editor = editBcd(bytes);
      editor.createObject(other, objectType.osLoader);
      const value: BcdValue = { kind: 'device', device: { kind: 'boot' }, options: null };
      // A damaged id may have renamed any object but the one just made.
      for (const { id } of editor.store().objects) editor.setElement(id, libraryElement.device, value);
      expect(element(editor.bytes(), other, libraryElement.device)).toEqual(value);
    } catch (error) {
      expect(error).toBeInstanceOf(FormatError);
      refused++;
    }
  }
  expect(refused).toBeGreaterThan(runs / 10);
  expect(refused).toBeLessThan(runs * 0.9);
});
