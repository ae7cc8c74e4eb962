/** What `describeImage` says of an image that wimlib captured, beside `wimlib-imagex dir --detailed`; split sets the same. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { openFile } from '../../../images/bytes/index.ts';
import { describeImage, joinedParts, openWim, verifyWim, type Wim } from '../../../images/wim/index.ts';
import { operationContext } from '../../../src/core/index.ts';
import { requireTool, scratch } from '../../support/tools.ts';
import { reparseHash } from '../../../images/wim/describe.ts';
import { fillFolder } from './folder.ts';
import { wimlib } from './wimlib.ts';

const tools = requireTool('wimlib-imagex');
const folder = scratch();
const file = (name: string): string => join(folder, name);

beforeAll(async () => {
  if (!tools.available) return;
  mkdirSync(file('tree'));
  fillFolder(file('tree'));
  await wimlib('capture', file('tree'), file('tree.wim'), '--compress=XPRESS', '--unix-data');
  await wimlib('split', file('tree.wim'), file('tree.swm'), '0.3');
});

/** One line a name, in wimlib's words. */
async function ours(wim: Wim): Promise<string[]> {
  const lines: string[] = [];
  for await (const entry of describeImage(await wim.image(1))) {
    const { dentry } = entry;
    const hash = entry.reparse ? reparseHash(dentry) : entry.hash;
    const size = entry.reparse ? '' : String(entry.size);
    const tag = entry.reparse ? entry.reparse.tag.toString(16) : '';
    const facts = [dentry.attributes.toString(16), hash ?? '0'.repeat(40), size, tag, entry.links];
    lines.push(`/${entry.path} ${facts.join(' ')} ${dentry.hardLinkGroup} ${entry.items.join()}`);
  }
  return lines.sort();
}

async function theirs(): Promise<string[]> {
  const { stdout } = await wimlib('dir', file('tree.wim'), '--detailed');
  const blocks = stdout.split(/^-{20,}$/m).filter((block) => block.includes('Full Path'));
  const lines = blocks.map((block) => {
    const value = (name: string): string => new RegExp(`^${name} *= (.*)$`, 'm').exec(block)?.[1] ?? '';
    const hexOf = (name: string): string => (value(name) === '' ? '' : BigInt(value(name)).toString(16));
    const tag = hexOf('Reparse Tag');
    const size = tag === '' ? value('Uncompressed size').replace(' bytes', '') : '';
    const facts = [hexOf('Attributes'), value('Hash').slice(2), size, tag, value('Link Count')];
    const items = value('UNIX Data') === '' ? '' : 'unix owner and mode';
    return `${value('Full Path').slice(1, -1)} ${facts.join(' ')} ${BigInt(value('Link Group ID'))} ${items}`;
  });
  return lines.sort();
}

test('every name, attribute, link, size and hash as wimlib lists them', async () => {
  await using source = await openFile(file('tree.wim'));
  const expected = await theirs();
  expect(expected.length).toBeGreaterThan(50);
  expect(await ours(await openWim(source))).toEqual(expected);
});

test('the target of a symbolic link', async () => {
  await using source = await openFile(file('tree.wim'));
  const targets: unknown[] = [];
  for await (const { path, reparse } of describeImage(await (await openWim(source)).image(1))) {
    if (reparse) targets.push([path, reparse.target]);
  }
  expect(targets).toEqual([['symbolic link', { target: 'Windows\\same again.txt', relative: true }]]);
});

test('the parts of a split set together are the whole', async () => {
  await using first = await openFile(file('tree.swm'));
  const { totalParts } = await openWim(first);
  expect(totalParts).toBeGreaterThan(2);
  const sources = await Promise.all(
    Array.from({ length: totalParts - 1 }, (_, i) => openFile(file(`tree${i + 2}.swm`))),
  );
  const set = joinedParts(await Promise.all([...sources.toReversed(), first].map((source) => openWim(source))));
  expect(await ours(set)).toEqual(await theirs());
  const report = await verifyWim(set, operationContext());
  expect(report.problems).toEqual([]);
  await using whole = await openFile(file('tree.wim'));
  const expected = await verifyWim(await openWim(whole), operationContext());
  expect([report.blobs, report.bytes]).toEqual([expected.blobs, expected.bytes]);
  for (const source of sources) await source.close();
});

test('parts that do not make one set are refused', async () => {
  await using one = await openFile(file('tree.swm'));
  await using two = await openFile(file('tree2.swm'));
  const [first, second] = [await openWim(one), await openWim(two)];
  expect(() => joinedParts([first, second])).toThrow(/part 3 of \d+ is missing/);
  expect(() => joinedParts([second])).toThrow(/part 1 of \d+ is missing/);
  expect(() => joinedParts([first, first])).toThrow(/part 1 was given twice/);
});
