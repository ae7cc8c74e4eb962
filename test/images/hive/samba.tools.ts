/**
 * Hives that Samba's regshell made and hivexregedit filled, edited by us: both see the changes, and of all that was not touched
 * no cell differs.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkHive, editHive, newValue, parseHive, writeHive } from '../../../images/hive/index.ts';
import { requireTool, run, scratch } from '../../support/tools.ts';
import { exportWith, pictureOf, type Picture } from './exported.ts';
import { cellChanges, rawCells, rawKeys } from './raw-hive.ts';

const tools = requireTool('regshell', 'regtree', 'hivexregedit', 'hivexsh');

/** One change a run: Samba 4.17 writes the file after the first one alone. `key` is a path below the root. */
async function shell(hive: string, key: string, command: string): Promise<void> {
  // regshell goes one key at a time; a key it does not find is told on stderr.
  const steps = key
    .split('\\')
    .filter((name) => name !== '')
    .map((name) => `ck ${name}`);
  const input = [...steps, command, 'exit', ''].join('\n');
  const { stderr } = await run(tools.path('regshell'), ['-s', '/dev/null', '-F', hive], { input });
  expect(stderr).not.toMatch(/rror|rouble/);
}

/** Keys and values as Samba sees them, a line each. */
async function seenBySamba(hive: string): Promise<readonly string[]> {
  const { stdout } = await run(tools.path('regtree'), ['-s', '/dev/null', '-F', hive]);
  return stdout.split('\n').filter((line) => line !== '');
}

/** A hive with keys, values, lists and hbins of Samba's and of libhivex'. */
async function foreignHive(): Promise<string> {
  const path = join(scratch(), 'hive');
  writeFileSync(path, writeHive({ name: 'root' }));
  for (const key of ['Software', 'System', 'Empty']) await shell(path, '', `mkkey ${key}`);
  for (const key of ['Vendor', 'Classes']) await shell(path, 'Software', `mkkey ${key}`);
  for (let i = 0; i < 12; i++) await shell(path, 'Software\\Classes', `mkkey class${i}`);
  await shell(path, 'Software\\Vendor', 'set text REG_SZ a text by Samba');
  await shell(path, 'Software\\Vendor', 'set number REG_DWORD 5');
  const reg = [
    'Windows Registry Editor Version 5.00\n',
    '[\\System\\Services]\n',
    ...Array.from(
      { length: 150 },
      (_, i) =>
        `[\\System\\Services\\Service ${i}]\n"Start"=dword:0000000${i % 5}\n"ImagePath"="system32\\\\drivers\\\\s${i}.sys"\n`,
    ),
    `[\\Software\\Vendor]\n"big"=hex:${Array.from({ length: 9000 }, (_, i) => (i & 255).toString(16).padStart(2, '0')).join(',')}\n`,
  ].join('\n');
  const file = join(scratch(), 'in.reg');
  writeFileSync(file, reg);
  await run(tools.path('hivexregedit'), ['--merge', path, file]);
  return path;
}

/** What libhivex sees, which must be what we see. */
async function seenByBoth(path: string): Promise<Picture> {
  const bytes = readFileSync(path);
  expect(checkHive(bytes)).toEqual([]);
  const theirs = await exportWith(tools.path('hivexregedit'), path);
  expect(pictureOf(parseHive(bytes).root)).toEqual(theirs);
  return theirs;
}

