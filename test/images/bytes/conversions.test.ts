/** Small conversions against values that others document. */
import { describe, expect, it } from 'vitest';
import {
  alignUp,
  calendarTime,
  crc16,
  crc32,
  decodeUtf16be,
  decodeUtf16le,
  encodeLatin1,
  encodeUtf16be,
  encodeUtf16le,
  formatGuid,
  fromDosTime,
  fromFileTime,
  parseGuid,
  toDosTime,
  toFileTime,
} from '../../../images/bytes/index.ts';

describe('conversions', () => {
  it('stores a GUID in mixed byte order', () => {
    const bytes = parseGuid('{7619DCC8-fafe-11d9-b411-000476eba25f}');
    expect(Buffer.from(bytes).toString('hex')).toBe('c8dc1976fefad911b411000476eba25f');
    expect(formatGuid(bytes)).toBe('7619dcc8-fafe-11d9-b411-000476eba25f');
    expect(() => parseGuid('7619dcc8')).toThrow(/is not a GUID/);
  });

  it('knows the FILETIME of 1970 and of 2000', () => {
    expect(toFileTime(0)).toBe(116_444_736_000_000_000n);
    expect(toFileTime(Date.UTC(2000, 0, 1))).toBe(125_911_584_000_000_000n);
    expect(fromFileTime(125_911_584_000_000_000n)).toBe(Date.UTC(2000, 0, 1));
  });

  it('holds FAT times to two seconds and to 1980..2107', () => {
    const noon = Date.UTC(2026, 10, 21, 12, 34, 57);
    const { date, time } = toDosTime(noon);
    expect([date, time]).toEqual([(46 << 9) | (11 << 5) | 21, (12 << 11) | (34 << 5) | 28]);
    expect(fromDosTime(date, time)).toBe(noon - 1000);
    expect(toDosTime(0)).toEqual({ date: (1 << 5) | 1, time: 0 });
    expect(calendarTime(noon)).toEqual({ year: 2026, month: 11, day: 21, hour: 12, minute: 34, second: 57 });
  });

  it('computes the check values of both CRCs', () => {
    const digits = encodeLatin1('123456789');
    expect(crc32(digits)).toBe(0xcbf43926);
    expect(crc32(digits.subarray(4), crc32(digits.subarray(0, 4)))).toBe(0xcbf43926);
    // ECMA-167 7.2.6 names the bytes 70 6A 77 and the value 3299.
    expect(crc16(Uint8Array.of(0x70, 0x6a, 0x77))).toBe(0x3299);
  });

  it('encodes UTF-16 in both orders', () => {
    expect([...encodeUtf16le('Aß')]).toEqual([0x41, 0, 0xdf, 0]);
    expect([...encodeUtf16be('Aß')]).toEqual([0, 0x41, 0, 0xdf]);
    expect(decodeUtf16le(encodeUtf16le('Grüße 漢字 😀'))).toBe('Grüße 漢字 😀');
    expect(decodeUtf16be(encodeUtf16be('Grüße 漢字 😀'))).toBe('Grüße 漢字 😀');
    expect(() => encodeLatin1('漢')).toThrow(/not Latin-1/);
  });

  it('aligns numbers beyond 32 bits', () => {
    expect(alignUp(2 ** 40 + 1, 4096)).toBe(2 ** 40 + 4096);
  });
});
