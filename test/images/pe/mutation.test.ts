import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { memorySource } from '../../../images/bytes/index.ts';
import { readPe } from '../../../images/pe/index.ts';
import { FormatError } from '../../../src/core/index.ts';
import { handMadePe } from './hand-made-pe.ts';

const good = handMadePe({
  imports: ['KERNEL32.dll', 'WS2_32.dll'],
  delayImports: ['ole32.dll'],
  version: [10, 0, 26100, 1],
  strings: { FileDescription: 'Boot Manager' },
  certificates: 16,
});

// Only stretches that hold something, so that nearly every mutation hits a field.
const place = fc.oneof(fc.integer({ min: 0x80, max: 0x1b8 }), fc.integer({ min: 0x400, max: 0x620 }));
const value = fc.oneof(fc.constantFrom(0, 1, 0x7f, 0x80, 0xff), fc.integer({ min: 0, max: 255 }));

test('damaged programs end in errors of the format family, in bounded time', async () => {
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(place, value), { minLength: 1, maxLength: 6 }),
      fc.boolean(),
      async (hits, cut) => {
        const bytes = good.slice();
        for (const [at, byte] of hits) bytes[at] = byte;
        const source = memorySource(cut ? bytes.subarray(0, hits[0]?.[0]) : bytes, 'mutated');
        try {
          await readPe(source);
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
          refused++;
        }
      },
    ),
    { numRuns: 2000, seed: 20261121 },
  );
  expect(refused).toBeGreaterThan(800);
});
