/** Rock Ridge as genisoimage and xorriso write it: real names, links, folders that were moved; isoinfo and xorriso judge. */
import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { memorySource, openFile } from '../../../images/bytes/index.ts';
import { openIso, type IsoVolume } from '../../../images/iso9660/index.ts';
import { compareTrees, treeFromFiles, walkTree, writeDirectory } from '../../../images/tree/index.ts';
import { FormatError, operationContext } from '../../../src/core/index.ts';
import { requireTool, run, scratch } from '../../support/tools.ts';
import { content } from '../fat/volumes.ts';
import { dice } from './placed-image.ts';

requireTool('genisoimage', 'xorriso', 'isoinfo');

const long = 'n'.repeat(240);
const tree = treeFromFiles(
  Object.entries({
    'Read Me.First.txt': 12,
    readme: 3,
    'UPPER.TXT': 5,
    [`${long}.dat`]: 100,
    [`folder with ${'ü'.repeat(60)}/€ sign.bin`]: 7,
    'a/b/c/d/e/f/g/h/i/deep file': 9000,
    'a/b/c/d/e/f/g/second/j/k/l/other deep file': 10,
    ...Object.fromEntries(Array.from({ length: 80 }, (_, i) => [`many/a rather long file name, number ${i}`, i])),
  }).map(([path, size], index) => ({ path, content: content(size, index) })),
);

async function folderOf(links: Readonly<Record<string, string>>): Promise<string> {
  const folder = join(scratch(), 'tree');
  await writeDirectory(tree, folder, operationContext());
  for (const [name, target] of Object.entries(links)) symlinkSync(target, join(folder, name));
  return folder;
}

async function imageOf(tool: readonly string[], links: Readonly<Record<string, string>> = {}): Promise<string> {
  const output = join(scratch(), 'image.iso');
  const [program = '', ...options] = tool;
  await run(program, [...options, '-o', output, await folderOf(links)]);
  return output;
}

async function withRockRidge<T>(path: string, use: (volume: IsoVolume) => Promise<T>): Promise<T> {
  await using source = await openFile(path);
  const { rockRidge } = await openIso(source);
  if (!rockRidge) throw new Error(`${path} has no Rock Ridge`);
  return await use(rockRidge);
}

const genisoimage = ['genisoimage', '-quiet', '-input-charset', 'utf-8', '-R'];
const xorriso = ['xorriso', '-as', 'mkisofs', '-quiet', '-R'];
const writers: [string, string[]][] = [
  ['genisoimage, deep folders moved', genisoimage],
  ['genisoimage -D', [...genisoimage, '-D']],
  ['genisoimage -r with Joliet', [...genisoimage, '-r', '-J', '-joliet-long']],
  ['xorriso', xorriso],
  // Other levels of ISO 9660 give other names below, and other lengths of records.
  ['xorriso -iso-level 1', [...xorriso, '-iso-level', '1']],
];

describe('the tree comes back', () => {
  test.each(writers)('%s', async (_, tool) => {
    const found = await withRockRidge(await imageOf(tool), async (volume) => {
      const { root, skipped } = await volume.read();
      expect(skipped).toEqual([]);
      return compareTrees(tree, root);
    });
    expect(found).toEqual([]);
  });

  test('from a disc whose deep folders xorriso moved', async () => {
    const output = join(scratch(), 'image.iso');
    const options = ['-compliance', 'deep_paths_off', '-rr_reloc_dir', 'moved', '-outdev', output];
    await run('xorriso', [...options, '-map', await folderOf({}), '/', '-commit']);
    expect(await withRockRidge(output, async (volume) => compareTrees(tree, await volume.tree()))).toEqual([]);
  });
});

test('names are those of isoinfo and xorriso', async () => {
  const path = await imageOf([...genisoimage, '-D']);
  const ours = await withRockRidge(path, async (volume) =>
    [...walkTree(await volume.tree())].map((one) => `/${one.path}`),
  );
  const isoinfo = (await run('isoinfo', ['-R', '-f', '-i', path])).stdout.split('\n').filter((line) => line !== '');
  expect(ours.sort()).toEqual(isoinfo.sort());
  const { stdout } = await run('xorriso', ['-indev', path, '-find', '/']);
  const found = stdout.split('\n').flatMap((line) => (line.startsWith("'/") ? [line.slice(1, -1)] : []));
  expect(ours).toEqual(found.filter((name) => name !== '/').sort());
});

test.each(writers.slice(0, 1).concat(writers.slice(3, 4)))('%s: links are left out and told', async (_, tool) => {
  const path = await imageOf(tool, { link: 'Read Me.First.txt', 'link to nowhere': '../../x/y' });
  const told = await withRockRidge(path, async (volume) => {
    const { root, skipped } = await volume.read();
    return { skipped, differences: await compareTrees(tree, root) };
  });
  expect(told.skipped.map(({ path: name, what }) => `${name}: ${what}`).sort()).toEqual([
    'link to nowhere: symbolic link',
    'link: symbolic link',
  ]);
  expect(told.differences).toEqual([]);
});

test('without Rock Ridge there is no such view', async () => {
  await using source = await openFile(await imageOf(['genisoimage', '-quiet', '-D', '-J', '-joliet-long']));
  expect((await openIso(source)).rockRidge).toBeUndefined();
});

test('600 mutations of folders and system use areas: only format errors escape', async () => {
  const good = new Uint8Array(readFileSync(await imageOf(genisoimage)));
  const { rockRidge } = await openIso(memorySource(good));
  expect(rockRidge).toBeDefined();
  // Directories lie before the first file.
  const end = Buffer.from(good).indexOf(Buffer.from(await content(9000, 5).read(0, 64)));
  expect(end).toBeGreaterThan(30 * 2048);
  const roll = dice(7);
  let refused = 0;
  for (let n = 0; n < 600; n++) {
    const bytes = good.slice(0, end + 65_536);
    for (let count = 1 + roll(4); count > 0; count--) bytes[20 * 2048 + roll(end - 20 * 2048)] = roll(256);
    try {
      await (await openIso(memorySource(bytes, 'damaged'))).rockRidge?.read();
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      refused++;
    }
  }
  expect(refused).toBeGreaterThan(30);
});
