/** The committed WebAssembly is what the pinned compiler makes of the sources, and stays small. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compileCodecs, wasmModulePath, wasmModuleText } from './build-wasm.ts';

test('images/codec/wasm-bytes.ts is up to date (else: npx tsx test/images/codec/build-wasm.ts)', async () => {
  const binary = await compileCodecs();
  expect(wasmModuleText(binary)).toBe(readFileSync(wasmModulePath, 'utf8'));
  expect(binary.length).toBeLessThan(16_384);
});
