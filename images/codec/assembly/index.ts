/** What both engines export: compiled by `asc` from here to WebAssembly, imported by engine-js.ts as it is. */
export { decodeLzx } from './lzx.ts';
export { compressLzx } from './lzx-compress.ts';
export { failedInputAt, failedOutputAt, failedValue } from './verdict.ts';
export { decodeXpress } from './xpress.ts';
export { compressXpress } from './xpress-compress.ts';
