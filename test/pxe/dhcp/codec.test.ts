/** Messages and bytes: identities, RFC 3396 and overload by hand-made bytes, and what hostile bytes get. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FormatError, InputError, LimitError } from '../../../src/core/index.ts';
import { addressText, decodeMessage, encodeMessage, rawOption } from '../../../pxe/dhcp/index.ts';
import { dhcpMessage } from '../../support/dhcp-message.ts';

const blank = dhcpMessage();

const byte = fc.integer({ min: 0, max: 255 });
const word = fc.integer({ min: 0, max: 0xffff });
const long = fc.integer({ min: 0, max: 0xffffffff });
const bytesOf = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const address = long.map(addressText);
const optionList = (maxLength: number) =>
  fc.uniqueArray(
    fc.record({
      code: fc.integer({ min: 1, max: 254 }).filter((code) => code !== 52),
      data: fc.uint8Array({ maxLength }),
    }),
    { selector: ({ code }) => code, maxLength: 12 },
  );
const anyMessage = fc.record({
  op: fc.constantFrom(1, 2),
  htype: byte,
  hlen: fc.integer({ min: 0, max: 16 }),
  hops: byte,
  xid: long,
  secs: word,
  flags: word,
  ciaddr: address,
  yiaddr: address,
  siaddr: address,
  giaddr: address,
  chaddr: bytesOf(16),
  sname: bytesOf(64),
  file: bytesOf(128),
  options: optionList(600),
});

/** A message of these option bytes, made without the encoder. */
function datagram(options: readonly number[], file: readonly number[] = [], sname: readonly number[] = []): Uint8Array {
  const bytes = new Uint8Array(240 + options.length);
  bytes.set([1, 1, 6]);
  bytes.set(sname, 44);
  bytes.set(file, 108);
  bytes.set([0x63, 0x82, 0x53, 0x63, ...options], 236);
  return bytes;
}

const decoded = (...parts: Parameters<typeof datagram>) =>
  decodeMessage(datagram(...parts)).options.map(({ code, data }) => [code, ...data]);

function codeOf(action: () => unknown, kind: new (...args: never[]) => Error): string {
  try {
    action();
  } catch (error) {
    expect(error).toBeInstanceOf(kind);
    return (error as FormatError).code;
  }
  return 'nothing thrown';
}

describe('what is encoded is decoded', () => {
  test('any message, options of more than 255 bytes included', () => {
    fc.assert(
      fc.property(anyMessage, (message) => {
        expect(decodeMessage(encodeMessage(message, { maximumSize: 65_000 }))).toEqual(message);
      }),
    );
  });

  test('options spill into file and sname when the receiver takes less, or are refused', () => {
    let spilt = 0;
    fc.assert(
      fc.property(optionList(120), fc.integer({ min: 244, max: 600 }), (options, maximumSize) => {
        const message = { ...blank, options };
        let bytes: Uint8Array;
        try {
          bytes = encodeMessage(message, { maximumSize, minimumSize: 0 });
        } catch (error) {
          expect(error).toBeInstanceOf(LimitError);
          return;
        }
        expect(bytes.length).toBeLessThanOrEqual(maximumSize);
        if (bytes[240] === 52) spilt += 1;
        expect(decodeMessage(bytes)).toEqual(message);
      }),
      { numRuns: 500, seed: 7 },
    );
    expect(spilt).toBeGreaterThan(20);
  });

  test('a field in use is not taken for options', () => {
    const options = [{ code: 43, data: new Uint8Array(100) }];
    const file = Uint8Array.from({ length: 128 }, () => 65);
    const sname = Uint8Array.from({ length: 64 }, () => 65);
    expect(codeOf(() => encodeMessage({ ...blank, file, sname, options }, { maximumSize: 300 }), LimitError)).toBe(
      'DHCP_SIZE',
    );
    expect(encodeMessage({ ...blank, sname, options }, { maximumSize: 300 })[108]).toBe(43);
  });

  test.each([0, 52, 255, 256, 1.5])('option code %d is refused', (code) => {
    const options = [{ code, data: new Uint8Array(1) }];
    expect(codeOf(() => encodeMessage({ ...blank, options }), InputError)).toBe('DHCP_VALUE');
  });

  test('a code twice and an address that is none are refused', () => {
    const twice = [12, 12].map((code) => ({ code, data: new Uint8Array(1) }));
    expect(codeOf(() => encodeMessage({ ...blank, options: twice }), InputError)).toBe('DHCP_VALUE');
    expect(codeOf(() => encodeMessage({ ...blank, siaddr: '10.0.0.256' }), InputError)).toBe('DHCP_VALUE');
  });

  test('a short message has 300 bytes, the last option ends with 255', () => {
    const bytes = encodeMessage({ ...blank, options: [{ code: 53, data: Uint8Array.of(2) }] });
    expect(bytes.length).toBe(300);
    expect([...bytes.subarray(236, 245)]).toEqual([0x63, 0x82, 0x53, 0x63, 53, 1, 2, 255, 0]);
  });
});

