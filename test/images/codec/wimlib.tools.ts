/**
 * The decoders on what wimlib compressed in this run: every chunk of every resource, each compression and chunk size,
 * against the files themselves. The tree holds machine code (E8 translation), text, runs, and data that does not compress.
 */
import { createHash } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readFileSync, readSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { createDecoder, decodeChunks } from '../../../images/codec/index.ts';
import { FormatError } from '../../../src/core/index.ts';
import { requireTool, run, scratch } from '../../support/tools.ts';
import { decodeBoth } from './engines.ts';
import { chunkedResources, type ChunkedResource } from './wim-chunks.ts';

const tools = requireTool('wimlib-imagex');
const folder = scratch();
const tree = join(folder, 'tree');
const sha1 = (bytes: Uint8Array) => createHash('sha1').update(bytes).digest('hex');

/** SHA-1 of each file in the tree that is larger than the smallest chunk. */
const files = new Map<string, string>();

beforeAll(() => {
  mkdirSync(tree);
  const add = (name: string, bytes: Uint8Array) => {
    writeFileSync(join(tree, name), bytes);
    files.set(name, sha1(bytes));
  };
  add('machine-code', middleOf(process.execPath, 3 * 2 ** 20 + 12_345));
  add('text', Buffer.from(Array.from({ length: 60_000 }, (_, i) => `line ${i}: ${(i * 7919) % 104_729}\n`).join('')));
  add('zeros', new Uint8Array(2 ** 21 + 1));
  add('noise', noise(300_001));
  add('short', Buffer.from('too short to be worth compressing, too short, too short'));
  const mixed = Buffer.concat([
    noise(40_000),
    Buffer.alloc(50_000, 'pattern '),
    noise(100),
    Buffer.alloc(70_000, 0xe8),
  ]);
  add('mixed', mixed);
});

/** A piece of a program from its middle, where its code is. */
function middleOf(path: string, size: number): Buffer {
  const bytes = Buffer.alloc(size);
  const file = openSync(path, 'r');
  const position = Math.floor(readFileSync(path).length / 2);
  readSync(file, bytes, 0, size, position);
  closeSync(file);
  return bytes;
}

/** Bytes that do not compress, the same in each run. */
function noise(size: number): Buffer {
  const parts: Buffer[] = [];
  for (let i = 0; i * 32 < size; i++) parts.push(createHash('sha256').update(`noise ${i}`).digest());
  return Buffer.concat(parts).subarray(0, size);
}

async function capture(compression: string, chunkSize: number) {
  const wim = join(folder, `${compression}-${chunkSize}.wim`);
  const args = ['capture', tree, wim, `--compress=${compression}`, `--chunk-size=${chunkSize}`, '--no-acls'];
  await run(tools.path('wimlib-imagex'), args);
  const { chunkSize: written, resources } = chunkedResources(readFileSync(wim));
  expect(written).toBe(chunkSize);
  return resources;
}

const cases = [
  ...[15, 16, 17, 18, 19, 20, 21].map((order) => ['lzx', 'LZX', 2 ** order] as const),
  ['lzx', 'LZX:20', 32_768] as const,
  ['lzx', 'LZX:100', 32_768] as const,
  ...[12, 13, 14, 15, 16].map((order) => ['xpress', 'XPRESS', 2 ** order] as const),
  ['xpress', 'XPRESS:80', 32_768] as const,
];

describe.each(cases)('%s, as wimlib %s makes it, chunks of %i bytes', (compression, level, chunkSize) => {
  test('every chunk decodes to the file, with both engines and in the pool', async () => {
    const resources = await capture(level, chunkSize);
    for (const engine of ['wasm', 'js'] as const) {
      const decoder = createDecoder(compression, chunkSize, { engine });
      for (const { chunks, sha1: expected } of resources) {
        expect(sha1(Buffer.concat(chunks.map(({ bytes, size }) => decoder.decode(bytes, size))))).toBe(expected);
      }
    }
    const decoded = new Set(resources.map((resource) => resource.sha1));
    for (const name of ['machine-code', 'text', 'zeros']) expect(decoded).toContain(files.get(name));
    for (const workers of [0, 2])
      expect(await pooled(resources, compression, chunkSize, workers)).toEqual([...decoded]);
  });
});

async function pooled(
  resources: readonly ChunkedResource[],
  compression: 'lzx' | 'xpress',
  chunkSize: number,
  workers: number,
): Promise<string[]> {
  const digests: string[] = [];
  for (const { chunks } of resources) {
    const hash = createHash('sha1');
    for await (const bytes of decodeChunks(chunks, { compression, chunkSize, workers })) hash.update(bytes);
    digests.push(hash.digest('hex'));
  }
  return digests;
}

describe.each([
  ['lzx', 'LZX', 32_768],
  ['xpress', 'XPRESS', 32_768],
] as const)('damaged chunks of wimlib, %s', (compression, level, chunkSize) => {
  test('one bit flipped, at 2000 places: the same bytes or FormatError of both engines', async () => {
    const resources = await capture(level, chunkSize);
    const chunks = resources.flatMap((resource) => resource.chunks).filter(({ bytes, size }) => bytes.length !== size);
    let refused = 0;
    for (let i = 0; i < 2000; i++) {
      const { bytes, size } = chunks[(i * 31) % chunks.length] as (typeof chunks)[number];
      const bad = Buffer.from(bytes);
      const bit = (i * 7919) % (i % 2 === 0 ? Math.min(bad.length, 300) * 8 : bad.length * 8);
      bad[bit >> 3] = (bad[bit >> 3] as number) ^ (1 << (bit & 7));
      const outcome = decodeBoth(compression, chunkSize, bad, size);
      if ('error' in outcome) {
        expect(outcome.error).toBeInstanceOf(FormatError);
        refused += 1;
      }
    }
    expect(refused).toBeGreaterThan(500);
  });
});
