import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { memorySink, memorySource, type ByteSource } from '../../../images/bytes/index.ts';
import { captureWim, openWim, type CaptureNode } from '../../../images/wim/index.ts';
import { countingSource } from './counting-source.ts';

const MiB = 1024 * 1024;
const noise = (seed: string, size: number): Uint8Array =>
  createHash('shake256', { outputLength: size }).update(seed).digest();

function file(name: string, content: ByteSource): CaptureNode {
  return { name, kind: 'file', modified: 130_000_000_000_000_000n, content };
}

async function capture(files: readonly CaptureNode[], compression: 'none' | 'lzx') {
  const sink = memorySink();
  const root: CaptureNode = { name: '', kind: 'directory', modified: 130_000_000_000_000_000n, children: files };
  const options = { compression, bootIndex: 0, guid: '00112233-4455-4677-8899-aabbccddeeff', created: 0 };
  const report = await captureWim({ root, name: 'n' }, options, sink);
  return { report, wim: await openWim(memorySource(sink.bytes())) };
}

/** A source that gives other bytes from its second reading on, and does not tell. */
function fickle(first: Uint8Array, then: Uint8Array): ByteSource {
  let reads = 0;
  const { id, size } = memorySource(first);
  return {
    id,
    name: 'fickle.bin',
    size,
    read: async (offset, length) => (++reads * MiB > size ? then : first).subarray(offset, offset + length),
  };
}

describe.each(['none', 'lzx'] as const)('equal contents, written with %s', (compression) => {
  test.each([100, MiB, 2 * MiB + 5])(
    'of %i bytes are written once; one that differs in the last byte is not',
    async (size) => {
      const bytes = noise('a', size);
      const other = Uint8Array.from(bytes);
      other[size - 1] = (other[size - 1] ?? 0) ^ 1;
      const { report, wim } = await capture(
        [
          file('a', memorySource(bytes)),
          file('b', memorySource(other)),
          file('c', memorySource(Uint8Array.from(bytes))),
          file('d', memorySource(bytes)),
        ],
        compression,
      );
      expect(report.shared).toBe(2);
      const { blobs } = await wim.blobTable();
      expect(blobs.map(({ referenceCount }) => referenceCount)).toEqual([3, 1]);
      const image = await wim.image(1);
      for (const [name, expected] of [
        ['a', bytes],
        ['b', other],
        ['c', bytes],
        ['d', bytes],
      ] as const) {
        const read = await image.file(name)?.read(0, size);
        expect(Buffer.from(read ?? []).equals(expected)).toBe(true);
      }
    },
  );

  test('a large content of a size that no other has is read once', async () => {
    const alone = countingSource(memorySource(noise('b', 3 * MiB)));
    const small = countingSource(memorySource(noise('c', 1000)));
    const twin = countingSource(memorySource(noise('c', 1000)));
    // Compressible: what does not shrink is read again to be stored whole.
    const flat = countingSource(memorySource(new Uint8Array(2 * MiB)));
    await capture([file('a', alone), file('b', small), file('c', twin), file('d', flat)], 'none');
    expect([alone.bytes, small.bytes, twin.bytes, flat.bytes]).toEqual([3 * MiB, 1000, 1000, 2 * MiB]);
  });

  test('a content that is another one when it is read again is refused', async () => {
    const size = 2 * MiB;
    const files = [file('a', memorySource(noise('d', size))), file('b', fickle(noise('e', size), noise('f', size)))];
    await expect(capture(files, compression)).rejects.toMatchObject({ code: 'BYTES_FILE_CHANGED' });
  });
});
