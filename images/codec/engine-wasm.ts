/** The codecs as WebAssembly. One instance a thread serves all: a call leaves nothing behind that matters. */
import type { Engine } from './engine.ts';
import { wasmBase64 } from './wasm-bytes.ts';

const pageBytes = 65_536;

type Exports = Omit<Engine, 'name' | 'memory'> & {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
};

/** As much of the WebAssembly namespace as is used here: neither es2023 nor Node's types declare it. */
interface WebAssemblyNamespace {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
  readonly CompileError: new () => Error;
}

let engine: Engine | undefined;
let tried = false;

/** The WebAssembly engine, or undefined where it is not available (node --jitless, for example). */
export function wasmEngine(): Engine | undefined {
  if (tried) return engine;
  tried = true;
  const wasm = (globalThis as { WebAssembly?: WebAssemblyNamespace }).WebAssembly;
  if (wasm === undefined) return undefined;
  try {
    engine = instantiate(wasm);
  } catch (error) {
    // A Node that may not compile, or lacks the address space: the JavaScript engine does the same, slower.
    if (!(error instanceof wasm.CompileError) && !(error instanceof RangeError)) throw error;
  }
  return engine;
}

function instantiate(wasm: WebAssemblyNamespace): Engine {
  const module = new wasm.Module(Buffer.from(wasmBase64, 'base64'));
  const { memory, ...codecs } = new wasm.Instance(module).exports as Exports;
  let bytes = new Uint8Array(memory.buffer);
  return {
    name: 'wasm',
    memory(size) {
      if (size > bytes.length) {
        memory.grow(Math.ceil((size - bytes.length) / pageBytes));
        bytes = new Uint8Array(memory.buffer);
      }
      return bytes;
    },
    ...codecs,
  };
}
