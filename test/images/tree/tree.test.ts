/** Trees: sorted whatever the order of the input, merged without case, and safe when they reach a file system. */
import { readdirSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memorySource } from '../../../images/bytes/index.ts';
import {
  compareTrees,
  filesOf,
  findFile,
  overlayTree,
  readDirectory,
  treeFromFiles,
  writeDirectory,
  type NewFile,
} from '../../../images/tree/index.ts';
import { operationContext } from '../../../src/core/index.ts';

const file = (path: string, text = path): NewFile => ({ path, content: memorySource(Buffer.from(text)) });
const paths = (files: readonly NewFile[]): string[] => filesOf(treeFromFiles(files)).map(({ path }) => path);

describe('treeFromFiles', () => {
  it('does not depend on the order of the files', () => {
    const names = ['b/x', 'a/y', 'A.txt', 'b/a/z', 'Z', 'ä', 'a/b/c/d'];
    fc.assert(
      fc.property(fc.shuffledSubarray(names, { minLength: names.length }), (order) => {
        expect(paths(order.map((name) => file(name)))).toEqual(paths(names.map((name) => file(name))));
      }),
    );
  });

  it('merges folders without case and refuses two files of one name', () => {
    expect(paths([file('EFI/BOOT/a'), file('efi/boot/b')])).toEqual(['EFI/BOOT/a', 'EFI/BOOT/b']);
    expect(() => treeFromFiles([file('a'), file('A')])).toThrow(/A: it is given twice/);
    expect(() => treeFromFiles([file('a'), file('a/b')])).toThrow(/a: one is a file, the other a folder/);
    expect(() => treeFromFiles([file('a/b'), file('A')])).toThrow(/A: one is a file, the other a folder/);
    expect(() => treeFromFiles([file('/')])).toThrow(/names no file/);
  });

  it('takes 100,000 files of one folder without going through it for each', () => {
    const content = memorySource(Uint8Array.of(1));
    const files = Array.from({ length: 100_000 }, (_, i) => ({ path: `a/file ${i}`, content }));
    // A search of the folder for each file would be 5,000,000,000 steps, beyond the time limit of a test.
    expect(paths(files)).toHaveLength(100_000);
  });
});

describe('overlayTree', () => {
  it('replaces files, merges folders, keeps the spelling that was there', () => {
    const merged = overlayTree(
      treeFromFiles([file('Boot/BCD', 'old'), file('keep')]),
      treeFromFiles([file('boot/bcd', 'new'), file('boot/more')]),
    );
    expect(filesOf(merged).map(({ path }) => path)).toEqual(['Boot/BCD', 'Boot/more', 'keep']);
    expect(findFile(merged, '\\BOOT\\bcd')?.content.size).toBe(3);
  });
});

describe('directories', () => {
  it('writes a tree and reads the same one back', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'osdkit-tree-'));
    const tree = treeFromFiles([file('a/b', 'one'), file('empty', ''), file('ü/漢', 'two')]);
    expect(await writeDirectory(tree, join(folder, 'out'), operationContext())).toBe(3);
    const back = await readDirectory(join(folder, 'out'));
    expect(await compareTrees(tree, back.root)).toEqual([]);
    await rm(folder, { recursive: true });
  });

  it('keeps no handle open between reads, and tells a file that changed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'osdkit-tree-'));
    await Promise.all(Array.from({ length: 300 }, (_, i) => writeFile(join(folder, `f${i}`), `content ${i}`)));
    const { root } = await readDirectory(folder);
    const before = openHandles();
    for (const { file: node } of filesOf(root)) await node.content.read(0, 1);
    expect(openHandles()).toBeLessThan(before + 50);
    await writeFile(join(folder, 'f7'), 'something else');
    await expect(findFile(root, 'f7')?.content.read(0, 1)).rejects.toMatchObject({ code: 'BYTES_FILE_CHANGED' });
    await rm(folder, { recursive: true });
  });

  it('refuses names that would leave the folder, device names and links', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'osdkit-tree-'));
    for (const name of ['..', 'con', 'aux.txt', 'nul .x', 'CONOUT$', 'com¹.log', 'a:b', 'x\u0000y', 'a.', 'a ']) {
      const tree = { kind: 'directory', name: '', children: [{ ...evil, name }] } as const;
      await expect(writeDirectory(tree, folder, operationContext())).rejects.toMatchObject({
        code: 'TREE_NAME_ILLEGAL',
      });
    }
    await mkdir(join(folder, 'in'));
    await writeFile(join(folder, 'target'), 'x');
    await symlink(join(folder, 'target'), join(folder, 'in', 'link'));
    await expect(readDirectory(join(folder, 'in'))).rejects.toMatchObject({ code: 'TREE_LINK' });
    await rm(folder, { recursive: true });
  });
});

const evil = { kind: 'file', content: memorySource(Uint8Array.of(1)) } as const;

/** Handles of this process, where the system tells them (Linux); a constant elsewhere. */
function openHandles(): number {
  try {
    return readdirSync('/proc/self/fd').length;
  } catch {
    return 0;
  }
}
