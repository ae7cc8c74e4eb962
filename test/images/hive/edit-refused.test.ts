/** Hives that are not edited: dirty ones, and those in which a change could harm what it does not touch. Log files. */
import { describe, expect, test } from 'vitest';
import { memorySource } from '../../../images/bytes/index.ts';
import { editHive, openHiveEditor } from '../../../images/hive/index.ts';
import { hiveOf, small } from './edit-fixtures.ts';
import { findCell, patched } from './hive-surgery.ts';

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