describe('bytes that others may send', () => {
  test('padding before and between options', () => {
    expect(decoded([0, 0, 60, 1, 65, 0, 53, 1, 1, 255, 12, 1, 66])).toEqual([
      [60, 65],
      [53, 1],
    ]);
  });

  test('an end that is missing', () => expect(decoded([53, 1, 1])).toEqual([[53, 1]]));

  test('pieces of one option are joined, over all three fields in the order options, file, sname (RFC 3396)', () => {
    const own = [52, 1, 3, 43, 2, 1, 2, 53, 1, 1, 43, 1, 3, 255];
    expect(decoded(own, [43, 1, 4, 255, 43, 1, 99], [43, 1, 5, 12, 1, 65, 255])).toEqual([
      [43, 1, 2, 3, 4, 5],
      [53, 1],
      [12, 65],
    ]);
  });

  test('file is left alone when option 52 names sname only', () => {
    const message = decodeMessage(datagram([52, 1, 2, 255], [80, 88], [12, 1, 65, 255]));
    expect([...message.file.subarray(0, 2)]).toEqual([80, 88]);
    expect(message.sname.every((value) => value === 0)).toBe(true);
    expect(rawOption(message, 12)).toEqual(Uint8Array.of(65));
    expect(rawOption(message, 52)).toBeUndefined();
  });

  test.each([
    ['nothing', new Uint8Array(0), 'DHCP_MESSAGE'],
    ['239 bytes', new Uint8Array(239), 'DHCP_MESSAGE'],
    ['no cookie', new Uint8Array(300), 'DHCP_MESSAGE'],
    ['op 3', datagram([255]).fill(3, 0, 1), 'DHCP_MESSAGE'],
    ['17 bytes of hardware address', datagram([255]).fill(17, 2, 3), 'DHCP_MESSAGE'],
    ['a code alone', datagram([53]), 'DHCP_OPTION_AREA'],
    ['an option longer than the datagram', datagram([53, 200, 1, 255]), 'DHCP_OPTION_AREA'],
    ['an option longer than file', datagram([52, 1, 1, 255], [12, 200]), 'DHCP_OPTION_AREA'],
    ['overload of 4', datagram([52, 1, 4, 255]), 'DHCP_OPTION_AREA'],
    ['overload twice', datagram([52, 1, 1, 52, 1, 2, 255]), 'DHCP_OPTION_AREA'],
    ['overload of two bytes', datagram([52, 2, 1, 1, 255]), 'DHCP_OPTION_AREA'],
  ])('%s', (_, bytes, code) => {
    expect(codeOf(() => decodeMessage(bytes), FormatError)).toBe(code);
  });

  test('any bytes after a good start give a message or a FormatError', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (tail) => {
        try {
          decodeMessage(datagram([...tail]));
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
        }
      }),
    );
  });
});
