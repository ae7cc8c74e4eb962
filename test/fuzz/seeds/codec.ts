/** Seeds of compressed chunks: what wimlib makes of machine code, text and runs, in two chunk sizes of each compression. */
import { closeSync, mkdirSync, openSync, readFileSync, readSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chunkedResources } from '../../images/codec/wim-chunks.ts';
import { run } from '../../support/run.ts';
import type { NewSeed } from './seed-set.ts';

const eachFile = 4;

function writeFiles(folder: string): void {
  mkdirSync(folder);
  const code = Buffer.alloc(140_000);
  const node = openSync(process.execPath, 'r');
  readSync(node, code, 0, code.length, 30 * 2 ** 20);
  closeSync(node);
  writeFileSync(join(folder, 'code'), code);
  writeFileSync(
    join(folder, 'text'),
    Array.from({ length: 4000 }, (_, i) => `line ${i}: ${(i * 7919) % 104_729}\n`).join(''),
  );
  writeFileSync(join(folder, 'mixed'), Buffer.concat([Buffer.alloc(30_000, 'pattern '), code.subarray(0, 3000)]));
  writeFileSync(join(folder, 'short'), 'too short to be worth compressing, too short, too short');
}

export async function codecSeeds(scratch: string): Promise<NewSeed[]> {
  const folder = join(scratch, 'codec');
  writeFiles(folder);
  const seeds: NewSeed[] = [];
  for (const [compression, chunkSize] of [
    ['LZX', 32_768],
    ['LZX', 262_144],
    ['XPRESS', 4096],
    ['XPRESS', 32_768],
  ] as const) {
    const wim = join(scratch, `codec-${compression}-${chunkSize}.wim`);
    const args = ['capture', folder, wim, `--compress=${compression}`, `--chunk-size=${chunkSize}`, '--no-acls'];
    await run('wimlib-imagex', args);
    const chunks = chunkedResources(readFileSync(wim)).resources.flatMap((resource) =>
      resource.chunks.slice(0, eachFile),
    );
    for (const [index, { bytes, size }] of chunks.entries()) {
      if (bytes.length >= size) continue;
      const parser = compression.toLowerCase();
      seeds.push({ parser, name: `wimlib-${chunkSize}-${index}`, bytes, facts: { size, chunkSize } });
    }
  }
  return seeds;
}
