/** Elements: names, formats, and device bytes against boot-chain.md 1 and 1.1. */
import { describe, expect, test } from 'vitest';
import {
  bootManagerElement,
  decodeElement,
  deviceElement,
  elementFormat,
  elementId,
  elementName,
  encodeElement,
  libraryElement,
  loaderElement,
  memoryTestElement,
  objectTitle,
  resumeElement,
  type BcdDevice,
  type BcdValue,
} from '../../../images/bcd/index.ts';
import { bootElement, OPTIONS, ramdiskElement } from './facts.ts';

describe('elements', () => {
  test('names depend on the object; custom ones have numbers', () => {
    expect(elementName(0x22000002, 0x10200003)).toBe('systemroot');
    expect(elementName(0x22000002, 0x10200004)).toBe('filepath');
    expect(elementName(0x24000001, 0x10100002)).toBe('displayorder');
    expect(elementName(0x24000001, 0x10200003)).toBe('custom:24000001');
    expect(elementId('SystemRoot', 0x10200003)).toBe(0x22000002);
    expect(elementId('nointegritychecks', 0x10200003)).toBe(0x16000048);
    expect(elementId('ramdisktftpvarwindow', 0x30000000)).toBe(0x3600000b);
    expect(elementId('custom:26000202', 0x10200003)).toBe(0x26000202);
    expect(elementId('systemroot', 0x10100002)).toBeUndefined();
    expect(elementId('constructor', 0x10200003)).toBeUndefined();
    expect(objectTitle('{x}', 0x10200003)).toBe('Windows Boot Loader');
  });

  test('every name in the tables has an id of its own, in its class and with a known format', () => {
    const tables = [
      [libraryElement, 1],
      [bootManagerElement, 2],
      [loaderElement, 2],
      [resumeElement, 2],
      [memoryTestElement, 2],
      [deviceElement, 3],
    ] as const;
    for (const [table, elementClass] of tables) {
      const ids = Object.values(table);
      expect(new Set(ids).size).toBe(ids.length);
      for (const id of ids) {
        expect(id >>> 28).toBe(elementClass);
        expect(elementFormat(id)).toBeDefined();
      }
    }
  });

  const element = (value: BcdValue, id: number): string => Buffer.from(encodeElement(id, value).data).toString('hex');

  test('device boot, and the ramdisk of the media, byte for byte', () => {
    expect(element({ kind: 'device', device: { kind: 'boot' }, options: null }, 0x31000003)).toBe(
      bootElement.toString('hex'),
    );
    const device: BcdDevice = { kind: 'ramdisk', parent: { kind: 'boot' }, path: '\\sources\\boot.wim' };
    expect(element({ kind: 'device', device, options: OPTIONS }, 0x11000001)).toBe(ramdiskElement.toString('hex'));
    expect(decodeElement(0x11000001, { type: 3, data: ramdiskElement })).toEqual({
      kind: 'device',
      device,
      options: OPTIONS,
    });
  });

  test('garbage in the fields that memory fills is passed over', () => {
    const data = Buffer.from(ramdiskElement);
    data.fill(0xcd, 36, 56);
    expect(decodeElement(0x11000001, { type: 3, data })).toMatchObject({ device: { kind: 'ramdisk' } });
  });

  test('partitions: GPT by GUIDs, MBR by offset and signature', () => {
    const gpt = Buffer.alloc(88);
    gpt.writeUInt32LE(6, 16);
    gpt.writeUInt32LE(72, 24);
    Buffer.from('33221100554477668899aabbccddeeff', 'hex').copy(gpt, 32);
    Buffer.from('ccddeeffaabb88997766554433221100', 'hex').copy(gpt, 56);
    expect(decodeElement(0x21000001, { type: 3, data: gpt })).toMatchObject({
      device: {
        kind: 'gpt-partition',
        partition: '00112233-4455-6677-8899-aabbccddeeff',
        disk: 'ffeeddcc-bbaa-9988-7766-554433221100',
      },
    });
    const mbr: BcdDevice = { kind: 'mbr-partition', offset: 1_048_576n, signature: 0xdeadbeef };
    const bytes = Buffer.from(element({ kind: 'device', device: mbr, options: null }, 0x21000001), 'hex');
    expect(bytes.length).toBe(88);
    expect([bytes.readBigUInt64LE(32), bytes.readUInt32LE(52), bytes.readUInt32LE(56)]).toEqual([
      1_048_576n,
      1,
      0xdeadbeef,
    ]);
    expect(decodeElement(0x21000001, { type: 3, data: bytes })).toMatchObject({ device: mbr });
  });

  test('a device of another kind keeps its bytes', () => {
    const data = Buffer.alloc(60);
    data.writeUInt32LE(8, 16);
    data.writeUInt32LE(44, 24);
    data.fill(7, 32);
    const value = decodeElement(0x21000001, { type: 3, data });
    expect(value).toMatchObject({ device: { kind: 'other', type: 8 } });
    expect(element(value, 0x21000001)).toBe(data.toString('hex'));
  });

  test.each<[number, string, unknown]>([
    [0x25000004, '1e', { kind: 'integer', integer: 30n }], // the timeout on ISO media
    [0x15000014, '00c201', { kind: 'integer', integer: 115_200n }], // its baud rate
    [0x35000007, '8e05000000000000', { kind: 'integer', integer: 1422n }],
    [0x25000004, '', { kind: 'unreadable', reason: 'expected an integer of 1 to 8 bytes, found 0 bytes' }],
    [0x25000004, '00'.repeat(9), { kind: 'unreadable', reason: 'expected an integer of 1 to 8 bytes, found 9 bytes' }],
    [0x26000010, '01', { kind: 'boolean', on: true }],
    [0x260000b0, '00', { kind: 'boolean', on: false }],
    [0x1700000a, '0100000000000000', { kind: 'integerList', integers: [1n] }],
    [0x1700000a, '01', { kind: 'unreadable', reason: 'expected integers of 8 bytes each, found 1 bytes' }],
    [0x18000001, '01', { kind: 'unreadable', reason: 'expected an element format of 1 to 7, found another' }],
    [0x11000001, '00', { kind: 'unreadable', reason: expect.stringContaining('at least 32 bytes') }],
  ])('%i holding %s', (id, hex, value) => {
    expect(decodeElement(id, { type: 3, data: Buffer.from(hex, 'hex') })).toEqual(value);
  });

  test('a value of another kind than the id asks for is refused', () => {
    expect(() => encodeElement(0x12000004, { kind: 'boolean', on: true })).toThrow(
      '12000004 holds string, not boolean',
    );
    expect(() => encodeElement(0x12000004, { kind: 'unreadable', reason: '' })).toThrow('not unreadable');
    expect(() => encodeElement(0x25000004, { kind: 'integer', integer: -1n })).toThrow('64 bits');
    expect(() => encodeElement(0x23000003, { kind: 'object', id: 'bootmgr' })).toThrow('is not a GUID');
  });
});
