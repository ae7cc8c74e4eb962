/** Stores: the bytes that booted, elements by name, devices, what sloppy stores hold, and every store comes back. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  bootManagerElement,
  decodeElement,
  describeBcd,
  deviceElement,
  elementFormat,
  elementId,
  elementName,
  encodeElement,
  libraryElement,
  loaderElement,
  memoryTestElement,
  objectTitle,
  readBcd,
  resumeElement,
  winpeStore,
  writeBcd,
  type BcdDevice,
  type BcdStore,
  type BcdValue,
} from '../../../images/bcd/index.ts';
import { writeHive } from '../../../images/hive/index.ts';
import { bootElement, LOADER, MANAGER, OPTIONS, ramdiskElement } from './facts.ts';

const tftp = { blockSize: 1456, windowSize: 4, variableWindow: true };
const plain = (store: BcdStore): unknown =>
  store.objects
    .map(({ id, type, elements }) => ({
      id,
      type,
      elements: elements.map((element) => ({ id: element.id, value: element.value })).sort((a, b) => a.id - b.id),
    }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));

describe('winpeStore', () => {
  // SHA-256 of what lab/image/bcdw.py writes (shared project texts): the very stores that Microsoft's boot managers
  // started from CD, stick, TFTP and HTTP. A difference means: measure again.
  test.each([
    ['uefi', {}, '8f10d961d2e5aa5d18edeaccdca3a66101834afa00163b7bf35aa3fce020d0a1'],
    ['bios', {}, 'b47652271ec29f9492021707916744f6fc53e2e59947b29c4df480886cca7482'],
    ['uefi', { tftp }, '11db9db7dffdebbeefe581ece23f2307b5bb8018f6b746c66d652bc5f8a8d3ee'],
  ] as const)('%s %o: the bytes that booted', (firmware, options, sha256) => {
    const bytes = writeBcd(winpeStore({ firmware, description: 'WinPE', ...options }));
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
  });

  test('every option lands in its element', () => {
    const store = winpeStore({
      firmware: 'bios',
      wimPath: '\\a.wim',
      sdiPath: '\\b.sdi',
      loaderPath: '\\c.exe',
      description: 'D',
      locale: 'de-DE',
      timeout: 5,
    });
    const text = describeBcd(readBcd(writeBcd(store)));
    expect(text).toContain(`device                  ramdisk=[boot]\\a.wim,${OPTIONS}\n`);
    expect(text).toContain(`osdevice                ramdisk=[boot]\\a.wim,${OPTIONS}\n`);
    expect(text).toContain(
      'path                    \\c.exe\ndescription             D\nlocale                  de-DE\n',
    );
    expect(text).toContain('ramdisksdipath          \\b.sdi\n');
    expect(text).toContain('timeout                 5\n');
  });

  test.each([
    [{ wimPath: 'sources\\boot.wim' }, 'wimPath'],
    [{ sdiPath: '/boot/boot.sdi' }, 'sdiPath'],
    [{ loaderPath: '\\' }, 'loaderPath'],
    [{ timeout: -1 }, 'timeout is -1'],
    [{ tftp: { blockSize: 4 } }, 'tftp.blockSize is 4, must be a whole number from 8 to 65464'],
    [{ tftp: { windowSize: 65_536 } }, 'tftp.windowSize'],
  ])('%o is refused', (options, message) => {
    expect(() => winpeStore({ firmware: 'uefi', ...options })).toThrow(message);
    expect(() => winpeStore({ firmware: 'uefi', ...options })).toThrow(
      expect.objectContaining({ code: 'BCD_NEW_STORE' }),
    );
  });
});

test('describeBcd prints what bcdedit would', () => {
  const golden = readFileSync(new URL('golden/winpe-uefi-tftp.txt', import.meta.url), 'utf8');
  expect(describeBcd(readBcd(writeBcd(winpeStore({ firmware: 'uefi', tftp }))))).toBe(golden);
});

test('describeBcd: other objects, partitions, choices, what cannot be read', () => {
  const gpt: BcdDevice = {
    kind: 'gpt-partition',
    partition: '00112233-4455-6677-8899-aabbccddeeff',
    disk: 'ffeeddcc-bbaa-9988-7766-554433221100',
  };
  const store: BcdStore = {
    objects: [
      {
        id: LOADER,
        type: 0x10200003,
        elements: [
          { id: libraryElement.device, value: { kind: 'device', device: gpt, options: null } },
          { id: loaderElement.nx, value: { kind: 'integer', integer: 1n } },
          { id: loaderElement.bootmenupolicy, value: { kind: 'integer', integer: 1n } },
          { id: 0x2600_fff0, value: { kind: 'boolean', on: true } },
          { id: libraryElement.badmemorylist, value: { kind: 'integerList', integers: [1n, 255n] } },
          { id: libraryElement.path, value: { kind: 'unreadable', reason: 'why' } },
        ],
      },
      { id: '{7ea2e1ac-2e61-4728-aaa3-896d9d0a9f0e}', type: 0x20100000, elements: [] },
    ],
  };
  expect(describeBcd(store)).toBe(
    [
      'Windows Boot Loader',
      '-------------------',
      `identifier              ${LOADER}`,
      'device                  partition={00112233-4455-6677-8899-aabbccddeeff} on disk {ffeeddcc-bbaa-9988-7766-554433221100}',
      'path                    (unreadable: why)',
      'badmemorylist           0x1',
      '                        0xff',
      'nx                      OptOut',
      'bootmenupolicy          Standard',
      'custom:2600fff0         Yes',
      '',
      'Global Settings',
      '---------------',
      'identifier              {globalsettings}',
      '',
    ].join('\n'),
  );
});

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

describe('any store comes back', () => {
  const guid = fc.uuid().map((id) => `{${id}}`);
  const text = fc.string({ unit: fc.constantFrom('a', 'Z', '\\', 'ä', '日', ' '), maxLength: 20 });
  const plainDevice: fc.Arbitrary<BcdDevice> = fc.oneof(
    fc.constant({ kind: 'boot' } as const),
    fc.record({ kind: fc.constant('gpt-partition' as const), partition: fc.uuid(), disk: fc.uuid() }),
    fc.record({
      kind: fc.constant('mbr-partition' as const),
      offset: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
      signature: fc.nat(0xffff_ffff),
    }),
  );
  const device = fc.oneof(
    plainDevice,
    fc.record({ kind: fc.constant('ramdisk' as const), parent: plainDevice, path: text }),
  );
  const u64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
  const element = fc.oneof(
    fc.record({ device, options: fc.option(guid) }).map((v) => [1, { kind: 'device', ...v }] as const),
    text.map((v) => [2, { kind: 'string', text: v }] as const),
    guid.map((id) => [3, { kind: 'object', id }] as const),
    fc.array(guid, { maxLength: 3 }).map((ids) => [4, { kind: 'objectList', ids }] as const),
    u64.map((integer) => [5, { kind: 'integer', integer }] as const),
    fc.boolean().map((on) => [6, { kind: 'boolean', on }] as const),
    fc.array(u64, { maxLength: 3 }).map((integers) => [7, { kind: 'integerList', integers }] as const),
  );
  const elements = fc.uniqueArray(
    fc
      .tuple(fc.integer({ min: 1, max: 3 }), fc.nat(0xff_ffff), element)
      .map(([elementClass, low, [format, value]]) => ({ id: elementClass * 2 ** 28 + format * 2 ** 24 + low, value })),
    { maxLength: 8, selector: ({ id }) => id },
  );
  const store = fc.record({
    keyName: text,
    objects: fc.uniqueArray(fc.record({ id: guid, type: fc.nat(0xffff_ffff), elements }), {
      maxLength: 6,
      selector: ({ id }) => id,
    }),
  });

  test('written, read: the same; written again: the same bytes', () => {
    fc.assert(
      fc.property(store, (given) => {
        // An all-zero GUID stands for "no options object".
        const bytes = writeBcd(given);
        const read = readBcd(bytes);
        expect(plain(read)).toEqual(plain(given));
        expect(Buffer.compare(writeBcd(read), bytes)).toBe(0);
      }),
      { numRuns: 150, seed: 11 },
    );
  });
});

describe('hives that are no stores', () => {
  const objects = (...subkeys: Parameters<typeof writeHive>[0][]): Uint8Array =>
    writeHive({ name: 'r', subkeys: [{ name: 'Objects', subkeys }] });

  test.each([
    [writeHive({ name: 'r' }), 'BCD_NOT_A_STORE', 'has no key Objects'],
    [objects({ name: 'bootmgr' }), 'BCD_OBJECT', 'not a GUID'],
    [objects({ name: MANAGER }), 'BCD_OBJECT', 'Description\\Type'],
    [
      objects({
        name: MANAGER,
        subkeys: [
          { name: 'Description', values: [{ name: 'Type', type: 4, data: Uint8Array.of(2, 0, 16, 16) }] },
          { name: 'Elements', subkeys: [{ name: 'abc' }] },
        ],
      }),
      'BCD_OBJECT',
      '"abc" is not 8 digits',
    ],
  ])('%#', (bytes, code, message) => {
    expect(() => readBcd(bytes)).toThrow(message);
    expect(() => readBcd(bytes)).toThrow(expect.objectContaining({ code }));
  });
});
