/** What follows the loader: the boot manager's files by TFTP and HTTP, and scripts of iPXE. The network is a list of files. */
import { describe, expect, it } from 'vitest';
import { bootManagerByHttp, bootManagerByTftp, folderOf } from '../../../pxe/client/bootmgr-stage.ts';
import type { Fetch, FetchedFile } from '../../../pxe/client/fetch.ts';
import { runScript } from '../../../pxe/client/ipxe-script.ts';
import { bootScript, exitScript } from '../../../pxe/ipxe/index.ts';

/** Files by name in lower case; what was asked for, in order. */
function network(files: Readonly<Record<string, number | 'broken'>>) {
  const asked: string[] = [];
  const options: string[] = [];
  const give = (protocol: 'tftp' | 'http', name: string, probe: boolean): Promise<FetchedFile> => {
    const size = files[name.toLowerCase()];
    const base = { protocol, name, time: 1, sha256: null, bytes: null, text: '' } as const;
    if (size === undefined) return Promise.resolve({ ...base, outcome: 'missing', size: 0, text: 'not there' });
    if (probe) return Promise.resolve({ ...base, outcome: 'size', size: size === 'broken' ? 9 : size });
    if (size === 'broken')
      return Promise.resolve({ ...base, outcome: 'failed', size: 0, text: 'nothing came after 3 bytes' });
    return Promise.resolve({ ...base, outcome: 'complete', size, bytes: Uint8Array.of(1) });
  };
  const fetch: Fetch = {
    tftp(name, wish) {
      asked.push(`${wish.probe === true ? '?' : ''}${name}`);
      options.push(wish.options.map((option) => `${option.name}=${option.value}`).join(' '));
      return give('tftp', name, wish.probe === true);
    },
    http(url, { method }) {
      asked.push(`${method} ${url}`);
      return give('http', url, method === 'HEAD');
    },
  };
  return { fetch, asked, options };
}

const store = {
  image: '\\sources\\boot.wim',
  ramdisk: '\\boot\\boot.sdi',
  blockSize: 1456,
  window: 16,
  variableWindow: true,
};
const all = { '\\b\\bcd': 900, '\\b\\bootmgfw.efi': 1000, '\\sources\\boot.wim': 5000, '\\boot\\boot.sdi': 3000 };

describe('the boot manager by TFTP', () => {
  it('asks for its files as the real one was seen to (boot-chain 4)', async () => {
    const { fetch, asked, options } = network(all);
    expect((await bootManagerByTftp('b\\bootmgfw.efi', 'uefi', () => store, fetch)).boots).toBe(true);
    const told = asked.filter((name) => !name.includes('EFI'));
    expect(told).toEqual([
      '?\\b\\BCD',
      '\\b\\BCD',
      '?\\b\\bootmgfw.efi',
      '\\b\\bootmgfw.efi',
      '?\\sources\\boot.wim',
      '?\\boot\\boot.sdi',
      '\\boot\\boot.sdi',
      '\\sources\\boot.wim',
    ]);
    // Only the RAM disk's files use the store's window.
    expect(options.at(-1)).toBe('tsize=0 blksize=1456 windowsize=16 msftwindow=31416');
    expect(options[1]).toBe('tsize=0 blksize=1456');
  });
  it('BIOS looks for \\Boot\\BCD alone and does not read itself again', async () => {
    const { fetch, asked } = network({ ...all, '\\boot\\bcd': 900 });
    await bootManagerByTftp('b\\bootmgr.exe', 'bios', () => store, fetch);
    expect(asked[0]).toBe('?\\Boot\\BCD');
    expect(asked.some((name) => name.includes('bootmgr.exe'))).toBe(false);
  });
  it.each([
    ['no store', { '\\sources\\boot.wim': 5000 }, '0xc000000f'],
    ['no boot image', { '\\b\\bcd': 900, '\\boot\\boot.sdi': 3000 }, '\\sources\\boot.wim is not there'],
    ['no RAM disk', { '\\b\\bcd': 900, '\\sources\\boot.wim': 5000 }, '\\boot\\boot.sdi is not there'],
    ['a boot image that breaks off', { ...all, '\\sources\\boot.wim': 'broken' as const }, 'nothing came after'],
  ])('%s: does not boot', async (_name, files, text) => {
    const { fetch } = network(files);
    const end = await bootManagerByTftp('b\\bootmgfw.efi', 'uefi', () => store, fetch);
    expect([end.boots, end.text]).toEqual([false, expect.stringContaining(text)]);
  });
  it('a store that says nothing does not boot', async () => {
    const { fetch } = network(all);
    expect((await bootManagerByTftp('b\\bootmgfw.efi', 'uefi', () => null, fetch)).boots).toBe(false);
  });
  it('only backslashes make a folder (boot-chain 4, item 5)', () => {
    expect(['a.efi', 'b\\a.efi', '\\b\\c\\a.efi', 'b/c/a.efi'].map(folderOf)).toEqual(['', '\\b', '\\b\\c', '']);
  });
});

