/** E8 translation of LZX: the compressor makes call targets absolute, the decoder relative again (image-formats D.9). */
import { expect, test } from 'vitest';
import { bytesOf, decodeBoth } from './engines.ts';
import { LzxWriter } from './lzx-writer.ts';

const fileSize = 12_000_000;

/** What a compressor does before it codes a chunk, after the facts' own formula for encoding. */
function translate(plain: readonly number[]): number[] {
  const bytes = Buffer.from(plain);
  for (let i = 0; i < bytes.length - 10; i++) {
    if (bytes[i] !== 0xe8) continue;
    const relative = bytes.readInt32LE(i + 1);
    if (relative >= -i && relative < fileSize) {
      bytes.writeInt32LE(relative < fileSize - i ? relative + i : relative - fileSize, i + 1);
    }
    i += 4;
  }
  return [...bytes];
}

const decodeRaw = (coded: readonly number[]) =>
  bytesOf(decodeBoth('lzx', 32_768, new LzxWriter().raw(coded, [1, 1, 1]).finish(), coded.length));
const decodeVerbatim = (coded: readonly number[]) =>
  bytesOf(
    decodeBoth('lzx', 32_768, new LzxWriter().block(coded.map((literal) => ({ literal }))).finish(), coded.length),
  );

/** A chunk with a call every 16 bytes and each target given. */
function calls(targets: readonly number[]): number[] {
  const bytes = Buffer.alloc(targets.length * 16 + 16, 0x90);
  for (const [i, target] of targets.entries()) {
    bytes[i * 16 + 3] = 0xe8;
    bytes.writeInt32LE(target, i * 16 + 4);
  }
  return [...bytes];
}

test('targets around every limit come back', () => {
  const targets: number[] = [];
  for (const near of [0, 1000, fileSize, -1000, 2 ** 31 - 1, -(2 ** 31), 255]) {
    for (let i = -60; i <= 60; i += 3) targets.push(Math.max(-(2 ** 31), Math.min(2 ** 31 - 1, near + i)));
  }
  for (let i = 0; i < 200; i++) targets.push(-(i * 16 + 3), -(i * 16 + 4), -(i * 16 + 2), fileSize - i * 16 - 3);
  const plain = calls(targets);
  const coded = translate(plain);
  expect(coded).not.toEqual(plain);
  expect(bytesOf(decodeBoth('lzx', 32_768, new LzxWriter().raw(coded, [1, 1, 1]).finish(), coded.length))).toEqual(
    plain,
  );
});

test('a call in a verbatim block and in a raw block', () => {
  const plain = calls([0x1234, -2, 77]);
  const coded = translate(plain);
  expect(decodeVerbatim(coded)).toEqual(plain);
  expect(decodeRaw(coded)).toEqual(plain);
});

test('the exact bytes: position 20, absolute 1020', () => {
  const coded = [...Buffer.alloc(64)];
  coded.splice(20, 5, 0xe8, 1020 & 255, 1020 >> 8, 0, 0);
  const plain = [...coded];
  plain.splice(20, 5, 0xe8, 1000 & 255, 1000 >> 8, 0, 0);
  expect(decodeVerbatim(coded)).toEqual(plain);
});

test('no translation in the last 10 bytes, and none inside a translated target', () => {
  for (let at = 0; at < 40; at++) {
    const coded = [...Buffer.alloc(40)];
    coded[at] = 0xe8;
    const expected = Buffer.from(coded);
    if (at < 30) expected.writeInt32LE(-at, at + 1);
    expect(decodeVerbatim(coded)).toEqual([...expected]);
  }
  const nested = [...Buffer.alloc(40)];
  nested[4] = 0xe8;
  nested[6] = 0xe8; // inside the target of the first: 0x0000e800 - 4
  const expected = Buffer.from(nested);
  expected.writeInt32LE(0xe800 - 4, 5);
  expect(decodeVerbatim(nested)).toEqual([...expected]);
});

test('chunks of 1 to 11 bytes', () => {
  for (let size = 1; size <= 11; size++) {
    const coded = [0xe8, ...Buffer.alloc(size - 1, 1)];
    const expected = Buffer.from(coded);
    if (size === 11) expected.writeInt32LE(0x01010101, 1); // above the limit: left alone
    expect(decodeVerbatim(coded)).toEqual([...expected]);
  }
  const eleven = [0xe8, 5, ...Buffer.alloc(9)];
  expect(decodeVerbatim(eleven)).toEqual(eleven); // position 0: absolute and relative are the same
});
