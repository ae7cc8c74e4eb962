/** libhivex sees in our store what the facts demand; stores that it wrote, in the form of Microsoft's media, are read by us. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  bootManagerElement,
  checkBcd,
  describeBcd,
  editBcd,
  libraryElement,
  readBcd,
  winpeStore,
  writeBcd,
} from '../../../images/bcd/index.ts';
import { writeHive } from '../../../images/hive/index.ts';
import { requireTool, run, scratch } from '../../support/tools.ts';
import { bootElement, LOADER, MANAGER, OPTIONS, ramdiskElement } from './facts.ts';

const tools = requireTool('hivexregedit', 'hivexsh', 'hivexget');

test('our store, exported by hivexregedit, is the text typed from boot-chain.md 1, 4 and 8', async () => {
  const path = join(scratch(), 'BCD');
  const tftp = { blockSize: 1456, windowSize: 4, variableWindow: true };
  writeFileSync(path, writeBcd(winpeStore({ firmware: 'uefi', tftp })));
  const { stdout } = await run(tools.path('hivexregedit'), ['--export', '--unsafe-printable-strings', path, '\\']);
  expect(stdout).toBe(readFileSync(new URL('golden/winpe-uefi-tftp.reg', import.meta.url), 'utf8'));
});

test('hivexget and hivexsh find the elements', async () => {
  const path = join(scratch(), 'BCD');
  writeFileSync(path, writeBcd(winpeStore({ firmware: 'bios' })));
  const key = `\\Objects\\${LOADER}\\Elements\\12000002`;
  expect((await run(tools.path('hivexget'), [path, key, 'Element'])).stdout).toBe(
    '\\windows\\system32\\boot\\winload.exe\n',
  );
  // 0x10100002
  const input = `cd \\Objects\\${MANAGER}\\Description\nlsval Type\nquit\n`;
  expect((await run(tools.path('hivexsh'), [path], { input })).stdout).toBe('269484034\n');
});

describe('a store of installation media, written by libhivex (boot-chain.md 1)', () => {
  const hex = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(',');
  const binary = (bytes: Uint8Array): string => `hex:${hex(bytes)}`;
  const list = (...ids: string[]): string => `hex(7):${hex(Buffer.from(`${ids.join('\0')}\0\0`, 'utf16le'))}`;
  const text = (value: string): string => `"${value.replaceAll('\\', '\\\\')}"`;
  const object = (id: string, type: string, elements: Record<string, string>): string =>
    [
      `[\\Objects\\${id}]\n`,
      `[\\Objects\\${id}\\Description]\n"Type"=dword:${type}\n`,
      `[\\Objects\\${id}\\Elements]\n`,
      ...Object.entries(elements).map(([key, value]) => `[\\Objects\\${id}\\Elements\\${key}]\n"Element"=${value}\n`),
    ].join('\n');
  const memdiag = '{b2721d73-1db4-4c62-bf78-c548a880142d}';
  const globals = '{7ea2e1ac-2e61-4728-aaa3-896d9d0a9f0e}';
  const ems = '{0ce4991b-e6b3-4b16-b23c-5e0d9250e5d9}';
  const yes = 'hex:01';

  const reg = [
    'Windows Registry Editor Version 5.00\n',
    '[\\Description]\n"KeyName"=hex(1):cd,cd,ab,00\n',
    '[\\Objects]\n',
    object(MANAGER, '10100002', {
      '12000004': text('Windows Boot Manager'),
      '12000005': text('en-US'),
      '14000006': list(globals),
      '23000003': text(LOADER),
      '24000001': list(LOADER),
      '24000010': list(memdiag),
      '25000004': 'hex:1e',
    }),
    object(LOADER, '10200003', {
      '11000001': binary(ramdiskElement),
      '12000002': text('\\windows\\system32\\boot\\winload.efi'),
      '12000004': text('Windows Setup'),
      '12000005': text('en-US'),
      '16000060': yes,
      '21000001': binary(ramdiskElement),
      '22000002': text('\\windows'),
      '250000c2': 'hex:01,00,00,00,00,00,00,00',
      '26000010': yes,
      '26000022': yes,
      '260000b0': 'hex:00',
    }),
    object(OPTIONS, '30000000', { '31000003': binary(bootElement), '32000004': text('\\boot\\boot.sdi') }),
    object(memdiag, '10200005', { '11000001': binary(bootElement), '12000002': text('\\boot\\memtest.exe') }),
    object(globals, '20100000', { '14000006': list(ems) }),
    object(ems, '20100000', { '16000020': 'hex:00', '15000014': 'hex:00,c2,01' }),
  ].join('\n');

  async function store(): Promise<Buffer> {
    const path = join(scratch(), 'bcd');
    writeFileSync(path, writeHive({ name: 'System' }));
    const file = join(scratch(), 'in.reg');
    writeFileSync(file, reg);
    await run(tools.path('hivexregedit'), ['--merge', path, file]);
    return readFileSync(path);
  }

  test('passes the judge and reads as bcdedit would show it', async () => {
    const bytes = await store();
    const exists = (path: string): boolean => ['\\sources\\boot.wim', '\\boot\\boot.sdi'].includes(path);
    expect(checkBcd(bytes, { exists, firmware: 'uefi' })).toEqual([]);
    const golden = readFileSync(new URL('golden/media-uefi.txt', import.meta.url), 'utf8');
    expect(describeBcd(readBcd(bytes))).toBe(golden);
  });

  test('written by us again, libhivex sees the same', async () => {
    const bytes = await store();
    const path = join(scratch(), 'bcd');
    const exported = async (hive: Uint8Array): Promise<string> => {
      writeFileSync(path, hive);
      return (await run(tools.path('hivexregedit'), ['--export', path, '\\Objects'])).stdout;
    };
    expect(await exported(writeBcd(readBcd(bytes)))).toBe(await exported(bytes));
  });

  test('edited by us: in the export of libhivex only the lines of what was set and deleted differ', async () => {
    const path = join(scratch(), 'bcd');
    const lines = async (hive: Uint8Array): Promise<readonly string[]> => {
      writeFileSync(path, hive);
      const { stdout } = await run(tools.path('hivexregedit'), ['--export', '--unsafe-printable-strings', path, '\\']);
      return stdout.split('\n');
    };
    const bytes = await store();
    const editor = editBcd(bytes);
    editor.setElement(MANAGER, bootManagerElement.timeout, { kind: 'integer', integer: 5n });
    editor.setElement(LOADER, libraryElement.description, { kind: 'string', text: 'osdkit, and a good deal longer' });
    editor.deleteElement(LOADER, 0x2500_00c2);
    const after = editor.bytes();
    const [old, now] = [await lines(bytes), await lines(after)];
    expect(now.filter((line) => !old.includes(line))).toEqual([
      '"Element"=str(1):"osdkit, and a good deal longer"',
      '"Element"=hex(3):05,00,00,00,00,00,00,00',
    ]);
    expect(old.filter((line) => !now.includes(line))).toEqual([
      '"Element"=str(1):"Windows Setup"',
      `[\\Objects\\${LOADER}\\Elements\\250000c2]`,
      '"Element"=hex(3):01,00,00,00,00,00,00,00',
      '"Element"=hex(3):1e',
    ]);
    const exists = (file: string): boolean => ['\\sources\\boot.wim', '\\boot\\boot.sdi'].includes(file);
    expect(checkBcd(after, { exists, firmware: 'uefi' })).toEqual([]);
  });

  test('what libhivex takes away is missed', async () => {
    const path = join(scratch(), 'bcd');
    writeFileSync(path, await store());
    const input = `cd \\Objects\\${LOADER}\\Elements\\21000001\ndel\ncd \\Description\ndel\ncommit\nquit\n`;
    await run(tools.path('hivexsh'), ['-w', path], { input });
    expect(checkBcd(readFileSync(path)).map(({ code, status }) => [code, status])).toEqual([
      ['BCD_NO_DESCRIPTION_KEY', 0xc0000034],
      ['BCD_NO_OS_DEVICE', 0xc0000225],
    ]);
  });
});