describe('the boot manager by HTTP', () => {
  it('takes the store beside the loader, the rest from the root (boot-chain 10)', async () => {
    const { fetch, asked } = network({
      'http://s/a/bcd': 900,
      'http://s/boot/boot.sdi': 3000,
      'http://s/sources/boot.wim': 5000,
    });
    expect((await bootManagerByHttp('http://s/a/bootmgfw.efi', () => store, fetch)).boots).toBe(true);
    expect(asked).toEqual([
      'HEAD http://s/a/BCD',
      'GET http://s/a/BCD',
      'GET http://s/boot/boot.sdi',
      'GET http://s/sources/boot.wim',
    ]);
  });
  it('without a store it stops', async () => {
    const { fetch } = network({});
    expect((await bootManagerByHttp('http://s/a/bootmgfw.efi', () => store, fetch)).boots).toBe(false);
  });
});

describe('scripts of iPXE', () => {
  const run = async (
    text: string,
    variables: Readonly<Record<string, string>> = {},
    more: { readonly loads?: boolean; readonly key?: boolean } = {},
  ) => {
    const loaded: string[] = [];
    const said: string[] = [];
    const end = await runScript(text, variables, {
      load(url) {
        loaded.push(url);
        return Promise.resolve(more.loads ?? true);
      },
      prompt: () => more.key ?? false,
      said: (line) => said.push(line),
    });
    return { end, loaded, said };
  };
  const lines = (...text: string[]): string => ['#!ipxe', ...text, ''].join('\n');

  it('variables, joins and labels', async () => {
    const { end, said } = await run(
      lines(
        'set a ${net0/mac:hexhyp}',
        'iseq ${a} 52-54 && echo same ${a} || echo other',
        'goto end',
        'echo never',
        ':end',
        'exit 1',
      ),
      { 'net0/mac:hexhyp': '52-54' },
    );
    expect([end, said]).toEqual([{ kind: 'exit' }, ['same 52-54']]);
  });
  it('a download that fails goes on behind ||, and ends the script without', async () => {
    expect((await run(lines('chain http://a || exit'), {}, { loads: false })).end).toEqual({ kind: 'exit' });
    expect((await run(lines('chain http://a'), {}, { loads: false })).end).toMatchObject({ kind: 'failed' });
  });
  it('kernel, initrd and boot start the kernel', async () => {
    const { end, loaded } = await run(
      lines('kernel wimboot rawbcd', 'initrd --name boot.wim http://s/boot.wim', 'boot'),
    );
    expect([end, loaded]).toEqual([{ kind: 'boot', url: 'wimboot' }, ['wimboot', 'http://s/boot.wim']]);
  });
  it.each([
    ['no #!ipxe', 'exit'],
    ['a label that is not there', lines('goto nowhere')],
    ['a loop', lines(':a', 'goto a')],
  ])('%s fails', async (_name, text) => {
    expect((await run(text)).end.kind).toBe('failed');
  });

  describe('those that the server writes', () => {
    const script = (prompt: boolean) =>
      bootScript({
        title: 'image',
        ...(prompt ? { prompt: { seconds: 5 } } : {}),
        efi: { imageFile: 'boot.iso' },
        bios: { program: 'pxeboot.n12', path: 'b\\pxeboot.n12' },
      });
    it('boot the disc on UEFI, and the program with its path on a BIOS', async () => {
      expect((await run(script(false), { platform: 'efi' })).end).toEqual({ kind: 'disk', url: 'boot.iso' });
      expect((await run(script(false), { platform: 'pcbios' })).end).toEqual({
        kind: 'boot',
        url: 'pxeboot.n12',
        file: 'b\\pxeboot.n12',
      });
    });
    it('wait for F12 where the deployment is available', async () => {
      expect((await run(script(true), { platform: 'efi' })).end).toEqual({ kind: 'exit' });
      expect((await run(script(true), { platform: 'efi' }, { key: true })).end).toMatchObject({ kind: 'disk' });
    });
    it('give back where nothing is deployed, and where nothing loads', async () => {
      expect((await run(exitScript())).end).toEqual({ kind: 'exit' });
      expect((await run(script(false), { platform: 'efi' }, { loads: false })).end).toEqual({ kind: 'exit' });
    });
  });
});
