/** What the compressors decide, seen in the bits they write: hand-made XPRESS, LZX block types and ends, E8, recent offsets. */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { createCompressor, createDecoder } from '../../../images/codec/index.ts';

const chunkSize = 32_768;
const engines = ['wasm', 'js'] as const;

function lzx(chunk: Uint8Array): Uint8Array {
  const [wasm, js] = engines.map((engine) => createCompressor('lzx', chunkSize, { engine }).compress(chunk));
  if (wasm === undefined) throw new Error('not compressed');
  expect(js).toEqual(wasm);
  expect(createDecoder('lzx', chunkSize).decode(wasm, chunk.length)).toEqual(Uint8Array.from(chunk));
  return wasm;
}

/** Type of the first block: the first 3 bits. */
const blockType = (chunk: Uint8Array) => (chunk[1] as number) >> 5;
/** Whether the first block has 32 KiB: the fourth bit. */
const oneBlock = (chunk: Uint8Array) => ((chunk[1] as number) & 0x10) !== 0;

/** Bytes below `below`, in no order, the same ones each time. */
function random(size: number, below: number, name = ''): Buffer {
  const parts = Array.from({ length: Math.ceil(size / 32) }, (_, i) =>
    createHash('sha256').update(`${name} ${i}`).digest(),
  );
  return Buffer.concat(parts)
    .subarray(0, size)
    .map((byte) => byte % below) as Buffer;
}

test.each(engines)('XPRESS, %s: 32 KiB of zeros, bit by bit', (engine) => {
  // A literal 0, a match of 32767 at offset 1 (symbol 256 + 15), the end (symbol 256): codewords 10, 0 and 11.
  const lengths = Buffer.alloc(256);
  lengths[0] = 0x02;
  lengths[128] = 0x02; // symbol 256 in the low half, 257 in the high one
  lengths[135] = 0x10; // symbol 271 in the high half
  const words = Buffer.from([0b0000_0000, 0b1001_1000, 0, 0]);
  const longLength = Buffer.from([255, (32_767 - 3) & 255, (32_767 - 3) >> 8]);
  const expected = Uint8Array.from(Buffer.concat([lengths, words, longLength]));
  expect(createCompressor('xpress', chunkSize, { engine }).compress(new Uint8Array(chunkSize))).toEqual(expected);
});

test('LZX: zeros are matches at the first recent offset, which is 1 from the start: under 80 bytes', () => {
  expect(lzx(new Uint8Array(chunkSize)).length).toBeLessThan(80);
});

test('LZX: offsets that are multiples of 8 make an aligned block, others a verbatim one', () => {
  // Records of 8 bytes: four of a few kinds, in no order, and four that never repeat.
  const kinds = random(chunkSize / 8, 50, 'kinds');
  const fillers = random(chunkSize / 2, 256, 'fillers');
  const records = (size: number) =>
    Buffer.concat(
      [...kinds].map((kind, i) =>
        Buffer.concat([Buffer.alloc(4, `k${kind} and more`), fillers.subarray(i * 4, i * 4 + size - 4)]),
      ),
    ).subarray(0, chunkSize);
  expect(blockType(lzx(records(8)))).toBe(2);
  expect(blockType(lzx(random(chunkSize, 20)))).toBe(1);
});

test('LZX: a chunk of one kind is one block, one of two kinds is split', () => {
  const low = random(chunkSize, 20, 'low');
  const high = random(chunkSize, 20, 'high').map((byte) => byte + 130);
  expect(oneBlock(lzx(low))).toBe(true);
  expect(oneBlock(lzx(Buffer.concat([low.subarray(0, chunkSize / 2), high.subarray(chunkSize / 2)])))).toBe(false);
});

test('LZX: calls of one place from everywhere are the same bytes once their targets are absolute', () => {
  const calls = (opcode: number) => {
    const bytes = random(chunkSize, 30, 'code');
    for (let at = 4; at + 16 < bytes.length; at += 16) {
      bytes[at] = opcode;
      bytes.writeInt32LE(20_000 - at, at + 1);
    }
    return lzx(bytes).length;
  };
  expect(calls(0xe8)).toBeLessThan(calls(0xe7) * 0.85);
});

test('what does not repeat and has all bytes alike is given up, with one byte in ten repeated it is not', () => {
  const noise = random(chunkSize, 256);
  for (const compression of ['lzx', 'xpress'] as const) {
    const compressor = createCompressor(compression, chunkSize);
    expect(compressor.compress(noise)).toBeUndefined();
    const again = Buffer.concat([noise.subarray(0, 29_000), noise.subarray(1000, 4768)]);
    expect(compressor.compress(again)?.length).toBeLessThan(30_000);
  }
});

test('LZX: a chunk whose kind of data changes at 6 KiB is divided there, not in the middle', () => {
  const chunk = Buffer.concat([
    random(6 * 1024, 24, 'few'),
    random(chunkSize - 6 * 1024, 90, 'many').map((b) => b + 100),
  ]);
  const bits = lzx(chunk);
  expect(oneBlock(bits)).toBe(false);
  const size = (((bits[1] as number) & 0x0f) << 12) | ((bits[0] as number) << 4) | ((bits[3] as number) >> 4);
  expect(size).toBeGreaterThan(3 * 1024);
  expect(size).toBeLessThan(9 * 1024);
});

test('LZX: a last byte that stands at a recent offset, too, is no match of one byte', () => {
  for (const period of [13, 7, 250]) {
    const pattern = random(period, 256, `period ${period}`);
    pattern[0] = 0; // the slack behind the chunk holds zeros, so that two bytes seem to be equal
    for (let size = 1500; size < 1500 + 2 * period; size++) lzx(Buffer.alloc(size, pattern));
  }
  const calls = Buffer.from([0xe8, 1, 2, 0, 0, 0xe8, 0, 0xe8, 0xff, 0xff, 0xff, 0xff, 7]);
  for (let from = 0; from < calls.length; from++) {
    lzx(Buffer.alloc(from + 1696, calls).subarray(from));
  }
});
