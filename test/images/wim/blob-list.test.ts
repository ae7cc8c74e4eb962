import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { BlobList } from '../../../images/wim/blob-list.ts';

const hashOf = (text: string): Buffer => createHash('sha1').update(text).digest();

describe('a list of blobs', () => {
  test('finds each of many by its hash, and none that it does not hold', () => {
    const list = new BlobList();
    for (let i = 0; i < 5000; i++) expect(list.add(hashOf(`blob ${i}`), i)).toBe(i);
    for (let i = 0; i < 5000; i++) expect(list.find(hashOf(`blob ${i}`))).toBe(i);
    for (let i = 5000; i < 10_000; i++) expect(list.find(hashOf(`blob ${i}`))).toBe(-1);
    expect(list.count).toBe(5000);
    expect(list.findText(hashOf('blob 77').toString('hex'))).toBe(77);
  });

  test('hashes with the same first bytes are told apart', () => {
    const list = new BlobList();
    const hashes = Array.from({ length: 100 }, (_, i) => Buffer.concat([Buffer.alloc(19, 7), Buffer.of(i)]));
    for (const hash of hashes) list.add(hash, 1);
    expect(hashes.map((hash) => list.find(hash))).toEqual(hashes.map((_, i) => i));
    expect(list.find(Buffer.alloc(20, 7))).toBe(7);
    expect(list.find(Buffer.alloc(20, 200))).toBe(-1);
  });

  test('gives back what was placed, above 4 GiB too', () => {
    const list = new BlobList();
    const blob = {
      hash: hashOf('x').toString('hex'),
      size: 7_000_000_000,
      resource: { storedSize: 6_000_000_000, flags: 4, offset: 2 ** 45, size: 7_000_000_000 },
      partNumber: 3,
      referenceCount: 4,
      solid: false,
      kind: 'data' as const,
    };
    list.addPlaced(blob);
    expect([...list.blobs()]).toEqual([blob]);
    list.refer(0);
    expect(list.blob(0)).toEqual({ ...blob, referenceCount: 5 });
  });
});