describe('a hive of Samba and libhivex', () => {
  test('edited: both read the changes, nothing else differs', async () => {
    const path = await foreignHive();
    const before = readFileSync(path);
    const pictureBefore = await seenByBoth(path);
    expect(Object.keys(pictureBefore)).toContain('Software\\Classes\\class11');
    const sambaBefore = await seenBySamba(path);
    const editor = editHive(before);
    editor.setValue('software\\vendor', newValue.dword('number', 6));
    editor.setValue('software\\vendor', newValue.string('text', 'a text by osdkit, longer than the one of Samba'));
    editor.deleteKey('system\\services\\service 77');
    editor.createKey('System\\Services\\Service 77a\\Parameters');
    editor.setValue('System\\Services\\Service 77a', newValue.string('ImagePath', 'osdkit.sys'));
    editor.deleteValue('system\\services\\service 3', 'start');
    const after = Buffer.from(editor.bytes());
    writeFileSync(path, after);

    const expected: Picture = { ...pictureBefore };
    delete expected['System\\Services\\Service 77'];
    const utf16 = (text: string): string => `1:${Buffer.from(`${text}\0`, 'utf16le').toString('hex')}`;
    expected['System\\Services\\Service 77a'] = { ImagePath: utf16('osdkit.sys') };
    expected['System\\Services\\Service 77a\\Parameters'] = {};
    expected['System\\Services\\Service 3'] = { ...expected['System\\Services\\Service 3'] };
    delete expected['System\\Services\\Service 3']['Start'];
    const vendor = 'Software\\Vendor';
    const vendorNow = (await seenByBoth(path))[vendor] ?? {};
    expected[vendor] = { ...expected[vendor], number: '4:06000000', text: vendorNow['text'] ?? '' };
    expect(vendorNow['text']).toMatch(/^1:[0-9a-f]+|92 bytes/);
    expect(await seenByBoth(path)).toEqual(expected);

    const sambaAfter = await seenBySamba(path);
    const only = (a: readonly string[], b: readonly string[]): string[] =>
      a.filter((line) => !b.includes(line)).map((line) => line.trim());
    expect(only(sambaAfter, sambaBefore)).toEqual(
      expect.arrayContaining(['Service 77a', 'Parameters', 'ImagePath = REG_SZ : osdkit.sys']),
    );
    expect(only(sambaAfter, sambaBefore).join('\n')).toContain('text = REG_SZ : a text by osdkit, longer than');
    expect(only(sambaBefore, sambaAfter)).toContain('Service 77');

    const services = 'SYSTEM\\SERVICES';
    const touched = [
      'SOFTWARE\\VENDOR',
      services,
      ...['3', '77', '77A', '77A\\PARAMETERS'].map((name) => `${services}\\SERVICE ${name}`),
    ];
    const old = rawKeys(before, { exact: false });
    const untouched = [...rawKeys(after, { exact: false })].filter(([key]) => !touched.includes(key));
    expect(untouched.length).toBeGreaterThan(160);
    for (const [key, cells] of untouched) expect([key, cells]).toEqual([key, old.get(key)]);
    // The same from the side of the cells: what changed or went belongs to a key that was touched, or is the descriptor.
    const { changed, gone } = cellChanges(before, after);
    const allowed = new Set(touched.flatMap((key) => [...(old.get(key)?.keys() ?? [])]));
    const others = [...changed, ...gone]
      .filter((at) => !allowed.has(at))
      .map((at) => rawCells(before).get(at)?.slice(8, 12));
    expect(others.every((signature) => signature === Buffer.from('sk').toString('hex'))).toBe(true);
  });

  test('both go on writing to what we edited', async () => {
    const path = await foreignHive();
    const editor = editHive(readFileSync(path), { time: 132_000_000_000_000_000n });
    for (let i = 0; i < 40; i++) editor.createKey(`Software\\Classes\\osdkit ${i}`);
    editor.deleteKey('Software\\Classes\\class3');
    editor.deleteKey('System\\Services\\Service 0');
    writeFileSync(path, editor.bytes());
    await shell(path, 'Software\\Classes', 'mkkey samba');
    await shell(path, 'Software\\Classes', 'rmkey class4');
    const input = 'cd \\Software\\Classes\nadd hivex\ncd hivex\nsetval 1\nname\nstring:text\ncommit\nquit\n';
    await run(tools.path('hivexsh'), ['-w', path], { input });
    const picture = await seenByBoth(path);
    const classes = Object.keys(picture).filter((key) => key.startsWith('Software\\Classes\\'));
    expect(classes).toHaveLength(12 - 2 + 40 + 2);
    expect(classes).toContain('Software\\Classes\\samba');
    expect(classes).toContain('Software\\Classes\\hivex');
    // And we on what they wrote.
    const again = editHive(readFileSync(path));
    for (const key of classes) expect(again.deleteKey(key)).toBe(true);
    writeFileSync(path, again.bytes());
    expect(Object.keys(await seenByBoth(path)).filter((key) => key.startsWith('Software\\Classes\\'))).toEqual([]);
  });
});
