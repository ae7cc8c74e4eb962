/** Mutation itself: repeatable, and the seed is back afterwards whatever was done to it. */
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { Draft } from './draft.ts';
import { mutate, occupied, randomOf } from './mutate.ts';
import { parsers } from './parsers/index.ts';

const seedOf = (size: number) => Uint8Array.from({ length: size }, (_, i) => (i % 100 < 50 ? i * 7 : 0));

describe.each([100, 5000, 100_000])('a seed of %i bytes', (size) => {
  test('comes back after each of 500 mutations; nearly all differ from it, and repeat', () => {
    const seed = seedOf(size);
    const draft = new Draft(seed);
    const again = new Draft(seed);
    const ranges = occupied(seed);
    let changed = 0;
    for (let number = 0; number < 500; number++) {
      mutate(draft, ranges, [seed], randomOf('test', number));
      mutate(again, ranges, [seed], randomOf('test', number));
      if (Buffer.compare(draft.bytes, seed) !== 0) changed++;
      expect(Buffer.compare(draft.bytes, again.bytes)).toBe(0);
      draft.restore();
      again.restore();
      expect(Buffer.compare(draft.bytes, seed), `number ${number}`).toBe(0);
    }
    expect(changed).toBeGreaterThan(450);
  });
});

test('insertion and removal move what follows; a small seed changes its length, a large one does not', () => {
  const small = new Draft(Uint8Array.of(1, 2, 3, 4));
  small.insert(1, Uint8Array.of(8, 9));
  expect([...small.bytes]).toEqual([1, 8, 9, 2, 3, 4]);
  small.remove(0, 2);
  expect([...small.bytes]).toEqual([9, 2, 3, 4]);
  small.restore();
  expect([...small.bytes]).toEqual([1, 2, 3, 4]);
  const large = new Draft(seedOf(100_000));
  large.insert(10, Uint8Array.of(8, 9));
  expect([large.length, large.bytes[10], large.bytes[12], large.bytes[10 + 4096]]).toEqual([
    100_000,
    8,
    70,
    seedOf(100_000)[10 + 4096],
  ]);
});

/** Folders of images/ that read no format of their own. */
const noReader = ['boot-code', 'bytes', 'sample', 'tree'];
const readers: Readonly<Record<string, readonly string[]>> = {
  bcd: ['bcd'],
  codec: ['lzx', 'xpress'],
  disc: ['disc'],
  fat: ['fat12', 'fat16', 'fat32'],
  hive: ['hive', 'hive-edit'],
  iso9660: ['iso9660', 'joliet', 'el-torito'],
  partition: ['mbr', 'gpt'],
  pe: ['pe', 'pe-signatures'],
  udf: ['udf'],
  wim: ['wim', 'wim-metadata', 'wim-xml', 'wim-tables'],
};

test('every folder that reads a format has its parsers under mutation', () => {
  const images = fileURLToPath(new URL('../../images/', import.meta.url));
  const folders = readdirSync(images, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  expect([...Object.keys(readers), ...noReader].sort()).toEqual(folders.sort());
  const names = parsers.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(Object.values(readers).flat()));
  expect(new Set(names).size).toBe(names.length);
});
