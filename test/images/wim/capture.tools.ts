/** A folder captured by us and applied by wimlib, and the reverse, and by us both ways: equal trees in all that Linux holds. */
import {
  chmodSync,
  lstatSync,
  lutimesSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { openFile, scanFolder, type FolderEntry } from '../../../images/bytes/index.ts';
import { openWim, verifyWim } from '../../../images/wim/index.ts';
import { operationContext } from '../../../src/core/index.ts';
import { osdkitInProcess } from '../../cli/in-process.ts';
import { requireTool, scratch, sha256File } from '../../support/tools.ts';
import { fillFolder } from './folder.ts';
import { judge } from './judge.ts';
import { imageFacts, wimlib } from './wimlib.ts';

const tools = requireTool('wimlib-imagex', '7z');
const context = operationContext();
const folder = scratch();
const file = (name: string): string => join(folder, name);

beforeAll(() => {
  if (!tools.available) return;
  mkdirSync(file('tree'));
  fillFolder(file('tree'));
  symlinkSync('Windows', file('tree/link to folder'));
  symlinkSync('/etc/passwd', file('tree/absolute'));
  symlinkSync('nowhere/at all', file('tree/Windows/dangling'));
  chmodSync(file('tree/noise'), 0o750);
  chmodSync(file('tree/one byte more'), 0o444);
  setTimes(file('tree'), 1_700_000_000);
  utimesSync(file('tree/noise'), 1_000_000_000.123_456, 1_234_567_890.625);
  utimesSync(file('tree/Windows/System32/empty folder'), 100, 86_400);
});

/** Whole milliseconds everywhere: Node sets times to the microsecond only, and reads them to the nanosecond. */
function setTimes(path: string, seconds: number): void {
  for (const [i, name] of readdirSync(path).entries()) {
    const place = join(path, name);
    if (lstatSync(place).isDirectory()) setTimes(place, seconds + i);
    else lutimesSync(place, seconds, seconds + i + 0.125);
  }
  utimesSync(path, seconds, seconds);
}

/** All that Linux holds of a folder, one line a name; times to the microsecond, links by the names that share a file. */
async function everything(path: string, modes = true): Promise<string[]> {
  const lines: string[] = [];
  const groups = new Map<string, string>();
  const add = (entry: FolderEntry, place: string): void => {
    const group = entry.file === undefined ? '' : (groups.get(entry.file) ?? place);
    if (entry.file !== undefined) groups.set(entry.file, group);
    const micros = (entry.modified + 500n) / 1000n;
    const content = entry.kind === 'file' ? sha256File(entry.path) : (entry.target ?? '');
    const mode = modes ? (entry.mode & 0o7777).toString(8) : '';
    lines.push(`${place} ${entry.kind} ${mode} ${micros} ${content} ${group}`);
    for (const child of entry.children) add(child, `${place}/${child.name}`);
  };
  add(await scanFolder(path, context), '');
  return lines;
}

async function osdkit(...args: string[]): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await osdkitInProcess([...args, '--json']);
  expect([code, stderr]).toEqual([0, '']);
  return JSON.parse(stdout) as Record<string, unknown>;
}

describe.each(['none', 'xpress', 'lzx'])('%s', (form) => {
  test('captured by us: the judges find nothing, wimlib applies an equal tree', async () => {
    const wim = file(`ours-${form}.wim`);
    const args = ['--output', wim, '--compress', form, '--unix-data', '--check', '--boot', '--name', 'A & B'];
    const report = await osdkit('image', 'capture', file('tree'), ...args);
    expect(report['leftOut']).toEqual([]);
    await judge(wim);
    const target = join(scratch(), 'applied');
    await wimlib('apply', wim, '1', target, '--unix-data');
    expect(await everything(target)).toEqual(await everything(file('tree')));
    await using source = await openFile(wim);
    const opened = await openWim(source, { strictness: 'strict' });
    expect((await verifyWim(opened, context)).problems).toEqual([]);
    expect([opened.bootIndex, opened.compression, opened.hasIntegrityTable]).toEqual([1, form, true]);
  });

  test('the counts are those of a capture by wimlib', async () => {
    await wimlib('capture', file('tree'), file(`theirs-${form}.wim`), 'A & B', `--compress=${form}`, '--unix-data');
    const names = ['Name', 'Directory Count', 'File Count', 'Total Bytes', 'Hard Link Bytes'];
    const [ours, theirs] = [
      await imageFacts(file(`ours-${form}.wim`), 1),
      await imageFacts(file(`theirs-${form}.wim`), 1),
    ];
    expect(names.map((name) => ours[name])).toEqual(names.map((name) => theirs[name]));
  });

  test.each(['theirs', 'ours'])('%s: applied by us, an equal tree', async (whose) => {
    const target = join(scratch(), 'applied');
    const report = await osdkit('image', 'apply', file(`${whose}-${form}.wim`), target, '--unix-data');
    expect(report).toMatchObject({ leftOut: [], lost: {}, links: 4, hardLinks: 2 });
    expect(await everything(target)).toEqual(await everything(file('tree')));
  });
});

test('equal folders give equal bytes', async () => {
  await osdkit('image', 'capture', file('tree'), '--output', file('one.wim'));
  await osdkit('image', 'capture', file('tree'), '--output', file('two.wim'));
  expect(readFileSync(file('one.wim')).equals(readFileSync(file('two.wim')))).toBe(true);
});

test('what a WIM cannot hold is named, the rest is there', async () => {
  const odd = join(scratch(), 'odd');
  mkdirSync(odd);
  for (const name of ['good', 'GOOD', 'a:b', 'ends|bar', 'line\nbreak']) writeFileSync(join(odd, name), name);
  writeFileSync(Buffer.concat([Buffer.from(`${odd}/`), Buffer.from([0x66, 0xff])]), 'latin-1');
  symlinkSync('back\\slash', join(odd, 'link'));
  const report = await osdkit('image', 'capture', odd, '--output', file('odd.wim'));
  expect(report['leftOut']).toEqual([
    { path: '/<66ff>', why: 'the name is no UTF-8 text' },
    { path: 'a:b', why: 'Windows does not allow the name' },
    { path: 'ends|bar', why: 'Windows does not allow the name' },
    { path: 'good', why: 'another name differs only in case' },
    { path: 'line\nbreak', why: 'Windows does not allow the name' },
    { path: 'link', why: 'the target of the link holds a backslash' },
  ]);
  const target = join(scratch(), 'applied');
  await wimlib('apply', file('odd.wim'), '1', target);
  expect((await scanFolder(target, context)).children.map(({ name }) => name)).toEqual(['GOOD']);
});

test('nothing is overwritten, and a failure leaves nothing', async () => {
  const target = join(scratch(), 'full');
  mkdirSync(target);
  writeFileSync(join(target, 'mine'), 'stays');
  const full = await osdkitInProcess(['image', 'apply', file('one.wim'), target]);
  expect([full.code, full.stderr]).toEqual([2, expect.stringContaining('is not empty')]);
  const damaged = readFileSync(file('one.wim'));
  damaged.fill(0xa5, 4000, 40_000);
  writeFileSync(file('damaged.wim'), damaged);
  const fresh = join(scratch(), 'fresh');
  const broken = await osdkitInProcess(['image', 'apply', file('damaged.wim'), fresh]);
  expect(broken.code).toBe(3);
  await expect(scanFolder(fresh, context)).rejects.toMatchObject({ code: 'CORE_FILE_NOT_FOUND' });
});
