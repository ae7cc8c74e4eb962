/** The codec: bytes of the RFCs' figures, every packet back to itself, and strangers' bytes to named errors. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readPacket, type TftpPacket, writePacket } from '../../../pxe/tftp/index.ts';
import { FormatError } from '../../../src/core/index.ts';

const latin = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));

describe('bytes as the RFCs draw them', () => {
  const packets: readonly (readonly [string, TftpPacket])[] = [
    ['\0\x01\\Boot\\BCD\0octet\0', { kind: 'read', name: '\\Boot\\BCD', mode: 'octet', options: [] }],
    [
      '\0\x01a\0octet\0tsize\x000\0blksize\x001468\0',
      {
        kind: 'read',
        name: 'a',
        mode: 'octet',
        options: [
          { name: 'tsize', value: '0' },
          { name: 'blksize', value: '1468' },
        ],
      },
    ],
    ['\0\x02a\0netascii\0', { kind: 'write', name: 'a', mode: 'netascii', options: [] }],
    ['\0\x03\xff\xfehello', { kind: 'data', block: 65534, payload: latin('hello') }],
    ['\0\x03\0\x01', { kind: 'data', block: 1, payload: new Uint8Array() }],
    ['\0\x04\x01\x02', { kind: 'ack', block: 258, window: null }],
    ['\0\x04\x01\x02\x05', { kind: 'ack', block: 258, window: 5 }],
    ['\0\x05\0\x08no\0', { kind: 'error', code: 8, message: 'no' }],
    ['\0\x06tsize\x007680\0', { kind: 'oack', options: [{ name: 'tsize', value: '7680' }] }],
  ];
  test.each(packets)('%j', (text, packet) => {
    expect(readPacket(latin(text))).toEqual(packet);
    expect(writePacket(packet)).toEqual(latin(text));
  });
});

test('every packet that can be written is read again', () => {
  const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }).filter((value) => !value.includes('\0'));
  const number = fc.integer({ min: 0, max: 65535 });
  const options = fc.array(fc.record({ name: text, value: text }), { maxLength: 8 });
  const request = { name: text, mode: text, options };
  const any: fc.Arbitrary<TftpPacket> = fc.oneof(
    fc.record({ kind: fc.constant('read' as const), ...request }),
    fc.record({ kind: fc.constant('write' as const), ...request }),
    fc.record({ kind: fc.constant('data' as const), block: number, payload: fc.uint8Array({ maxLength: 2000 }) }),
    fc.record({
      kind: fc.constant('ack' as const),
      block: number,
      window: fc.option(fc.integer({ min: 0, max: 255 })),
    }),
    fc.record({ kind: fc.constant('error' as const), code: number, message: text }),
    fc.record({
      kind: fc.constant('oack' as const),
      options: fc.array(fc.record({ name: text, value: text }), { minLength: 1, maxLength: 8 }),
    }),
  );
  fc.assert(
    fc.property(any, (packet) => {
      expect(readPacket(writePacket(packet))).toEqual(packet);
    }),
    { seed: 6 },
  );
});

describe('what is tolerated', () => {
  test('zeros behind the last option, as old ROMs pad', () => {
    expect(readPacket(latin('\0\x01a\0octet\0\0\0\0\0'))).toMatchObject({ name: 'a', options: [] });
    expect(readPacket(latin('\0\x01a\0octet\0tsize\x000\0\0\0'))).toMatchObject({ options: [{ name: 'tsize' }] });
  });
  test('an error text without its NUL, and a long one is cut', () => {
    expect(readPacket(latin('\0\x05\0\0TFTP Aborted'))).toEqual({ kind: 'error', code: 0, message: 'TFTP Aborted' });
    const long = readPacket(latin(`\0\x05\0\0${'x'.repeat(5000)}`));
    expect(long.kind === 'error' && long.message.length).toBe(256);
  });
  test('bytes behind the fifth of an ACK', () => {
    expect(readPacket(latin('\0\x04\0\x01\x08\0\0'))).toEqual({ kind: 'ack', block: 1, window: 8 });
  });
  test('names that are not UTF-8 are marked as such', () => {
    expect(readPacket(latin('\0\x01\xff\0octet\0'))).toMatchObject({ name: '\uFFFD' });
  });
});

describe('what is refused, with the offset', () => {
  test.each([
    ['', 'it has 0 bytes'],
    ['\0', 'it has 1 bytes'],
    ['\0\x04\0', 'it has 3 bytes'],
    ['\0\x00ab', 'opcode 0'],
    ['\0\x07ab', 'opcode 7'],
    ['\x01\x01ab', 'opcode 257'],
    ['\0\x01abc', 'offset 2: the file name does not end'],
    ['\0\x01a\0octet', 'offset 4: the mode does not end'],
    ['\0\x01a\0octet\0tsize\0', 'offset 10: option "tsize" has no value'],
    ['\0\x01a\0octet\0tsize\x000', 'the value of "tsize" does not end'],
    ['\0\x01a\0octet\0\0\0x\0', 'an option without name'],
    [`\0\x01${'a'.repeat(2048)}\0octet\0`, 'at most 2048'],
    [`\0\x01a\0octet\0${'a\x001\0'.repeat(33)}`, 'more than 32 options'],
    [`\0\x03\0\x01${'a'.repeat(65465)}`, 'at most 65468'],
  ])('%j', (text, reason) => {
    expect(() => readPacket(latin(text))).toThrow(FormatError);
    expect(() => readPacket(latin(text))).toThrow(reason);
  });

  test('any bytes end in a packet or a FormatError', () => {
    const start = fc.constantFrom([], [0, 1], [0, 2], [0, 5], [0, 6]);
    fc.assert(
      fc.property(start, fc.uint8Array({ maxLength: 80 }), (head, tail) => {
        try {
          readPacket(Uint8Array.of(...head, ...tail));
        } catch (problem) {
          expect(problem).toBeInstanceOf(FormatError);
        }
      }),
      { numRuns: 5000, seed: 6 },
    );
  });

  test('a text with a NUL cannot be written', () => {
    expect(() => writePacket({ kind: 'error', code: 0, message: 'a\0b' })).toThrow('holds a NUL');
  });
});
