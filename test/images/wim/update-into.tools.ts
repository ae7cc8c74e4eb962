/** Updates in place of LZX images that wimlib made, judged by wimlib-imagex and 7z. */
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { fileOnDisk, openFile, writeInPlace } from '../../../images/bytes/index.ts';
import { openWim, updateInto, verifyWim, type WimChange } from '../../../images/wim/index.ts';
import { operationContext } from '../../../src/core/index.ts';
import { requireTool, scratch } from '../../support/tools.ts';
import { fillFolder, folderListing } from './folder.ts';
import { judge } from './judge.ts';
import { created } from './make-wim.ts';
import { wimlib } from './wimlib.ts';

const tools = requireTool('wimlib-imagex', '7z');
const context = operationContext();
const folder = scratch();
const file = (name: string): string => join(folder, name);

beforeAll(async () => {
  if (!tools.available) return;
  mkdirSync(file('tree'));
  fillFolder(file('tree'));
  rmSync(file('tree/symbolic link'));
});

test.each(['LZX', 'XPRESS', 'none'])('%s: in place, with integrity table', async (compression) => {
  const wim = file(`${compression}.wim`);
  await wimlib('capture', file('tree'), wim, 'x', `--compress=${compression}`, '--check', '--boot');
  const expected = await folderListing(file('tree'));
  const program = expected['Windows/System32/program.exe'] as string;
  const changes: WimChange[] = [
    { op: 'delete', path: 'Windows/System32/text.txt' },
    { op: 'rename', path: 'noise', to: 'Windows/moved noise' },
    { op: 'add', path: 'new/node.bin', content: await fileOnDisk(file('tree/Windows/System32/program.exe')) },
  ];
  {
    await using source = await openFile(wim);
    const opened = await openWim(source);
    const update = { images: [{ index: 1, changes }], modified: created };
    const report = await writeInPlace(wim, context, (sink) =>
      updateInto(opened, update, sink, context, { workers: 1 }),
    );
    expect(report).toMatchObject({ addedBlobs: 0, sharedBlobs: 1, droppedBlobs: 0 });
  }
  delete expected['Windows/System32/text.txt'];
  expected['Windows/moved noise'] = expected['noise'] as string;
  delete expected['noise'];
  Object.assign(expected, { new: null, 'new/node.bin': program });
  copyFileSync(file('tree/Windows/System32/same.txt'), file('small'));
  {
    await using source = await openFile(wim);
    const opened = await openWim(source);
    const more: WimChange[] = [
      { op: 'put', path: 'Windows/empty file', content: await fileOnDisk(file('small')) },
      { op: 'put', path: 'exactly one chunk', content: await fileOnDisk(file('tree/one byte more')) },
    ];
    const update = { images: [{ index: 1, changes: more }], modified: created };
    await writeInPlace(wim, context, (sink) => updateInto(opened, update, sink, context));
  }
  expected['Windows/empty file'] = expected['Windows/System32/same.txt'] as string;
  expected['exactly one chunk'] = expected['one byte more'] as string;
  await judge(wim);
  const target = join(scratch(), 'applied');
  await wimlib('apply', wim, '1', target);
  expect(await folderListing(target)).toEqual(expected);
  await using source = await openFile(wim);
  const changed = await openWim(source, { strictness: 'strict' });
  expect((await verifyWim(changed, context)).problems).toEqual([]);
  expect([changed.bootIndex, changed.hasIntegrityTable]).toEqual([1, true]);
});
