/** Stores with random damage. */
import { expect, test } from 'vitest';
import { checkBcd, readBcd, winpeStore, writeBcd } from '../../../images/bcd/index.ts';
import { FormatError } from '../../../src/core/index.ts';

const baseBytes = writeBcd(winpeStore({ firmware: 'uefi' }));

test('random damage: readBcd throws nothing but FormatError, checkBcd nothing at all', () => {
  let state = 0x0bcd;
  const next = (below: number): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
  // The store fills less than this behind the base block.
  const used = 4096;
  let refused = 0;
  for (let i = 0; i < 1200; i++) {
    const bytes = Buffer.from(baseBytes);
    for (let flips = 1 + next(3); flips > 0; flips--) bytes[4096 + next(used)] = next(256);
    try {
      readBcd(bytes);
    } catch (error) {
      expect(error).toBeInstanceOf(FormatError);
      refused++;
    }
    expect(Array.isArray(checkBcd(bytes, { exists: () => true, firmware: 'uefi' }))).toBe(true);
  }
  expect(refused).toBeGreaterThan(200);
});
