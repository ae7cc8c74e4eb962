/** The El Torito catalog against bytes measured on foreign discs (boot-standards 4.5). */
import { describe, expect, test } from 'vitest';
import { decodeBootCatalog, writeBootCatalog } from '../../../images/iso9660/index.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

describe('writeBootCatalog', () => {
  test('BIOS entry first: platform 00, checksum aa 55, section of UEFI behind', () => {
    const bytes = writeBootCatalog([
      { platform: 0, sectors: 8, block: 0x11223344 },
      { platform: 0xef, sectors: 2880, block: 0x55667788 },
    ]);
    expect(hex(bytes.subarray(0, 32))).toBe(`01000000${'00'.repeat(24)}aa5555aa`);
    expect(hex(bytes.subarray(32, 64))).toBe(`880000000000080044332211${'00'.repeat(20)}`);
    expect(hex(bytes.subarray(64, 96))).toBe(`91ef0100${'00'.repeat(28)}`);
    expect(hex(bytes.subarray(96, 128))).toBe(`880000000000400b88776655${'00'.repeat(20)}`);
    expect(bytes.subarray(128).every((byte) => byte === 0)).toBe(true);
  });

  test('UEFI alone: platform ef, checksum aa 66', () => {
    const bytes = writeBootCatalog([{ platform: 0xef, sectors: 1, block: 1 }]);
    expect(hex(bytes.subarray(0, 32))).toBe(`01ef0000${'00'.repeat(24)}aa6655aa`);
  });

  test('what it writes is what is read', () => {
    const entries = [1, 2, 3].map((n) => ({ platform: 0xef, sectors: n, block: 100 * n }));
    const { entries: read } = decodeBootCatalog(writeBootCatalog([entries[0]!, entries[1]!, entries[2]!]), 23);
    expect(read).toEqual(entries.map((entry) => ({ ...entry, bootable: true, media: 0 })));
  });

  test('refuses an image that the 16-bit count cannot say', () => {
    const write = () => writeBootCatalog([{ platform: 0xef, sectors: 65_536, block: 1 }]);
    expect(write).toThrow(expect.objectContaining({ code: 'ISO_BOOT_IMAGE_TOO_LARGE' }));
  });
});

describe('decodeBootCatalog refuses', () => {
  const good = writeBootCatalog([
    { platform: 0, sectors: 8, block: 1 },
    { platform: 0xef, sectors: 9, block: 2 },
  ]);
  test.each([
    ['a wrong checksum', 4, 1, /checksum/],
    ['a missing key', 0x1e, 0, /no validation entry/],
    ['an unknown section', 64, 0x44, /section header/],
    ['more entries than fit', 66, 0xff, /do not fit/],
  ])('%s', (_, offset, value, message) => {
    const bytes = good.slice();
    bytes[offset] = value;
    expect(() => decodeBootCatalog(bytes, 23)).toThrow(
      expect.objectContaining({ code: 'ISO_CATALOG', message: expect.stringMatching(message) }),
    );
  });
});
