/** Sources: whatever they are composed of, any split of the reads gives the same bytes, and parts say the same as reads. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  concatSource,
  memorySource,
  overlaySource,
  partLength,
  readAll,
  sliceSource,
  zeroSource,
  type ByteSource,
} from '../../../images/bytes/index.ts';

const chunk = fc.uint8Array({ maxLength: 40 });

function bytesOfParts(source: ByteSource): Uint8Array {
  return Buffer.concat((source.parts ?? []).map((part) => ('bytes' in part ? part.bytes : new Uint8Array(0))));
}

describe('composed sources', () => {
  it('concat equals the bytes one after another, for every read and for the parts', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(chunk, { maxLength: 5 }), fc.nat(), fc.nat(), async (chunks, x, y) => {
        const whole = Buffer.concat(chunks);
        const source = concatSource(chunks.map((bytes) => memorySource(bytes)));
        const from = whole.length === 0 ? 0 : x % whole.length;
        const length = whole.length === from ? 0 : y % (whole.length - from);
        expect(Buffer.from(await source.read(from, length))).toEqual(whole.subarray(from, from + length));
        expect(Buffer.from(bytesOfParts(source))).toEqual(whole);
        const slice = sliceSource(source, from, length);
        expect(Buffer.from(await readAll(slice))).toEqual(whole.subarray(from, from + length));
        expect(Buffer.from(bytesOfParts(slice))).toEqual(whole.subarray(from, from + length));
        expect((slice.parts ?? []).reduce((sum, part) => sum + partLength(part), 0)).toBe(length);
      }),
    );
  });

  it('overlay equals writing the patches into a copy', async () => {
    const patch = fc.record({ offset: fc.nat(60), bytes: chunk });
    await fc.assert(
      fc.asyncProperty(chunk, fc.array(patch, { maxLength: 4 }), async (base, patches) => {
        const size = patches.reduce((end, one) => Math.max(end, one.offset + one.bytes.length), base.length);
        const expected = new Uint8Array(size);
        expected.set(base);
        for (const one of patches) expected.set(one.bytes, one.offset);
        expect(await readAll(overlaySource(memorySource(base), patches))).toEqual(expected);
      }),
    );
  });

  it('refuses reads past the end with place and sizes', async () => {
    await expect(zeroSource(10).read(8, 3)).rejects.toThrow(/zero:10: 3 bytes wanted at 0x8, .* ends at 0xa/);
    expect(() => sliceSource(zeroSource(10), 5, 6)).toThrow(/6 bytes wanted at 0x5/);
    await expect(readAll(zeroSource(11), 10)).rejects.toThrow(/11 bytes, the limit here is 10/);
  });

  it('gives equal bytes equal ids', () => {
    expect(memorySource(Uint8Array.of(1, 2)).id).toBe(memorySource(Uint8Array.of(1, 2)).id);
    expect(memorySource(Uint8Array.of(1, 2)).id).not.toBe(memorySource(Uint8Array.of(2, 1)).id);
  });
});
