/** Stores: the bytes that booted, as text, and every store comes back. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  describeBcd,
  libraryElement,
  loaderElement,
  readBcd,
  winpeStore,
  writeBcd,
  type BcdDevice,
  type BcdStore,
} from '../../../images/bcd/index.ts';
import { writeHive } from '../../../images/hive/index.ts';
import { LOADER, MANAGER, OPTIONS } from './facts.ts';

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
