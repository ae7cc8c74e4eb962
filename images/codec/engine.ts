/** The two builds of the codecs behind one interface, and which of them is used. */
import { InputError } from '../../src/core/index.ts';
import { codecCode } from './codes.ts';
import { jsEngine } from './engine-js.ts';
import { wasmEngine } from './engine-wasm.ts';
import type { EngineName } from './types.ts';

/** The exports of assembly/index.ts and the memory they work on. Numbers are addresses and sizes in that memory. */
export interface Engine {
  readonly name: EngineName;
  /** Makes the memory at least `size` bytes long and returns it; the array is good until the next call. */
  memory(size: number): Uint8Array;
  decodeLzx(input: number, inputSize: number, outputSize: number, windowOrder: number): number;
  decodeXpress(input: number, inputSize: number, outputSize: number): number;
  compressLzx(size: number, windowOrder: number, depth: number): number;
  compressXpress(size: number, depth: number): number;
  failedInputAt(): number;
  failedOutputAt(): number;
  failedValue(): number;
}

/**
 * The engine that codecs get when they do not ask for one: `wasm`, or `js` where this Node has no WebAssembly or the
 * environment variable OSDKIT_CODEC says so. Throws InputError (`CODEC_ENGINE`) when that has an unknown value.
 */
export function codecEngine(): EngineName {
  const wanted = process.env['OSDKIT_CODEC'] ?? '';
  if (wanted !== '' && wanted !== 'js' && wanted !== 'wasm') {
    throw new InputError(codecCode.CODEC_ENGINE, `OSDKIT_CODEC is ${JSON.stringify(wanted)}, must be wasm or js`, {
      hint: 'Unset it to let osdkit choose.',
    });
  }
  return wanted === 'js' || wasmEngine() === undefined ? 'js' : 'wasm';
}

/** The engine of that name; JavaScript where WebAssembly is not there. */
export function engineNamed(name: EngineName): Engine {
  return (name === 'wasm' ? wasmEngine() : undefined) ?? jsEngine;
}
