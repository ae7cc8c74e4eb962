/** The decoders' face: stored chunks, sizes that cannot be, what is not supported, which engine is in use. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import { codecEngine, createDecoder } from '../../../images/codec/index.ts';
import { FormatError, InputError, InternalError, UnsupportedFeatureError } from '../../../src/core/index.ts';
import { decodeBoth, bytesOf, codeOf } from './engines.ts';
import { literals } from './tokens.ts';
import { encodeXpress } from './xpress-writer.ts';

afterEach(() => vi.unstubAllEnvs());

describe('stored chunks', () => {
  const data = Uint8Array.from({ length: 500 }, (_, i) => i & 255);

  test.each(['none', 'xpress', 'lzx'] as const)('%s: a chunk as long as its data is copied', (compression) => {
    const outcome = decodeBoth(compression, 32_768, data, 500);
    expect(bytesOf(outcome)).toEqual([...data]);
    expect('bytes' in outcome && outcome.bytes.buffer).not.toBe(data.buffer);
  });

  test('none: any other length is refused', () => {
    expect(codeOf(decodeBoth('none', 32_768, data, 501))).toBe('CODEC_INPUT_EXHAUSTED');
    expect(codeOf(decodeBoth('none', 32_768, data, 499))).toBe('CODEC_STORED_SIZE');
  });

  test.each(['xpress', 'lzx'] as const)('%s: longer than the chunk size is refused', (compression) => {
    expect(codeOf(decodeBoth(compression, 32_768, new Uint8Array(32_769), 500))).toBe('CODEC_STORED_SIZE');
  });
});

describe('what is not decoded', () => {
  test('LZMS', () => {
    expect(() => createDecoder('lzms', 131_072)).toThrow(UnsupportedFeatureError);
  });

  test.each([
    ['lzx', 0],
    ['lzx', 16_384],
    ['lzx', 32_769],
    ['lzx', 2 ** 22],
    ['lzx', Number.NaN],
    ['xpress', 2048],
    ['xpress', 131_072],
    ['xpress', -32_768],
  ] as const)('%s with chunks of %i bytes', (compression, chunkSize) => {
    expect(() => createDecoder(compression, chunkSize)).toThrow(FormatError);
    expect(() => createDecoder(compression, chunkSize)).toThrow(/chunk size is .*, must be a power of two from/u);
  });

  test.each([0, -1, 1.5, 32_769])('a caller that asks for %d bytes', (size) => {
    expect(() => createDecoder('lzx', 32_768).decode(new Uint8Array(10), size)).toThrow(InternalError);
  });
});

describe('results belong to the caller', () => {
  const chunk = encodeXpress(literals('mine'));

  test('decode gives a fresh array each time', () => {
    const decoder = createDecoder('xpress', 32_768);
    const first = decoder.decode(chunk, 4);
    decoder.decode(encodeXpress(literals('your')), 4);
    expect(Buffer.from(first).toString()).toBe('mine');
  });

  test('decodeInto writes into the part given, and nothing when the chunk is damaged', () => {
    const target = new Uint8Array(6).fill(1);
    const decoder = createDecoder('xpress', 32_768);
    decoder.decodeInto(chunk, target.subarray(1, 5));
    expect([...target]).toEqual([1, ...Buffer.from('mine'), 1]);
    expect(() => decoder.decodeInto(chunk.subarray(0, 100), target)).toThrow(FormatError);
    expect([...target]).toEqual([1, ...Buffer.from('mine'), 1]);
  });

  test('shared memory on both sides', () => {
    const input = new Uint8Array(new SharedArrayBuffer(chunk.length));
    input.set(chunk);
    const target = new Uint8Array(new SharedArrayBuffer(4));
    createDecoder('xpress', 32_768).decodeInto(input, target);
    expect(Buffer.from(target).toString()).toBe('mine');
  });
});

describe('which engine', () => {
  test('WebAssembly, unless OSDKIT_CODEC says js', () => {
    vi.stubEnv('OSDKIT_CODEC', undefined);
    expect(codecEngine()).toBe('wasm');
    vi.stubEnv('OSDKIT_CODEC', 'js');
    expect(codecEngine()).toBe('js');
    vi.stubEnv('OSDKIT_CODEC', 'wasm');
    expect(codecEngine()).toBe('wasm');
  });

  test('an unknown value is refused', () => {
    vi.stubEnv('OSDKIT_CODEC', 'native');
    expect(() => codecEngine()).toThrow(InputError);
  });
});
