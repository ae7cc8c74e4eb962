/** Mutations of compressed chunks, and both engines must agree on every one: bytes, or code and message of the error. */
import { createDecoder, type Compression, type EngineName } from '../../../images/codec/index.ts';
import { FormatError } from '../../../src/core/index.ts';
import type { Parser, SeedFacts } from '../parser.ts';

const decoders = new Map<string, ReturnType<typeof createDecoder>>();

function decoded(compression: Compression, engine: EngineName, bytes: Uint8Array, { size, chunkSize }: SeedFacts) {
  const key = `${compression} ${engine} ${chunkSize}`;
  const decoder = decoders.get(key) ?? createDecoder(compression, Number(chunkSize), { engine });
  decoders.set(key, decoder);
  try {
    return decoder.decode(bytes, Number(size));
  } catch (error) {
    if (error instanceof FormatError) return error;
    throw error;
  }
}

function exercise(compression: Compression, bytes: Uint8Array, facts: SeedFacts): void {
  const wasm = decoded(compression, 'wasm', bytes, facts);
  const js = decoded(compression, 'js', bytes, facts);
  if (wasm instanceof Uint8Array && js instanceof Uint8Array) {
    if (Buffer.compare(wasm, js) !== 0) throw new Error('WebAssembly and JavaScript decode different bytes');
    return;
  }
  if (wasm instanceof Uint8Array || js instanceof Uint8Array || wasm.message !== js.message) {
    throw new Error(`WebAssembly and JavaScript disagree: ${String(wasm)} / ${String(js)}`.slice(0, 500));
  }
  throw wasm;
}

export const codecParsers: readonly Parser[] = (['lzx', 'xpress'] as const).map((name) => ({
  name,
  exercise: (bytes, facts) => exercise(name, bytes, facts),
}));
