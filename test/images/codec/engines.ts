/** Both engines side by side: every codec test goes through here, so that none can drift from the other. */
import { expect } from 'vitest';
import { createDecoder, type Compression } from '../../../images/codec/index.ts';
import { FormatError } from '../../../src/core/index.ts';

/** What decoding gave: the bytes, or the error that the caller sees. */
export type Outcome = { readonly bytes: Uint8Array } | { readonly code: string; readonly error: FormatError };

/** Decodes with WebAssembly and with JavaScript, and expects the same bytes or the same error of both. */
export function decodeBoth(compression: Compression, chunkSize: number, chunk: Uint8Array, size: number): Outcome {
  const wasm = decodeWith('wasm', compression, chunkSize, chunk, size);
  const js = decodeWith('js', compression, chunkSize, chunk, size);
  if ('bytes' in wasm && 'bytes' in js) {
    if (Buffer.compare(wasm.bytes, js.bytes) !== 0) expect(js.bytes).toEqual(wasm.bytes);
  } else if ('error' in wasm && 'error' in js) {
    expect(js.error.toJSON()).toEqual(wasm.error.toJSON());
  } else {
    expect(js).toEqual(wasm);
  }
  return wasm;
}

function decodeWith(
  engine: 'wasm' | 'js',
  compression: Compression,
  chunkSize: number,
  chunk: Uint8Array,
  size: number,
): Outcome {
  try {
    return { bytes: createDecoder(compression, chunkSize, { engine }).decode(chunk, size) };
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return { code: error.code, error };
  }
}

/** The bytes of {@link decodeBoth}; fails when there is an error instead. */
export function bytesOf(outcome: Outcome): number[] {
  if ('error' in outcome) throw outcome.error;
  return [...outcome.bytes];
}

/** The error code of {@link decodeBoth}, or undefined. */
export function codeOf(outcome: Outcome): string | undefined {
  return 'error' in outcome ? outcome.code : undefined;
}
