/**
 * Compression against `wimlib-imagex capture --threads=1` at its default level, interleaved, the same data in chunks of
 * 32 KiB: 12 MiB of this machine's node binary, 3 MiB of text, 3 MiB that do not compress. CPU time, best of five; from
 * wimlib's the time of a capture without compression is taken off, which reads and hashes the same.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, readSync, rmSync } from 'node:fs';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, bench, describe } from 'vitest';
import { chunkedResources } from '../images/codec/wim-chunks.ts';
import { findTools } from '../support/tools.ts';
import type { CompressFigures } from './codec-compress-process.ts';

const mebibyte = 2 ** 20;
const rounds = 5;
const root = fileURLToPath(new URL('../../', import.meta.url));
const tools = findTools(['wimlib-imagex']);
const lines: string[] = [];
let scratch = '';
let corpus: Buffer;

function makeCorpus(): Buffer {
  const machineCode = Buffer.alloc(12 * mebibyte);
  const node = openSync(process.execPath, 'r');
  readSync(node, machineCode, 0, machineCode.length, 30 * mebibyte);
  closeSync(node);
  const libraries = join(root, 'node_modules/typescript/lib');
  const declarations = join(root, 'node_modules/@types/node');
  const text = [declarations, libraries].flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.d.ts'))
      .toSorted()
      .map((name) => readFileSync(join(folder, name))),
  );
  const noise = Array.from({ length: (3 * mebibyte) / 32 }, (_, i) => createHash('sha256').update(`${i}`).digest());
  return Buffer.concat([machineCode, Buffer.concat(text).subarray(0, 3 * mebibyte), ...noise]);
}

/** User and system time of the command, in seconds, as the shell measures it. */
function cpuSeconds(command: readonly string[]): number {
  const script = 'TIMEFORMAT="%U %S"; time "$@" >/dev/null 2>&1';
  const { stderr } = spawnSync('bash', ['-c', script, 'bash', ...command], { encoding: 'utf8' });
  const [user, system] = stderr.trim().split(' ').map(Number);
  return (user ?? Number.NaN) + (system ?? Number.NaN);
}

function capture(level: string): { readonly cpu: number; readonly wim: string } {
  if (!tools.available) throw new Error('wimlib-imagex is not there');
  const wim = join(scratch, `${level}.wim`);
  rmSync(wim, { force: true });
  const args = ['capture', join(scratch, 'tree'), wim, `--compress=${level}`, '--threads=1', '--no-acls'];
  return { cpu: cpuSeconds([tools.path('wimlib-imagex'), ...args]), wim };
}

function ours(compression: string, engine: string): CompressFigures {
  const script = fileURLToPath(new URL('codec-compress-process.ts', import.meta.url));
  const args = ['--import', 'tsx', script, join(scratch, 'tree', 'file'), compression, engine];
  return JSON.parse(execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8' })) as CompressFigures;
}

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'osdkit-bench-'));
  mkdirSync(join(scratch, 'tree'));
  corpus = makeCorpus();
  writeFileSync(join(scratch, 'tree', 'file'), corpus);
});

afterAll(() => {
  rmSync(scratch, { recursive: true });
  console.log(lines.join('\n'));
});

describe.skipIf(!tools.available).each(['lzx', 'xpress'] as const)(
  '%s compression, chunks of 32 KiB',
  (compression) => {
    const best = { wimlib: Number.POSITIVE_INFINITY, wasm: Number.POSITIVE_INFINITY, js: Number.POSITIVE_INFINITY };
    const sizes = { wimlib: 0, ours: 0 };
    let done = 0;

    bench(
      'wimlib, wasm, js: one round of each',
      () => {
        const { cpu, wim } = capture(compression.toUpperCase());
        best.wimlib = Math.min(best.wimlib, cpu - capture('none').cpu);
        const { chunkSize, resources } = chunkedResources(readFileSync(wim));
        if (chunkSize !== 32_768) throw new Error(`chunk size ${chunkSize}`);
        const file = resources.find(({ size }) => size === corpus.length);
        sizes.wimlib = file?.chunks.reduce((sum, { bytes }) => sum + bytes.length, 0) ?? Number.NaN;
        for (const engine of ['wasm', 'js'] as const) {
          const figures = ours(compression, engine);
          best[engine] = Math.min(best[engine], figures.cpuSeconds);
          sizes.ours = figures.compressedBytes;
        }
        done += 1;
        if (done !== rounds) return;
        const speed = (name: keyof typeof best) => `${name} ${(corpus.length / best[name] / 1e6).toFixed(1)} MB/s`;
        lines.push(
          `${compression} compression: ${speed('wimlib')}, ${speed('wasm')}, ${speed('js')}; wasm is ` +
            `${(best.wimlib / best.wasm).toFixed(2)} x wimlib at ${(sizes.ours / sizes.wimlib).toFixed(4)} x its size`,
        );
      },
      { iterations: rounds, time: 0, warmupIterations: 0, warmupTime: 0 },
    );
  },
);
