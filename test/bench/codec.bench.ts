/**
 * Decoding speed, WebAssembly against JavaScript, over chunks that wimlib makes of 16 MiB of this machine's node binary.
 * Vitest's table gives rounds a second; the best round of each in MB/s is printed below it.
 */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, readSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, bench, describe } from 'vitest';
import { startWorker } from '../../images/bytes/index.ts';
import type { CompressedChunk } from '../../images/codec/index.ts';
import { chunkedResources } from '../images/codec/wim-chunks.ts';
import { findTools } from '../support/tools.ts';
import type { BenchWork } from './codec-bench-worker.ts';

const tools = findTools(['wimlib-imagex']);
const chunkSize = 32_768;
const endings: (() => Promise<unknown>)[] = [];
const lines: string[] = [];

function chunksOf(level: string): CompressedChunk[] {
  const scratch = mkdtempSync(join(tmpdir(), 'osdkit-bench-'));
  const folder = join(scratch, 'tree');
  mkdirSync(folder);
  try {
    const bytes = Buffer.alloc(16 * 2 ** 20);
    const node = openSync(process.execPath, 'r');
    readSync(node, bytes, 0, bytes.length, 30 * 2 ** 20);
    closeSync(node);
    writeFileSync(join(folder, 'file'), bytes);
    const wim = `${folder}.wim`;
    const args = ['capture', folder, wim, `--compress=${level}`, `--chunk-size=${chunkSize}`, '--no-acls'];
    execFileSync(tools.path('wimlib-imagex'), args, { stdio: 'ignore' });
    // Copies: a Buffer of the whole file would travel to the worker with each of its slices.
    return chunkedResources(readFileSync(wim)).resources.flatMap(({ chunks }) =>
      chunks.map(({ bytes, size }) => ({ bytes: Uint8Array.from(bytes), size })),
    );
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

function measure(work: BenchWork): void {
  const worker = startWorker(import.meta.url, 'codec-bench-worker', work);
  const bytes = work.chunks.reduce((sum, { size }) => sum + size, 0);
  let best = Number.POSITIVE_INFINITY;
  endings.push(() => {
    lines.push(`${work.compression} ${work.engine}: ${(bytes / best / 1000).toFixed(0)} MB/s`);
    return worker.terminate();
  });
  bench(
    work.engine,
    async () => {
      worker.postMessage('round');
      const [milliseconds] = (await once(worker, 'message')) as [number];
      best = Math.min(best, milliseconds);
    },
    { iterations: 10, time: 1500, warmupIterations: 5 },
  );
}

afterAll(async () => {
  for (const end of endings) await end();
  console.log(lines.join('\n'));
});

for (const [compression, level] of [
  ['lzx', 'LZX'],
  ['xpress', 'XPRESS'],
] as const) {
  describe.skipIf(!tools.available)(`${compression} decoding, 16 MiB in chunks of 32 KiB`, () => {
    if (!tools.available) return;
    const chunks = chunksOf(level);
    for (const engine of ['wasm', 'js'] as const) measure({ compression, chunkSize, engine, chunks });
  });
}
