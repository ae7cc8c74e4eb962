/**
 * The process that codec-compress.bench.ts measures: compresses a file in chunks, once to warm up and once for the figures, and
 * prints them as JSON. A process of its own, because CPU time is counted by process.
 *
 *     tsx codec-compress-process.ts FILE lzx|xpress wasm|js
 */
import { readFileSync } from 'node:fs';
import { argv } from 'node:process';
import { createCompressor, type Compression, type EngineName } from '../../images/codec/index.ts';

/** What it prints. */
export interface CompressFigures {
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
  readonly compressedBytes: number;
}

const chunkSize = 32_768;
const [, , file = '', compression, engine] = argv;
const bytes = readFileSync(file);
const compressor = createCompressor(compression as Compression, chunkSize, { engine: engine as EngineName });

function pass(): number {
  let compressed = 0;
  for (let at = 0; at < bytes.length; at += chunkSize) {
    const chunk = bytes.subarray(at, at + chunkSize);
    compressed += compressor.compress(chunk)?.length ?? chunk.length;
  }
  return compressed;
}

pass();
const wall = performance.now();
const cpu = process.cpuUsage();
const compressedBytes = pass();
const { user, system } = process.cpuUsage(cpu);
const figures: CompressFigures = {
  cpuSeconds: (user + system) / 1e6,
  wallSeconds: (performance.now() - wall) / 1e3,
  compressedBytes,
};
console.log(JSON.stringify(figures));
