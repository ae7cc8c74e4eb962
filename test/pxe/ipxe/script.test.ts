/** Scripts for iPXE, word for word: each line was run by iPXE in qemu (BIOS and UEFI), and a name is never a command. */
import { describe, expect, it } from 'vitest';
import { bootScript, exitScript } from '../../../pxe/ipxe/index.ts';

const path = 'b\\3f2a91cc\\525400aa0001\\pxeboot.n12';
const targets = { efi: { imageFile: 'boot.iso' }, bios: { program: 'pxeboot.n12', path } } as const;

describe('the boot script', () => {
  it('attaches the image file under UEFI, starts the program of the image under BIOS', () => {
    expect(bootScript({ title: 'osdkit: boot image PE', ...targets }).split('\n')).toEqual([
      '#!ipxe',
      'echo osdkit: boot image PE',
      'iseq ${platform} efi && goto efi ||',
      `isset \${proxydhcp/next-server} && set proxydhcp/filename ${path} || set netX/filename ${path}`,
      'chain pxeboot.n12 || goto failed',
      'goto failed',
      ':efi',
      'sanboot --no-describe boot.iso || goto failed',
      ':failed',
      'echo osdkit: the boot image was not started',
      'sleep 5',
      'exit 1',
      '',
    ]);
  });

  it('asks for F12 first and gives back without it', () => {
    const lines = bootScript({ title: 'PE', prompt: { seconds: 7.5 }, ...targets }).split('\n');
    expect(lines[2]).toBe('prompt --key 0x197e --timeout 7500 Press F12 to start from the network ... || exit 1');
  });

  it('shows a BIOS the disc where the image has no program for it', () => {
    const lines = bootScript({ title: 'PE', efi: null, bios: { imageFile: 'boot.iso' } }).split('\n');
    expect(lines.slice(3, 5)).toEqual(['sanboot --no-describe boot.iso || goto failed', 'goto failed']);
  });

  it('has no line for what the image lacks', () => {
    const text = bootScript({ title: 'PE', efi: null, bios: null });
    expect(text).not.toMatch(/chain|sanboot|set /);
    expect(text).toContain('nothing for BIOS');
    expect(text).toContain('nothing for UEFI');
  });

  it.each(['a\nshell', 'a && shell', 'a || shell', 'a ${secret}', 'a\r\n#!ipxe', 'ä\u0000', 'a; b'])(
    'a title %j stays one line of text',
    (title) => {
      const [plain, told] = [bootScript({ title: 'x', ...targets }), bootScript({ title, ...targets })];
      expect(told.split('\n').length).toBe(plain.split('\n').length);
      expect(told.split('\n')[1]).toMatch(/^echo [\x20-\x7e]*$/);
      expect(told.split('\n')[1]).not.toMatch(/[$|&]/);
    },
  );

  it('a title is cut', () => {
    expect(bootScript({ title: 'x'.repeat(5000), ...targets }).length).toBeLessThan(800);
  });
});

describe('the exit script', () => {
  it('gives back with a failure, so that firmware goes on to its next boot device', () => {
    expect(exitScript()).toBe('#!ipxe\necho osdkit: nothing is deployed to this computer\nexit 1\n');
  });
});
