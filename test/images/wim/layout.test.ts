/** The declared structures: what is decoded encodes to the same bytes, and the fields lie where the format says. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FormatError } from '../../../src/core/index.ts';
import { encodeBlobTable, parseBlobTable } from '../../../images/wim/blob-table.ts';
import { blobEntry, dentryFixed, resourceHeader, streamFixed, wimHeader } from '../../../images/wim/layout.ts';

describe('WIM structures', () => {
  test('sizes are those of the format', () => {
    expect([wimHeader.size, resourceHeader.size, blobEntry.size, dentryFixed.size, streamFixed.size]).toEqual([
      208, 24, 50, 102, 38,
    ]);
  });

  test('a resource header is a 56-bit size, flags, offset and size', () => {
    const bytes = Uint8Array.of(
      0xef,
      0xcd,
      0xab,
      0x89,
      0x67,
      0x45,
      0x01,
      0x06,
      1,
      2,
      3,
      4,
      5,
      6,
      0,
      0,
      9,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
    );
    const record = resourceHeader.decode(bytes);
    expect(record).toEqual({ storedSize: 0x01_4567_89ab_cdef, flags: 6, offset: 0x0605_0403_0201, size: 9 });
    expect(resourceHeader.encode(record)).toEqual(bytes);
  });

  for (const structure of [wimHeader, blobEntry, dentryFixed, streamFixed]) {
    test(`${structure.name}: any bytes encode again as they were, or are refused by name`, () => {
      const anyBytes = fc.uint8Array({ minLength: structure.size, maxLength: structure.size });
      fc.assert(
        fc.property(anyBytes, (bytes) => {
          let encoded: Uint8Array;
          try {
            encoded = (structure as typeof wimHeader).encode((structure as typeof wimHeader).decode(bytes));
          } catch (error) {
            expect(error).toBeInstanceOf(FormatError);
            return;
          }
          // A stored size above 2^53 is not exact as a number; no file is that large and range checks refuse it.
          const stored = structure === wimHeader ? [0x36, 0x4e, 0x66, 0x82] : structure === blobEntry ? [6] : [];
          if (stored.some((at) => (bytes[at] as number) >= 0x20)) return;
          expect(encoded).toEqual(bytes);
        }),
      );
    });
  }

  test('a blob table encodes again as it was, whatever its flags', () => {
    const field = fc.integer({ min: 0, max: 0xffff_ffff });
    const entry = fc.record({ storedSize: field, flags: fc.nat(255), offset: field, size: field });
    const table = fc.array(fc.tuple(entry, fc.nat(0xffff), field, fc.uint8Array({ minLength: 20, maxLength: 20 })));
    fc.assert(
      fc.property(table, (entries) => {
        const bytes = new Uint8Array(50 * entries.length);
        entries.forEach(([resource, partNumber, referenceCount, hash], i) => {
          blobEntry.encodeInto(bytes, 50 * i, { resource, partNumber, referenceCount, hash });
        });
        expect(encodeBlobTable(parseBlobTable(bytes).entries)).toEqual(bytes);
      }),
    );
  });

  test('a blob table of odd length is refused', () => {
    expect(() => parseBlobTable(new Uint8Array(51))).toThrow(expect.objectContaining({ code: 'WIM_BLOB_TABLE' }));
  });
});
