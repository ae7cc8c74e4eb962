import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { memorySource } from '../../../images/bytes/index.ts';
import { readPe, readSignatures } from '../../../images/pe/index.ts';
import { FormatError } from '../../../src/core/index.ts';
import { handMadePe } from './hand-made-pe.ts';
import { fieldsOf, microsoft, signed } from './hand-made-signature.ts';

const good = handMadePe({
  imports: ['KERNEL32.dll', 'WS2_32.dll'],
  delayImports: ['ole32.dll'],
  version: [10, 0, 26100, 1],
  strings: { FileDescription: 'Boot Manager' },
  securityVersion: Uint8Array.of(0, 0, 8, 0),
  certificates: 16,
});

// Only stretches that hold something, so that nearly every mutation hits a field.
const place = fc.oneof(fc.integer({ min: 0x80, max: 0x1b8 }), fc.integer({ min: 0x400, max: 0x6a0 }));
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

const shim = signed(good.subarray(0, 0x3000), { issuer: microsoft['2011'] });
const inTable = fc.integer({ min: 0x3000, max: shim.length - 1 });
const inHeaders = fc.constantFrom(fieldsOf(shim).directory, fieldsOf(shim).directory + 4, 0x80 + 24, 0x80 + 20);

test('damaged signatures: an error of the format family, or an answer that does not call a changed signature whole', async () => {
  const [first] = await readSignatures(memorySource(shim));
  let refused = 0;
  let broken = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.oneof({ weight: 6, arbitrary: inTable }, inHeaders), value), {
        minLength: 1,
        maxLength: 4,
      }),
      fc.boolean(),
      async (hits, cut) => {
        const bytes = shim.slice();
        for (const [at, byte] of hits) bytes[at] = byte;
        const end = hits[0]?.[0] ?? 0;
        try {
          const found = await readSignatures(
            memorySource(cut && end % 4 === 0 ? bytes.subarray(0, end) : bytes, 'shim'),
          );
          for (const { digestMatches, signatureValid, signingCa, signedDigest } of found) {
            if (!digestMatches || !signatureValid) {
              broken++;
              continue;
            }
            expect(signingCa).toBe(first?.signingCa);
            expect(signedDigest).toBe(first?.signedDigest);
          }
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
          refused++;
        }
      },
    ),
    { numRuns: 2000, seed: 20261121 },
  );
  expect(refused).toBeGreaterThan(500);
  expect(broken).toBeGreaterThan(150);
}, 60_000);
