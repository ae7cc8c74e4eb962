/** compressChunks: the same bytes and order with any number of threads, what it gives decodeChunks takes; cancelable, tidy. */
import { describe, expect, test } from 'vitest';
import {
  compressChunks,
  createCompressor,
  decodeChunks,
  type ChunksOptions,
  type CompressedChunk,
} from '../../../images/codec/index.ts';
import { CanceledError, InputError, InternalError, UnsupportedFeatureError } from '../../../src/core/index.ts';

const chunkSize = 32_768;
const options: ChunksOptions = { compression: 'lzx', chunkSize };

/** Every third chunk cannot be made smaller: its bytes come from a generator (xorshift) and do not repeat. */
function chunk(i: number): Uint8Array {
  if (i % 3 !== 2) return Buffer.alloc(i === 61 ? 777 : chunkSize, `chunk number ${i} of many `);
  let state = i + 1;
  return Uint8Array.from({ length: chunkSize }, () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state;
  });
}
const chunks = Array.from({ length: 62 }, (_, i) => chunk(i));

async function collect(source: Parameters<typeof compressChunks>[0], extra: Partial<ChunksOptions> = {}) {
  const results: CompressedChunk[] = [];
  let error: unknown;
  try {
    for await (const result of compressChunks(source, { ...options, ...extra })) results.push(result);
  } catch (thrown) {
    error = thrown;
  }
  return { results, error };
}

const expected = chunks.map((bytes) => ({
  bytes: Uint8Array.from(createCompressor('lzx', chunkSize).compress(bytes) ?? bytes),
  size: bytes.length,
}));

describe.each([0, 1, 2, 3])('%i workers', (workers) => {
  test('each chunk as the compressor makes it, raw where that is not smaller; and back', async () => {
    const { results, error } = await collect(chunks, { workers });
    expect(error).toBeUndefined();
    expect(results).toEqual(expected);
    expect(results.filter(({ bytes, size }) => bytes.length === size).length).toBe(20);
    const back: Uint8Array[] = [];
    for await (const bytes of decodeChunks(results, { ...options, workers })) back.push(bytes.slice());
    expect(Buffer.compare(Buffer.concat(back), Buffer.concat(chunks))).toBe(0);
  });

  test('nothing gives nothing, the source may use its buffer again', async () => {
    expect(await collect([], { workers })).toEqual({ results: [], error: undefined });
    const buffer = new Uint8Array(chunkSize);
    function* reuse(): Generator<Uint8Array> {
      for (const bytes of chunks.slice(0, 40)) {
        buffer.set(bytes);
        yield buffer.subarray(0, bytes.length);
        buffer.fill(0xff);
      }
    }
    expect((await collect(reuse(), { workers })).results).toEqual(expected.slice(0, 40));
  });

  test('a source that fails, a chunk that is too long: the chunks before come, then the error', async () => {
    function* failing(): Generator<Uint8Array> {
      yield* chunks.slice(0, 30);
      throw new RangeError('disk on fire');
    }
    const failed = await collect(failing(), { workers });
    expect(failed.results.length).toBe(30);
    expect(failed.error).toEqual(new RangeError('disk on fire'));
    const long = await collect(chunks.with(20, new Uint8Array(chunkSize + 1)), { workers });
    expect(long.results.length).toBe(20);
    expect(long.error).toBeInstanceOf(InternalError);
  });

  test('canceled in the middle: no further chunk, the source is closed', async () => {
    const stop = new AbortController();
    let closed = false;
    async function* endless(): AsyncGenerator<Uint8Array> {
      try {
        for (;;) yield* chunks;
      } finally {
        closed = true;
      }
    }
    let count = 0;
    const run = async () => {
      for await (const { bytes } of compressChunks(endless(), { ...options, workers, signal: stop.signal })) {
        expect(bytes.length).toBeGreaterThan(0);
        count += 1;
        if (count === 70) stop.abort();
      }
    };
    await expect(run()).rejects.toBeInstanceOf(CanceledError);
    expect(count).toBe(70);
    expect(closed).toBe(true);
  });
});

test('no compression: every chunk comes back raw', async () => {
  const { results } = await collect(chunks.slice(0, 3), { compression: 'none', workers: 1 });
  expect(results).toEqual(chunks.slice(0, 3).map((bytes) => ({ bytes: Uint8Array.from(bytes), size: bytes.length })));
});

test('what cannot work is refused at once, not at the first chunk', () => {
  expect(() => compressChunks([], { compression: 'lzms', chunkSize })).toThrow(UnsupportedFeatureError);
  expect(() => compressChunks([], { ...options, workers: -1 })).toThrow(InputError);
});
