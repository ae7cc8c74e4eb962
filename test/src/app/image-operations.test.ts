/** The commands that change WIMs, from one end to the other, and what they leave when they are refused or cancelled. */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { imageCapture, imageExport, imageSplit, imageUpdate, type UseCase } from '../../../src/app/index.ts';
import { operationContext } from '../../../src/core/index.ts';
import { osdkitInProcess } from '../../cli/in-process.ts';
import { scratch } from '../../support/scratch.ts';

let folder = '';
const at = (name: string): string => join(folder, name);

beforeEach(async () => {
  folder = scratch();
  mkdirSync(at('tree/sub/empty'), { recursive: true });
  writeFileSync(at('tree/words'), 'some words '.repeat(20_000));
  const noise = createHash('shake256', { outputLength: 3_000_000 }).digest();
  for (const i of [0, 1, 2])
    writeFileSync(at(`tree/sub/noise${i}`), noise.subarray(i * 1_000_000, (i + 1) * 1_000_000));
  await osdkit('image', 'capture', at('tree'), '--output', at('a.wim'), '--name', 'A', '--check');
});

async function osdkit(...args: string[]): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await osdkitInProcess([...args, '--json']);
  expect([code, stderr]).toEqual([0, '']);
  return JSON.parse(stdout) as Record<string, unknown>;
}

async function refused(...args: string[]): Promise<string> {
  const { code, stderr } = await osdkitInProcess(args);
  expect(code).toBe(2);
  return stderr;
}

async function paths(wim: string): Promise<string[]> {
  const { entries } = await osdkit('image', 'tree', wim);
  return (entries as { path: string }[]).map(({ path }) => path);
}

const tree = ['', 'sub', 'sub/empty', 'sub/noise0', 'sub/noise1', 'sub/noise2', 'words'];

test('captured, split, shown, joined, exported, updated, optimized, applied', async () => {
  const { parts, oversize } = await osdkit('image', 'split', at('a.wim'), '--size', '2', '--output', at('a.swm'));
  expect(oversize).toEqual([]);
  expect((parts as { path: string }[]).map(({ path }) => path)).toEqual([at('a.swm'), at('a2.swm')]);
  expect(await paths(at('a2.swm'))).toEqual(tree);
  expect(await osdkit('image', 'verify', at('a.swm'))).toMatchObject({ sound: true, blobs: 5, images: 1, parts: 2 });
  await osdkit('image', 'join', at('a.swm'), '--output', at('joined.wim'), '--boot', '1');
  await osdkit('image', 'export', at('joined.wim'), '--compress', 'xpress', '--output', at('x.wim'), '--index', '1');
  await osdkit('image', 'export', at('x.wim'), '--output', at('y.wim'));
  const changes = ['--delete', 'sub/noise1', '--rename', 'words=text/words', '--put', `${at('tree')}=copy`];
  const updated = await osdkit('image', 'update', at('y.wim'), ...changes);
  expect(updated).toMatchObject({ changes: 6, addedBlobs: 0, sharedBlobs: 4, leftOut: [at('tree/sub/empty')] });
  await osdkit('image', 'update', at('y.wim'), '--delete', 'sub', '--delete', 'copy/sub', '--output', at('z.wim'));
  const kept = await osdkit('image', 'optimize', at('z.wim'), '--output', at('small.wim'));
  expect(kept).toMatchObject({ images: 1, blobs: 1, dropped: 0 });
  expect(kept['size']).toBeLessThan(20_000);
  expect(await paths(at('small.wim'))).toEqual(['', 'copy', 'copy/words', 'text', 'text/words']);
  for (const wim of ['a', 'joined', 'x', 'y', 'z', 'small']) {
    expect(await osdkit('image', 'verify', at(`${wim}.wim`))).toMatchObject({ sound: true });
  }
  await osdkit('image', 'apply', at('a.swm'), at('applied'));
  for (const name of ['words', 'sub/noise2']) {
    expect(readFileSync(at(`applied/${name}`)).equals(readFileSync(at(`tree/${name}`)))).toBe(true);
  }
});

test('what is there is not overwritten, inputs never, and a part that is missing is named', async () => {
  await osdkit('image', 'split', at('a.wim'), '--size', '2', '--output', at('a.swm'));
  const before = readFileSync(at('a2.swm'));
  expect(await refused('image', 'split', at('a.wim'), '--size', '2', '--output', at('a.swm'))).toContain(
    'exists already',
  );
  expect(await refused('image', 'export', at('a.wim'), '--output', at('a.wim'), '--force')).toContain(
    'is the input file',
  );
  expect(await refused('image', 'join', at('a.swm'), '--output', at('a2.swm'), '--force')).toContain(
    'is the input file',
  );
  expect(await refused('image', 'update', at('a.wim'))).toContain('nothing to do');
  expect(await refused('image', 'update', at('a.wim'), '--add', 'words')).toContain('A=B');
  expect(await refused('image', 'capture', at('tree'), '--output', at('tree/in.wim'))).toContain(
    'lies in the input folder',
  );
  expect(readFileSync(at('a2.swm')).equals(before)).toBe(true);
  renameSync(at('a2.swm'), at('elsewhere.swm'));
  expect(await refused('image', 'join', at('a.swm'), '--output', at('b.wim'))).toMatch(/part 2 of 2: .*a2\.swm/);
  expect(await osdkit('image', 'verify', at('a.swm'))).toMatchObject({ sound: true, parts: 1, totalParts: 2 });
  await osdkit('image', 'join', at('elsewhere.swm'), at('a.swm'), '--output', at('b.wim'));
  expect(await paths(at('b.wim'))).toEqual(tree);
});

const cancelled: readonly (readonly [string, (run: typeof cancel) => Promise<void>])[] = [
  ['split', (run) => run(imageSplit, { file: at('a.wim'), output: at('out.swm'), size: 2, force: false })],
  ['export', (run) => run(imageExport, { file: at('a.wim'), output: at('out.wim'), compress: 'none', force: false })],
  [
    'update',
    (run) => run(imageUpdate, { ...update, file: at('a.wim'), put: [`${at('tree')}=x/y`, `${at('a.wim')}=z`] }),
  ],
  [
    'capture',
    (run) =>
      run(imageCapture, {
        folder: at('tree'),
        output: at('out.wim'),
        compress: 'lzx',
        force: false,
        boot: false,
        check: false,
        unixData: false,
      }),
  ],
];
const update = { add: [], delete: [], rename: [], compress: 'same' as const, force: false };

async function cancel<Input>(useCase: UseCase<Input, unknown>, input: Input): Promise<void> {
  const stop = new AbortController();
  const context = operationContext({ signal: stop.signal, progress: () => stop.abort() });
  await expect(useCase.run(input, { version: 'x', workers: 0 }, context)).rejects.toMatchObject({
    code: 'CORE_CANCELED',
  });
}

test.each(cancelled)('image %s, cancelled in the middle, leaves nothing and changes nothing', async (_name, start) => {
  const before = readFileSync(at('a.wim'));
  await start(cancel);
  expect(readdirSync(folder).sort()).toEqual(['a.wim', 'tree']);
  expect(readFileSync(at('a.wim')).equals(before)).toBe(true);
});
