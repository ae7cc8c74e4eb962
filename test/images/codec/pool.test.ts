/** decodeChunks: the same bytes, order and errors with any number of threads; bounded, cancelable, tidy. */
import { describe, expect, test } from 'vitest';
import { decodeChunks, type CompressedChunk, type ChunksOptions } from '../../../images/codec/index.ts';
import {
  CanceledError,
  FormatError,
  InputError,
  InternalError,
  UnsupportedFeatureError,
} from '../../../src/core/index.ts';
import { literals } from './tokens.ts';
import { encodeXpress } from './xpress-writer.ts';

const chunkSize = 32_768;
const options: ChunksOptions = { compression: 'xpress', chunkSize };

/** Chunk number i says its number and repeats it up to the chunk size: different sizes, different bytes. */
function chunk(i: number): CompressedChunk {
  const name = `chunk ${i} `;
  const size = i % 7 === 6 ? 5 + name.length : chunkSize;
  const tokens = [...literals(name), { offset: name.length, length: size - name.length }];
  return { bytes: encodeXpress(tokens), size };
}
const chunks = Array.from({ length: 120 }, (_, i) => chunk(i));

async function digest(source: Parameters<typeof decodeChunks>[0], extra: Partial<ChunksOptions> = {}) {
  const names: string[] = [];
  let error: unknown;
  try {
    for await (const bytes of decodeChunks(source, { ...options, ...extra })) {
      names.push(`${bytes.length} ${Buffer.from(bytes.subarray(0, 10)).toString()} ${bytes.at(-1)}`);
    }
  } catch (thrown) {
    error = thrown;
  }
  return { names, error };
}

test.each([0, 2])('something else is done once before the first chunk is given, with %i workers', async (workers) => {
  const events: string[] = [];
  const meanwhile = async (): Promise<void> => void events.push('meanwhile');
  for await (const bytes of decodeChunks(chunks, { ...options, workers, meanwhile })) events.push(`${bytes.length}`);
  expect(events[0]).toBe('meanwhile');
  expect(events).toHaveLength(121);
  const fail = (): Promise<never> => Promise.reject(new Error('of it'));
  expect(await digest(chunks, { workers, meanwhile: fail })).toEqual({ names: [], error: new Error('of it') });
  expect(await digest([], { workers, meanwhile: fail })).toEqual({ names: [], error: new Error('of it') });
});

describe('any number of workers', () => {
  const here = digest(chunks);

  test('in this thread', async () => {
    const { names, error } = await here;
    expect(error).toBeUndefined();
    expect(names.length).toBe(120);
    expect(names[0]).toBe(`32768 chunk 0 ch ${'chunk 0 '.charCodeAt(32_767 % 8)}`);
  });

  test.each([1, 2, 3])('%i workers', async (workers) => {
    expect(await digest(chunks, { workers })).toEqual(await here);
    expect(await digest(chunks, { workers, engine: 'js' })).toEqual(await here);
  });

  test('an empty source', async () => {
    for (const workers of [0, 2]) expect(await digest([], { workers })).toEqual({ names: [], error: undefined });
  });

  test('chunks larger than a batch', async () => {
    const large = { compression: 'lzx', chunkSize: 2 ** 20 } as const;
    const stored = Array.from({ length: 5 }, (_, i) => ({ bytes: new Uint8Array(2 ** 20).fill(i), size: 2 ** 20 }));
    const sums = async (workers: number) => {
      const found: number[] = [];
      for await (const bytes of decodeChunks(stored, { ...large, workers }))
        found.push(bytes.length + (bytes[77] ?? 0));
      return found;
    };
    expect(await sums(2)).toEqual([0, 1, 2, 3, 4].map((i) => 2 ** 20 + i));
    expect(await sums(2)).toEqual(await sums(0));
  });

  test('the source may use its buffer again', async () => {
    const buffer = new Uint8Array(2000);
    function* reuse(): Generator<CompressedChunk> {
      for (const { bytes, size } of chunks) {
        buffer.fill(0xff).set(bytes);
        yield { bytes: buffer.subarray(0, bytes.length), size };
      }
    }
    expect(await digest(reuse(), { workers: 2 })).toEqual(await here);
  });
});

describe.each([0, 1, 2])('errors with %i workers', (workers) => {
  test('a damaged chunk: those before it come, the error names it', async () => {
    const bad = chunks.with(57, { bytes: (chunks[57] as CompressedChunk).bytes.subarray(0, 100), size: chunkSize });
    const { names, error } = await digest(bad, { workers });
    expect(names.length).toBe(57);
    expect(error).toBeInstanceOf(FormatError);
    expect(error).toMatchObject({ code: 'CODEC_INPUT_EXHAUSTED', details: { chunk: 57 } });
    expect((error as FormatError).message).toMatch(/^XPRESS chunk 57 at byte 100 of 100/u);
  });

  test('a source that fails: the chunks before come, then its own error', async () => {
    function* failing(): Generator<CompressedChunk> {
      yield* chunks.slice(0, 40);
      throw new RangeError('disk on fire');
    }
    const { names, error } = await digest(failing(), { workers });
    expect(names.length).toBe(40);
    expect(error).toEqual(new RangeError('disk on fire'));
  });

  test('a size above the chunk size is our bug', async () => {
    const { names, error } = await digest(chunks.with(20, { bytes: new Uint8Array(9), size: chunkSize + 1 }), {
      workers,
    });
    expect(names.length).toBe(20);
    expect(error).toBeInstanceOf(InternalError);
  });

  test('canceled before it starts', async () => {
    const { names, error } = await digest(chunks, { workers, signal: AbortSignal.abort() });
    expect(names).toEqual([]);
    expect(error).toBeInstanceOf(CanceledError);
  });

  test('canceled in the middle: no further chunk, the source is closed', async () => {
    const stop = new AbortController();
    let closed = false;
    async function* endless(): AsyncGenerator<CompressedChunk> {
      try {
        for (;;) yield* chunks;
      } finally {
        closed = true;
      }
    }
    let count = 0;
    const run = async () => {
      for await (const bytes of decodeChunks(endless(), { ...options, workers, signal: stop.signal })) {
        expect(bytes.length).toBeGreaterThan(0);
        count += 1;
        if (count === 150) stop.abort();
      }
    };
    await expect(run()).rejects.toBeInstanceOf(CanceledError);
    expect(count).toBe(150);
    expect(closed).toBe(true);
  });

  test('a reader that stops early: the source is closed, and was not read far ahead', async () => {
    let read = 0;
    let closed = false;
    async function* counted(): AsyncGenerator<CompressedChunk> {
      try {
        for (;;) {
          for (const chunk of chunks) {
            read += 1;
            yield chunk;
          }
        }
      } finally {
        closed = true;
      }
    }
    let bytes = 0;
    for await (const piece of decodeChunks(counted(), { ...options, workers })) {
      bytes += piece.length;
      if (bytes > 3 * 2 ** 20) break;
    }
    expect(closed).toBe(true);
    // At most two batches a worker, of at least 512 KiB: 16 to 19 of these chunks.
    expect(read).toBeLessThan(120 + (workers + 1) * 2 * 20);
  });
});

test('what cannot work is refused at once, not at the first chunk', () => {
  expect(() => decodeChunks([], { compression: 'lzms', chunkSize })).toThrow(UnsupportedFeatureError);
  for (const workers of [-1, 1.5, 257, Number.NaN]) {
    expect(() => decodeChunks([], { ...options, workers })).toThrow(InputError);
  }
});
