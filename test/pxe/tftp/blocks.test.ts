/** Counting: ends of files, and numbers beyond 16 bits. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { blockCount, blockOfWire, blockRange, wireNumber } from '../../../pxe/tftp/index.ts';

test.each([
  [0, 1, 0],
  [1, 1, 1],
  [511, 1, 511],
  [512, 2, 0],
  [513, 2, 1],
  [5120, 11, 0],
])('%i bytes are %i blocks of 512, the last of %i bytes', (size, count, last) => {
  expect(blockCount(size, 512)).toBe(count);
  expect(blockRange(count, 512, size)).toEqual({ offset: (count - 1) * 512, length: last });
});

test('a file of 5 GB in blocks of 8', () => {
  const size = 5_000_000_003;
  const last = blockCount(size, 8);
  expect(blockRange(last, 8, size)).toEqual({ offset: 5_000_000_000, length: 3 });
});

test.each([
  [0, 0, 0],
  [1, 1, 1],
  [65535, 65535, 65535],
  [65536, 0, 1],
  [65537, 1, 2],
  [131070, 65534, 65535],
  [131071, 65535, 1],
  [131072, 0, 2],
])('block %i is %i on the wire, or %i with rollover to 1', (block, zero, one) => {
  expect(wireNumber(block, 0)).toBe(zero);
  expect(wireNumber(block, 1)).toBe(one);
});

test('a number on the wire names one block of a window, or none', () => {
  const range = fc.record({
    first: fc.integer({ min: 0, max: 300_000 }),
    length: fc.integer({ min: 0, max: 255 }),
    offset: fc.integer({ min: -300, max: 600 }),
    rollover: fc.constantFrom(0 as const, 1 as const),
  });
  fc.assert(
    fc.property(range, ({ first, length, offset, rollover }) => {
      const block = first + offset;
      if (block < 0) return;
      const inside = offset >= 0 && offset <= length;
      expect(blockOfWire(wireNumber(block, rollover), first, first + length, rollover)).toBe(inside ? block : null);
    }),
    { numRuns: 2000, seed: 6 },
  );
});

test('0 names nothing where it is never sent', () => {
  expect(blockOfWire(0, 65535, 65540, 1)).toBeNull();
  expect(blockOfWire(0, 65535, 65540, 0)).toBe(65536);
  expect(blockOfWire(0, 0, 4, 1)).toBe(0);
});
