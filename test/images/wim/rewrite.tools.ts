/** Splitting, joining, exporting and optimizing, judged by wimlib-imagex and 7z on files that wimlib made. */
import { mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { openFile, writeOutput } from '../../../images/bytes/index.ts';
import {
  exportWim,
  joinedParts,
  openWim,
  planSplit,
  verifyWim,
  writeSplitPart,
  type ExportOptions,
  type ExportReport,
} from '../../../images/wim/index.ts';
import { operationContext } from '../../../src/core/index.ts';
import { requireTool, run, scratch } from '../../support/tools.ts';
import { fillFolder, folderListing } from './folder.ts';
import { judge } from './judge.ts';
import { imageFacts, listedBlobs, wimlib } from './wimlib.ts';

const tools = requireTool('wimlib-imagex', '7z');
const context = operationContext();
const folder = scratch();
const file = (name: string): string => join(folder, name);
let tree: Record<string, string | null> = {};

/** Two images in LZX with an integrity table: the folder, and the folder without Windows; the second one boots. */
beforeAll(async () => {
  if (!tools.available) return;
  mkdirSync(file('tree'));
  fillFolder(file('tree'));
  rmSync(file('tree/symbolic link'));
  tree = await folderListing(file('tree'));
  await wimlib('capture', file('tree'), file('two.wim'), 'Full & whole', '--compress=LZX', '--check');
  rmSync(file('tree/Windows'), { recursive: true });
  await wimlib('append', file('tree'), file('two.wim'), 'Small', 'described', '--boot', '--check');
});

const applied = async (wim: string, index: number, ...more: string[]): Promise<Record<string, string | null>> => {
  const target = join(scratch(), 'applied');
  await wimlib('apply', wim, String(index), target, ...more);
  return folderListing(target);
};

async function exported(from: string, name: string, options: ExportOptions): Promise<ExportReport> {
  await using source = await openFile(file(from));
  const wim = await openWim(source);
  // Awaited here: the file is closed when this block ends.
  return await writeOutput(file(name), { force: true }, context, (sink) => exportWim(wim, options, sink, context));
}

/** Splits into parts of `size` bytes; their paths. */
async function split(from: string, stem: string, size: number): Promise<string[]> {
  await using source = await openFile(file(from));
  const plan = await planSplit(await openWim(source), size);
  const paths = plan.parts.map(({ number }) => file(`${stem}${number === 1 ? '' : number}.swm`));
  for (const [i, part] of plan.parts.entries()) {
    const path = paths[i] as string;
    await writeOutput(path, { force: true }, context, (sink) => writeSplitPart(plan, part, sink, context));
    const oversize = plan.oversize.includes(part) && part.blobs.length === 1;
    expect(oversize || statSync(path).size <= size).toBe(true);
  }
  return paths;
}

test('our parts: wimlib verifies, applies and joins them, 7z reads them', async () => {
  const paths = await split('two.wim', 'ours', 250_000);
  expect(paths.length).toBeGreaterThan(2);
  const glob = `--ref=${file('ours*.swm')}`;
  await wimlib('verify', paths[0] as string, glob);
  for (const path of paths) await wimlib('info', path, '--check');
  expect(await applied(paths[0] as string, 1, glob)).toEqual(tree);
  await wimlib('join', file('joined-by-wimlib.wim'), ...paths);
  expect(await applied(file('joined-by-wimlib.wim'), 1)).toEqual(tree);
  expect(await listedBlobs(file('joined-by-wimlib.wim'))).toEqual(await listedBlobs(file('two.wim')));
  // 7z measures part 1 by the end of the last part: it wants that one to be shorter, of wimlib's sets too.
  const [first, last, ...more] = await split('two.wim', 'pair', 540_000);
  expect([statSync(first as string).size > statSync(last as string).size, more]).toEqual([true, []]);
  expect((await run('7z', ['t', first as string])).stdout).toContain('Everything is Ok');
});

test('a set made by wimlib, joined by us', async () => {
  await wimlib('split', file('two.wim'), file('theirs.swm'), '0.2', '--check');
  const paths = ['', '2', '3', '4', '5', '6', '7', '8', '9'].map((n) => file(`theirs${n}.swm`));
  const present = paths.filter((path) => statSync(path, { throwIfNoEntry: false }));
  const sources = await Promise.all(present.map((path) => openFile(path)));
  const set = joinedParts(await Promise.all(sources.map((source) => openWim(source))));
  const report = await writeOutput(file('joined.wim'), { force: true }, context, (sink) =>
    exportWim(set, { bootIndex: 2 }, sink, context),
  );
  for (const source of sources) await source.close();
  expect(report).toMatchObject({ images: 2, dropped: 0, size: statSync(file('joined.wim')).size });
  expect(report.copied).toBe(report.blobs);
  await judge(file('joined.wim'));
  expect(await applied(file('joined.wim'), 1)).toEqual(tree);
  const facts = await imageFacts(file('joined.wim'), 2);
  expect(facts).toEqual(await imageFacts(file('two.wim'), 2));
});

test('one image exported: only what it needs, copied as it is, the boot image followed', async () => {
  const report = await exported('two.wim', 'small.wim', { images: [2] });
  expect(report.copied).toBe(report.blobs);
  expect(report.dropped).toBeGreaterThan(0);
  await judge(file('small.wim'));
  expect(await applied(file('small.wim'), 1)).toEqual(await applied(file('two.wim'), 2));
  const [ours, theirs] = [await imageFacts(file('small.wim'), 1), await imageFacts(file('two.wim'), 2)];
  expect({ ...ours, Index: '' }).toEqual({ ...theirs, Index: '' });
  await using source = await openFile(file('small.wim'));
  const wim = await openWim(source, { strictness: 'strict' });
  expect([wim.bootIndex, wim.hasIntegrityTable, wim.compression]).toEqual([1, true, 'lzx']);
  expect((await verifyWim(wim, context)).problems).toEqual([]);
});

test('images in another order, and none bootable', async () => {
  await exported('two.wim', 'turned.wim', { images: [2, 1], bootIndex: 0, integrity: false });
  await judge(file('turned.wim'));
  expect(await applied(file('turned.wim'), 2)).toEqual(tree);
  const [first, second] = [await imageFacts(file('turned.wim'), 1), await imageFacts(file('turned.wim'), 2)];
  expect([first['Name'], second['Name']]).toEqual(['Small', 'Full & whole']);
});

test('decompressed: every byte the same', async () => {
  const report = await exported('two.wim', 'stored.wim', { compression: 'none' });
  expect(report.copied).toBeLessThan(report.blobs);
  await judge(file('stored.wim'));
  expect(await applied(file('stored.wim'), 1)).toEqual(tree);
});

test.each(['xpress', 'lzx'] as const)('compressed anew with %s', async (compression) => {
  await exported('two.wim', 'raw.wim', { compression: 'none' });
  const report = await exported('raw.wim', `${compression}.wim`, { compression, workers: 2 });
  expect(report.copied).toBe(0);
  const path = file(`${compression}.wim`);
  await judge(path);
  expect(await applied(path, 1)).toEqual(tree);
  const stem = `${compression}-by-wimlib.wim`;
  await wimlib('export', file('raw.wim'), 'all', file(stem), `--compress=${compression}`);
  expect(statSync(path).size).toBeLessThan(1.05 * statSync(file(stem)).size);
});

test('optimizing gives what wimlib needs for the same, whatever holes were there', async () => {
  await wimlib('export', file('two.wim'), 'all', file('holes.wim'), '--check');
  await wimlib('delete', file('holes.wim'), '1', '--soft');
  const before = statSync(file('holes.wim')).size;
  await exported('holes.wim', 'tight.wim', {});
  await wimlib('optimize', file('holes.wim'));
  const [ours, theirs] = [statSync(file('tight.wim')).size, statSync(file('holes.wim')).size];
  expect(ours).toBeLessThan(before);
  expect(Math.abs(ours - theirs)).toBeLessThan(200);
  await judge(file('tight.wim'));
});

test('equal inputs give equal bytes', async () => {
  await exported('two.wim', 'one.wim', {});
  await exported('two.wim', 'again.wim', {});
  expect(readFileSync(file('one.wim')).equals(readFileSync(file('again.wim')))).toBe(true);
});
