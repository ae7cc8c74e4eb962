/** Foreign judges of the compressors: wimlib and 7-Zip read WIM files whose chunks we compressed, for each chunk size. */
import { createHash } from 'node:crypto';
import { closeSync, openSync, readFileSync, readSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compressChunks, createCompressor } from '../../../images/codec/index.ts';
import { requireTool, run, scratch } from '../../support/tools.ts';
import { compressedWim, type CompressedFile } from './compressed-wim.ts';

const wimlib = requireTool('wimlib-imagex');
const sevenZip = requireTool('7z');
const folder = scratch();

function middleOf(path: string, size: number): Buffer {
  const bytes = Buffer.alloc(size);
  const file = openSync(path, 'r');
  readSync(file, bytes, 0, size, Math.floor(statSync(path).size / 2));
  closeSync(file);
  return bytes;
}

function noise(size: number): Buffer {
  const parts: Buffer[] = [];
  for (let i = 0; i * 32 < size; i++) parts.push(createHash('sha256').update(`noise ${i}`).digest());
  return Buffer.concat(parts).subarray(0, size);
}

const contents: readonly (readonly [string, Buffer])[] = [
  ['calls', Buffer.alloc(100_000, Buffer.from([0xe8, 1, 2, 0, 0, 0xe8, 0, 0xe8, 0xff, 0xff, 0xff, 0xff, 7]))],
  ['machine-code', middleOf(process.execPath, 3 * 2 ** 20 + 12_345)],
  ['mixed', Buffer.concat([noise(40_000), Buffer.alloc(50_000, 'pattern '), noise(100), Buffer.alloc(70_000, 0xe8)])],
  ['noise', noise(300_001)],
  ['short', Buffer.from('short, short, short and short again, short')],
  ['text', Buffer.from(Array.from({ length: 60_000 }, (_, i) => `line ${i}: ${(i * 7919) % 104_729}\n`).join(''))],
  ['zeros', Buffer.alloc(2 ** 21 + 1)],
];

const cases = [
  ...[15, 16, 17, 18, 19, 20, 21].map((order) => ['lzx', 2 ** order] as const),
  ...[12, 13, 14, 15, 16].map((order) => ['xpress', 2 ** order] as const),
];

describe.each(cases)('%s, chunks of %i bytes', (compression, chunkSize) => {
  test('wimlib verifies and extracts what we compressed', async () => {
    const { wim, files } = await write(compression, chunkSize);
    await run(wimlib.path('wimlib-imagex'), ['verify', wim]);
    const target = join(folder, `${compression}-${chunkSize}`);
    await run(wimlib.path('wimlib-imagex'), ['apply', wim, '1', target]);
    for (const { name, content } of files) expect(readFileSync(join(target, name)).equals(content)).toBe(true);
  });
});

// 7-Zip refuses other chunk sizes with LZX; with XPRESS too.
test.each(['lzx', 'xpress'] as const)('7-Zip tests what we compressed, %s', async (compression) => {
  const { wim } = await write(compression, 32_768);
  const { stdout } = await run(sevenZip.path('7z'), ['t', wim]);
  expect(stdout).toContain('Everything is Ok');
});

test('the JavaScript engine makes the same chunks of machine code', () => {
  const code = middleOf(process.execPath, 2 ** 19);
  for (const compression of ['lzx', 'xpress'] as const) {
    const [wasm, js] = (['wasm', 'js'] as const).map((engine) => createCompressor(compression, 32_768, { engine }));
    for (let at = 0; at < code.length; at += 32_768) {
      const chunk = code.subarray(at, at + 32_768);
      expect(js?.compress(chunk)).toEqual(wasm?.compress(chunk));
    }
  }
});

async function write(compression: 'lzx' | 'xpress', chunkSize: number) {
  const files: CompressedFile[] = [];
  for (const [name, content] of contents) {
    const pieces: Uint8Array[] = [];
    for (let at = 0; at < content.length; at += chunkSize) pieces.push(content.subarray(at, at + chunkSize));
    const chunks = [];
    for await (const chunk of compressChunks(pieces, { compression, chunkSize })) chunks.push(chunk);
    files.push({ name, content, chunks });
  }
  const wim = join(folder, `${compression}-${chunkSize}.wim`);
  writeFileSync(wim, compressedWim(compression, chunkSize, files));
  return { wim, files };
}
