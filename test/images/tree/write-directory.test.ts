/** A tree written into a folder: all of it, or nothing; what was there before always stays. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { memorySource, zeroSource } from '../../../images/bytes/index.ts';
import { treeFromFiles, writeDirectory } from '../../../images/tree/index.ts';
import { operationContext } from '../../../src/core/index.ts';
import { scratch } from '../../support/tools.ts';

const listing = (folder: string): string[] => readdirSync(folder, { recursive: true }).map(String).sort();
const small = (path: string) => ({ path, content: memorySource(Buffer.from(path)) });

describe('writeDirectory', () => {
  it('removes what it made when it is canceled, whatever folder it made it in', async () => {
    const folder = scratch();
    mkdirSync(join(folder, 'there'));
    writeFileSync(join(folder, 'there', 'old'), 'old');
    const before = listing(folder);
    const tree = treeFromFiles([
      small('a/one'),
      small('there/two'),
      { path: 'z/big', content: zeroSource(64 * 1024 * 1024) },
    ]);
    for (const target of [folder, join(folder, 'new', 'newer')]) {
      const stop = new AbortController();
      let seen: string[] = [];
      const context = operationContext({
        signal: stop.signal,
        progress({ phase, done }) {
          if (!phase.endsWith('z/big') || done === 0) return;
          seen = listing(target);
          stop.abort();
        },
      });
      await expect(writeDirectory(tree, target, context)).rejects.toMatchObject({ exitCode: 130 });
      expect(seen).toEqual(expect.arrayContaining(['a/one', 'there/two', 'z/big'].map((path) => join(path))));
      expect(listing(folder)).toEqual(before);
    }
  });

  it('stops at a file that exists, keeps that and removes its own', async () => {
    const folder = scratch();
    writeFileSync(join(folder, 'b'), 'old');
    const tree = treeFromFiles([small('a/one'), small('b')]);
    const write = writeDirectory(tree, folder, operationContext());
    await expect(write).rejects.toMatchObject({ code: 'TREE_EXISTS', exitCode: 2 });
    expect(listing(folder)).toEqual(['b']);
    expect(readFileSync(join(folder, 'b'), 'utf8')).toBe('old');
    const inFile = writeDirectory(tree, join(folder, 'b', 'c'), operationContext());
    await expect(inFile).rejects.toMatchObject({ code: 'TREE_EXISTS', exitCode: 2 });
  });
});
