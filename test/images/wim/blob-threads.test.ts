/** Threads that read, check and write whole blobs by themselves: the same as without, whatever file, part or damage; cancelable. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { concatSource, memorySink, memorySource, openFile, type ByteSource } from '../../../images/bytes/index.ts';
import { treeFromFiles } from '../../../images/tree/index.ts';
import { BlobThreads } from '../../../images/wim/blob-threads.ts';
import {
  exportWim,
  extractImage,
  joinedParts,
  openWim,
  planSplit,
  verifyWim,
  writeSplitPart,
  type Wim,
} from '../../../images/wim/index.ts';
import { CanceledError, operationContext } from '../../../src/core/index.ts';
import { scratch } from '../../support/scratch.ts';
import { openBytes, wimBytes } from './make-wim.ts';

const context = operationContext();

/** Text that compresses, in one chunk and in several, one large enough to be a run of its own; two names for some contents. */
const contents = new Map<string, Buffer>([['empty', Buffer.alloc(0)]]);
for (const [size, count] of [
  [10, 300],
  [40_000, 20],
  [4_500_000, 2],
] as const) {
  for (let n = 0; n < count; n++) {
    const line = `file ${n} of ${size} bytes, ${'word '.repeat(1 + (n % 7))}\n`;
    const bytes = Buffer.from(line.repeat(Math.ceil(size / line.length)).slice(0, size));
    contents.set(`${size}/${n}`, bytes);
    if (n % 9 === 0) contents.set(`again/${size} ${n}`, bytes);
  }
}

const folder = scratch();
const forms = ['lzx', 'xpress', 'none'] as const;

async function makeWim(compression: (typeof forms)[number]): Promise<Uint8Array> {
  const tree = treeFromFiles([...contents].map(([path, bytes]) => ({ path, content: memorySource(bytes) })));
  const sink = memorySink();
  await exportWim(await openBytes(await wimBytes([{ tree, name: 'n' }])), { compression, integrity: true }, sink);
  return sink.bytes();
}

const made = new Map(await Promise.all(forms.map(async (form) => [form, await makeWim(form)] as const)));
const bytesOf = (form: (typeof forms)[number]): Uint8Array => (made.get(form) as Uint8Array).slice();

async function inFile<T>(bytes: Uint8Array, use: (wim: Wim, file: ByteSource) => Promise<T>): Promise<T> {
  const path = join(folder, 'test.wim');
  writeFileSync(path, bytes);
  await using file = await openFile(path);
  return await use(await openWim(file), file);
}

/** What is in the folder: every path with its bytes as text. */
function written(target: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const entry of readdirSync(target, { recursive: true, withFileTypes: true })) {
    const place = join(entry.parentPath, entry.name);
    if (entry.isFile()) found.set(place.slice(target.length + 1), readFileSync(place, 'latin1'));
  }
  return found;
}

describe.each(forms)('%s', (form) => {
  test('a sound file: the report is that of one thread', async () => {
    await inFile(bytesOf(form), async (wim) => {
      const alone = await verifyWim(wim, context);
      expect(alone.problems).toEqual([]);
      for (const workers of [1, 3]) expect(await verifyWim(wim, context, { workers })).toEqual(alone);
    });
  });

  test('extracted: every file as it was, with 0 and 3 threads', async () => {
    await inFile(bytesOf(form), async (wim) => {
      const image = await wim.image(1);
      for (const workers of [0, 3]) {
        const target = join(scratch(), 'out');
        const report = await extractImage(image, target, context, { workers });
        expect(report).toEqual({ files: contents.size, skipped: [] });
        expect(written(target)).toEqual(
          new Map([...contents].map(([path, bytes]) => [path, bytes.toString('latin1')])),
        );
      }
    });
  });

  test('damaged at 40 places: the report and the error of one thread; nothing stays of what was extracted', async () => {
    const bytes = bytesOf(form);
    const end = (await (await openBytes(bytesOf(form))).blobTable()).metadata[0]?.resource.offset ?? 0;
    for (let i = 1; i <= 40; i++) bytes[Math.floor((end * i) / 41)]! ^= 0x5a;
    await inFile(bytes, async (wim) => {
      const alone = await verifyWim(wim, context);
      expect(alone.problems.length).toBeGreaterThan(2);
      expect(await verifyWim(wim, context, { workers: 2 })).toEqual(alone);
      const image = await wim.image(1);
      const target = join(scratch(), 'out');
      const errors: string[] = [];
      for (const workers of [0, 1, 4]) {
        errors.push(await extractImage(image, target, context, { workers }).then(() => 'none', String));
        expect(existsSync(target)).toBe(false);
      }
      expect(errors[0]).toMatch(/^(Format|Integrity)Error: [0-9a]/);
      expect(errors).toEqual([errors[0], errors[0], errors[0]]);
    });
  });
});

