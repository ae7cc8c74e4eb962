/** Updates into the file that holds the WIM: the same image as a model says, in any form; failures leave the old file. */
import { describe, expect, test } from 'vitest';
import { memorySink, memorySource, type ByteSink, type MemorySink } from '../../../images/bytes/index.ts';
import { exportWim, openWim, updateInto, verifyWim, type Wim, type WimChange } from '../../../images/wim/index.ts';
import { operationContext } from '../../../src/core/index.ts';
import { created, listing, openBytes, sampleImage, text, wimBytes } from './make-wim.ts';
import { ImageModel } from './random-changes.ts';

const context = operationContext();
const modified = created + 1000;

async function baseWim(compression: 'none' | 'xpress' | 'lzx', integrity = false): Promise<Uint8Array> {
  const bytes = await wimBytes([
    { ...sampleImage(), tree: { kind: 'directory', name: '', children: [] } },
    sampleImage(),
  ]);
  const sink = memorySink();
  await exportWim(await openBytes(bytes), { compression, integrity }, sink);
  return sink.bytes();
}

/** A sink that holds these bytes already. */
async function holding(bytes: Uint8Array): Promise<MemorySink> {
  const sink = memorySink();
  await sink.write(0, bytes);
  return sink;
}

const update = (changes: readonly WimChange[], index = 1) => ({ images: [{ index, changes }], modified });

describe.each(['none', 'xpress', 'lzx'] as const)('a WIM in the form %s', (compression) => {
  test.each([1, 2, 3, 4, 5, 6])('random changes, seed %i', async (seed) => {
    const model = new ImageModel(seed);
    let bytes = await baseWim(compression, seed % 2 === 0);
    const other = await listing((await (await openBytes(bytes)).image(2)).tree());
    for (let round = 0; round < 3; round++) {
      const wim = await openBytes(bytes);
      const sink = await holding(bytes);
      await updateInto(wim, update(model.changes(25)), sink, context, { compress: seed !== 3 });
      bytes = sink.bytes();
      const changed = await openWim(memorySource(bytes), { strictness: 'strict' });
      expect(await listing((await changed.image(1)).tree())).toEqual(model.listing());
      expect((await verifyWim(changed, context)).problems).toEqual([]);
    }
    expect(await listing((await (await openBytes(bytes)).image(2)).tree())).toEqual(other);
    expect(await countsAgree(await openBytes(bytes))).toBe(true);
  });
});

/** An export counts references anew: nothing is dropped, nothing counted differently. */
async function countsAgree(wim: Wim): Promise<boolean> {
  const sink = memorySink();
  const { dropped } = await exportWim(wim, {}, sink);
  const counts = async (one: Wim): Promise<string[]> =>
    (await one.blobTable()).blobs.map(({ hash, referenceCount }) => `${hash} ${referenceCount}`).sort();
  expect(await counts(await openBytes(sink.bytes()))).toEqual(await counts(wim));
  return dropped === 0;
}

test('new data is compressed, and costs what it is; stored when asked for', async () => {
  const bytes = await baseWim('lzx');
  const sizes: number[] = [];
  for (const compress of [true, false]) {
    const sink = await holding(bytes);
    const changes: WimChange[] = [{ op: 'add', path: 'big', content: text('same words '.repeat(50_000)) }];
    const report = await updateInto(await openBytes(bytes), update(changes), sink, context, { compress });
    expect(report).toMatchObject({ addedBlobs: 1, addedBytes: 550_000, sharedBlobs: 0, droppedBlobs: 0 });
    expect(Buffer.from(sink.bytes().subarray(208, bytes.length)).equals(bytes.subarray(208))).toBe(true);
    sizes.push(sink.bytes().length - bytes.length);
  }
  expect(sizes[0]).toBeLessThan(40_000);
  expect(sizes[1]).toBeGreaterThan(550_000);
});

test('data that is there already is not written again', async () => {
  const bytes = await baseWim('none');
  const sink = await holding(bytes);
  const changes: WimChange[] = [{ op: 'add', path: 'copy', content: text('x'.repeat(100_000)) }];
  expect(await updateInto(await openBytes(bytes), update(changes), sink)).toMatchObject({
    addedBlobs: 0,
    sharedBlobs: 1,
  });
  expect(sink.bytes().length - bytes.length).toBeLessThan(10_000);
});

describe('what fails leaves the file as it was', () => {
  const cases: [string, WimChange[]][] = [
    [
      'a conflict behind a good change',
      [
        { op: 'add', path: 'x', content: text('y') },
        { op: 'delete', path: 'none' },
      ],
    ],
    ['a name that is taken', [{ op: 'rename', path: 'zero', to: 'Empty' }]],
    ['a folder into itself', [{ op: 'rename', path: 'Windows', to: 'windows/System32/w' }]],
    ['a name that Windows refuses', [{ op: 'rename', path: 'zero', to: 'a:b' }]],
    [
      'content that cannot be read',
      [{ op: 'add', path: 'x', content: { ...text('yyy'), read: () => Promise.reject(new Error('gone')) } }],
    ],
  ];
  test.each(cases)('%s', async (_name, changes) => {
    const bytes = await baseWim('lzx', true);
    const sink = await holding(bytes);
    await expect(updateInto(await openBytes(bytes), update(changes, 2), sink)).rejects.toThrow();
    expect(Buffer.from(sink.bytes()).equals(bytes)).toBe(true);
  });

  test.each(['lzx', 'none'] as const)(
    'a conflict found while threads compress: nothing is written, %s',
    async (form) => {
      const bytes = await baseWim(form);
      const calls: string[] = [];
      const watched: ByteSink = {
        write: async (offset) => void calls.push(`write at ${offset}`),
        truncate: async (size) => void calls.push(`truncate to ${size}`),
      };
      const changes: WimChange[] = [
        { op: 'add', path: 'big', content: text('same words '.repeat(300_000)) },
        { op: 'delete', path: 'none' },
      ];
      const options = { workers: 2 };
      await expect(
        updateInto(await openBytes(bytes), update(changes), watched, context, options),
      ).rejects.toMatchObject({
        code: 'WIM_CHANGE_CONFLICT',
      });
      expect(calls).toEqual([]);
    },
  );

  test('cancelled in the middle', async () => {
    const bytes = await baseWim('lzx', true);
    const sink = await holding(bytes);
    const stop = new AbortController();
    const stopping = operationContext({ signal: stop.signal, progress: () => stop.abort() });
    const changes: WimChange[] = [{ op: 'add', path: 'big', content: text('same words '.repeat(50_000)) }];
    await expect(updateInto(await openBytes(bytes), update(changes), sink, stopping)).rejects.toMatchObject({
      code: 'CORE_CANCELED',
    });
    expect(Buffer.from(sink.bytes()).equals(bytes)).toBe(true);
  });
});

test('renaming keeps what belongs to the file, in another case too', async () => {
  const bytes = await baseWim('none');
  const sink = await holding(bytes);
  const before = (await (await openBytes(bytes)).image(2)).find('Windows/System32/winload.efi');
  const changes: WimChange[] = [
    { op: 'rename', path: 'windows/system32/WINLOAD.EFI', to: 'Windows/System32/WinLoad.efi' },
    { op: 'rename', path: 'Windows', to: 'Old/Windows' },
  ];
  await updateInto(await openBytes(bytes), update(changes, 2), sink);
  const after = (await (await openBytes(sink.bytes())).image(2)).find('Old/Windows/System32/WinLoad.efi');
  expect(after).toEqual({ ...before, name: 'WinLoad.efi' });
});
