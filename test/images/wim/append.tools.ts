/** A folder captured as one image more of a WIM that wimlib made: wimlib verifies it, applies both images, and appends to it in turn. */
import { copyFileSync, mkdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { memorySource, openFile, writeInPlace } from '../../../images/bytes/index.ts';
import { appendImage, openWim, verifyWim } from '../../../images/wim/index.ts';
import { checkInput, imageCapture } from '../../../src/app/index.ts';
import { operationContext } from '../../../src/core/index.ts';
import { osdkitInProcess } from '../../cli/in-process.ts';
import { requireTool, run, scratch } from '../../support/tools.ts';
import { fillFolder } from './folder.ts';
import { judge } from './judge.ts';
import { imageFacts, listedBlobs, wimlib } from './wimlib.ts';

const tools = requireTool('wimlib-imagex', '7z');
const context = operationContext();
const folder = scratch();
const file = (name: string): string => join(folder, name);

beforeAll(async () => {
  if (!tools.available) return;
  mkdirSync(file('first'));
  fillFolder(file('first'));
  // The second has most of the first, and something of its own.
  await run('cp', ['-a', file('first'), file('second')]);
  writeFileSync(file('second/only here'), 'new '.repeat(50_000));
});

async function append(wim: string, name: string, ...args: string[]): Promise<{ readonly code: number; json: object }> {
  const line = ['image', 'capture', file('second'), '--append-to', wim, '--name', name, '--json', ...args];
  const { code, stdout } = await osdkitInProcess(line);
  return { code, json: JSON.parse(stdout) as object };
}

/** wimlib applies an image, and `diff` finds what differs from a folder. */
async function isApplied(wim: string, index: number, expected: string): Promise<void> {
  const target = join(scratch(), 'applied');
  await wimlib('apply', wim, String(index), target);
  expect((await run('diff', ['--recursive', '--no-dereference', expected, target])).stdout).toBe('');
}

describe.each(['none', 'XPRESS', 'LZX'])('%s', (form) => {
  const wim = file(`${form}.wim`);

  test('the new image is there, the old one as it was, and what both have is stored once', async () => {
    await wimlib('capture', file('first'), wim, 'First', `--compress=${form}`, '--check', '--boot');
    const before = await listedBlobs(wim);
    const size = statSync(wim).size;
    const { code, json } = await append(wim, 'Second');
    expect({ code, json }).toMatchObject({ code: 0, json: { index: 2, output: wim, leftOut: [] } });
    await judge(wim);
    await wimlib('verify', wim);
    const after = await listedBlobs(wim);
    // One content and one metadata resource more, and each shared content counted twice.
    expect(after.length).toBe(before.length + 2);
    for (const { hash, references, metadata } of before) {
      expect(after.find((blob) => blob.hash === hash)?.references, hash).toBe(metadata ? 1 : references * 2);
    }
    expect(statSync(wim).size - size).toBeLessThan(form === 'none' ? 250_000 : 40_000);
    await isApplied(wim, 1, file('first'));
    await isApplied(wim, 2, file('second'));
    await using source = await openFile(wim);
    const opened = await openWim(source, { strictness: 'strict' });
    expect((await verifyWim(opened, context)).problems).toEqual([]);
    expect([opened.bootIndex, opened.hasIntegrityTable, opened.images.map(({ name }) => name)]).toEqual([
      1,
      true,
      ['First', 'Second'],
    ]);
  });

  test('the counts in the XML data are those that wimlib gives the same folder', async () => {
    const theirs = file(`theirs-${form}.wim`);
    await wimlib('capture', file('second'), theirs, 'Second', `--compress=${form}`);
    const names = ['Name', 'Directory Count', 'File Count', 'Total Bytes', 'Hard Link Bytes'];
    const [ours, expected] = [await imageFacts(wim, 2), await imageFacts(theirs, 1)];
    expect(names.map((name) => ours[name])).toEqual(names.map((name) => expected[name]));
  });

  test('wimlib appends a third, we a fourth that boots', async () => {
    await wimlib('append', file('first'), wim, 'Third');
    expect(await append(wim, 'Fourth', '--boot')).toMatchObject({ code: 0, json: { index: 4 } });
    await judge(wim);
    await isApplied(wim, 3, file('first'));
    await isApplied(wim, 4, file('second'));
    expect(/^Boot Index:\s*(\d+)$/m.exec((await wimlib('info', wim)).stdout)?.[1]).toBe('4');
  });

  test('the bytes do not depend on the number of workers, and what is refused changes no byte', async () => {
    const copy = file(`copy-${form}.wim`);
    copyFileSync(wim, copy);
    const old = readFileSync(copy);
    for (const [name, ...args] of [
      ['First'],
      ['Fifth', '--compress', form === 'LZX' ? 'xpress' : 'lzx'],
      ['Fifth', '--output', file('x.wim')],
    ] as const) {
      expect((await append(copy, name, ...args)).code, name).toBe(2);
      expect(readFileSync(copy).equals(old)).toBe(true);
    }
    await append(copy, 'Fifth');
    const request = checkInput(imageCapture, { folder: file('second'), appendTo: wim, name: 'Fifth' });
    await imageCapture.run(request, { version: '', workers: 2 }, context);
    expect(readFileSync(copy).equals(readFileSync(wim))).toBe(true);
  });
});

test('cancelled while it writes: the file is the old one, byte for byte', async () => {
  const wim = file('cancelled.wim');
  await wimlib('capture', file('first/deep'), wim, 'First', '--compress=none');
  const old = readFileSync(wim);
  const stop = new AbortController();
  const slow = operationContext({ signal: stop.signal, progress: () => stop.abort() });
  await using source = await openFile(wim);
  const opened = await openWim(source);
  const children = [1, 2, 3].map((n) => ({
    name: String(n),
    kind: 'file' as const,
    modified: 1n,
    content: memorySource(new Uint8Array(4 << 20).fill(n)),
  }));
  const image = { name: 'Second', root: { name: '', kind: 'directory' as const, modified: 1n, children } };
  const done = writeInPlace(wim, slow, (sink) => appendImage(opened, image, { created: 0 }, sink, slow));
  await expect(done).rejects.toThrow(expect.objectContaining({ code: 'CORE_CANCELED' }));
  expect(readFileSync(wim).equals(old)).toBe(true);
});

test('parts of a split set and pipable WIMs are refused, a WIM that is cut off too', async () => {
  await wimlib('capture', file('first'), file('p.wim'), 'First', '--pipable');
  expect(await append(file('p.wim'), 'S')).toMatchObject({ json: { code: 'WIM_PIPABLE' } });
  await wimlib('split', file('none.wim'), file('s.swm'), '1');
  expect(await append(file('s.swm'), 'S')).toMatchObject({ json: { code: 'WIM_SPLIT' } });
  copyFileSync(file('LZX.wim'), file('cut.wim'));
  truncateSync(file('cut.wim'), 400_000);
  expect((await append(file('cut.wim'), 'S')).code).toBe(3);
});

test('to a solid WIM of LZMS data is stored', async () => {
  const wim = file('solid.wim');
  await wimlib('capture', file('first'), wim, 'First', '--solid');
  expect(await append(wim, 'Second')).toMatchObject({ code: 2, json: { code: 'WIM_LZMS' } });
  expect(await append(wim, 'Second', '--compress', 'none')).toMatchObject({ code: 0, json: { index: 2 } });
  await wimlib('verify', wim);
  await isApplied(wim, 1, file('first'));
  await isApplied(wim, 2, file('second'));
});