test('a WIM inside another file, in two stretches', async () => {
  const bytes = bytesOf('lzx');
  const cut = Math.floor(bytes.length / 3);
  const paths = [join(folder, 'first'), join(folder, 'second')] as const;
  writeFileSync(paths[0], Buffer.concat([Buffer.alloc(1000, 1), bytes.subarray(0, cut)]));
  writeFileSync(paths[1], Buffer.concat([bytes.subarray(cut), Buffer.alloc(50, 2)]));
  const whole = memorySource(bytes);
  const parts = [
    { path: paths[0], offset: 1000, length: cut },
    { path: paths[1], offset: 0, length: bytes.length - cut },
  ];
  const wim = await openWim({ ...concatSource([whole]), parts });
  expect((await verifyWim(wim, context, { workers: 2 })).problems).toEqual([]);
});

test('parts of a split set, each with the blobs of its own', async () => {
  const split = await inFile(bytesOf('none'), async (wim) => {
    const plan = await planSplit(wim, 5_000_000);
    expect(plan.parts.length).toBeGreaterThan(1);
    const names: string[] = [];
    for (const part of plan.parts) {
      const sink = memorySink();
      await writeSplitPart(plan, part, sink, context);
      names.push(join(folder, `part${part.number}.swm`));
      writeFileSync(names.at(-1) ?? '', sink.bytes());
    }
    return names;
  });
  const files = await Promise.all(split.map((name) => openFile(name)));
  const wim = joinedParts(await Promise.all(files.map((file) => openWim(file))));
  const alone = await verifyWim(wim, context);
  expect(alone.problems).toEqual([]);
  expect(await verifyWim(wim, context, { workers: 2 })).toEqual(alone);
  const target = join(scratch(), 'out');
  await extractImage(await wim.image(1), target, context, { workers: 2 });
  expect(written(target).size).toBe(contents.size);
  for (const file of files) await file.close();
});

test('no threads for a source that is no file, or when none are asked for', async () => {
  const wim = await openBytes(bytesOf('lzx'));
  expect(BlobThreads.start(wim, 2)).toBeUndefined();
  await inFile(bytesOf('lzx'), async (inside) => expect(BlobThreads.start(inside, 0)).toBeUndefined());
});

test('a file that was cut off meanwhile is named as changed, not as damaged', async () => {
  await inFile(bytesOf('none'), async (wim, file) => {
    await wim.blobTable();
    writeFileSync(join(folder, 'test.wim'), bytesOf('none').subarray(0, 100_000));
    expect(file.size).toBeGreaterThan(100_000);
    await expect(verifyWim(wim, context, { workers: 2 })).rejects.toMatchObject({ code: 'BYTES_FILE_CHANGED' });
  });
});

test('canceled while threads work: nothing stays, and what was there before does', async () => {
  await inFile(bytesOf('lzx'), async (wim) => {
    const target = join(scratch(), 'out');
    mkdirSync(target);
    writeFileSync(join(target, 'old'), 'old');
    const image = await wim.image(1);
    for (const work of [
      (stopping: typeof context) => verifyWim(wim, stopping, { workers: 2 }),
      (stopping: typeof context) => extractImage(image, target, stopping, { workers: 2 }),
    ]) {
      const stop = new AbortController();
      const stopping = operationContext({ signal: stop.signal, progress: () => stop.abort() });
      await expect(work(stopping)).rejects.toBeInstanceOf(CanceledError);
    }
    expect(readdirSync(target)).toEqual(['old']);
  });
});

test('a file that is there is not written to', async () => {
  await inFile(bytesOf('lzx'), async (wim) => {
    const target = join(scratch(), 'out');
    mkdirSync(join(target, '40000'), { recursive: true });
    writeFileSync(join(target, '40000', '7'), 'mine');
    const extract = extractImage(await wim.image(1), target, context, { workers: 2 });
    await expect(extract).rejects.toMatchObject({ code: 'TREE_EXISTS' });
    expect(written(target)).toEqual(new Map([[join('40000', '7'), 'mine']]));
  });
});

test('a blob that is most of the WIM is decoded by the pool: the same report, the same file', async () => {
  const line = 'one large file among small ones: all threads work on its chunks\n';
  const bytes = Buffer.from(line.repeat(Math.ceil((66 * 2 ** 20) / line.length)));
  const tree = treeFromFiles([
    { path: 'large', content: memorySource(bytes, 'large') },
    { path: 'small', content: memorySource(Buffer.from('small')) },
  ]);
  const sink = memorySink();
  await exportWim(await openBytes(await wimBytes([{ tree, name: 'n' }])), { compression: 'xpress' }, sink);
  await inFile(sink.bytes(), async (wim) => {
    const alone = await verifyWim(wim, context);
    expect(alone).toMatchObject({ problems: [], blobs: 3 });
    expect(await verifyWim(wim, context, { workers: 2 })).toEqual(alone);
    const target = join(scratch(), 'out');
    await extractImage(await wim.image(1), target, context, { workers: 2 });
    expect(readFileSync(join(target, 'large')).equals(bytes)).toBe(true);
    expect(readFileSync(join(target, 'small'), 'utf8')).toBe('small');
  });
});
