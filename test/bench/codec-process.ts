/**
 * Our codecs over a file of chunks (chunk-files.ts), in a process of its own: what libwim-codec.c does with libwim's. One pass to
 * warm up, then PASSES; user CPU time and wall time of one pass and the bytes that came out as JSON.
 *
 *     node codec-process.mjs decode|compress lzx|xpress FILE PASSES
 */
import { argv } from 'node:process';
import { createCompressor, createDecoder, type Compression } from '../../images/codec/index.ts';
import { readChunkFile } from './chunk-files.ts';

const chunkSize = 32_768;
const [, , direction, form, file = '', count] = argv;
const compression = form as Compression;
const passes = Number(count);
const chunks = readChunkFile(file);
const target = new Uint8Array(chunkSize);
const decoder = createDecoder(compression, chunkSize);
const compressor = createCompressor(compression, chunkSize);

function pass(): number {
  let total = 0;
  for (const { bytes, size } of chunks) {
    if (direction === 'decode') decoder.decodeInto(bytes, size === chunkSize ? target : target.subarray(0, size));
    total += direction === 'decode' ? size : (compressor.compress(bytes)?.length ?? size);
  }
  return total;
}

pass();
const start = performance.now();
const cpu = process.cpuUsage();
let size = 0;
for (let i = 0; i < passes; i++) size = pass();
const { user } = process.cpuUsage(cpu);
console.log(JSON.stringify({ cpu: user / 1e6 / passes, wall: (performance.now() - start) / 1e3 / passes, size }));
