/** What stores and loaders say to a simulated client. */
import { describe, expect, it, test } from 'vitest';
import { winpeStore, writeBcd } from '../../../../images/bcd/index.ts';
import { bootStoreOf } from '../../../../src/app/network-boot/doctor-store.ts';
import { judgeLoader } from '../../../../src/app/network-boot/doctor-loader.ts';
import { handMadePe } from '../../../images/pe/hand-made-pe.ts';
import { microsoft, signed } from '../../../images/pe/hand-made-signature.ts';

describe('a BCD store', () => {
  const tftp = { blockSize: 1456, windowSize: 16, variableWindow: true };
  it('says image, RAM disk and how they are read', () => {
    const bytes = writeBcd(winpeStore({ firmware: 'uefi', wimPath: '\\b\\boot.wim', sdiPath: '\\b\\boot.sdi', tftp }));
    expect(bootStoreOf(bytes)).toEqual({
      image: '\\b\\boot.wim',
      ramdisk: '\\b\\boot.sdi',
      blockSize: 1456,
      window: 16,
      variableWindow: true,
    });
  });
  it('without these the boot manager has its own', () => {
    const store = winpeStore({ firmware: 'bios' });
    const objects = store.objects.map((object) => ({
      ...object,
      elements: object.elements.filter(({ id }) => id !== 0x32000004),
    }));
    expect(bootStoreOf(writeBcd({ ...store, objects }))).toEqual({
      image: '\\sources\\boot.wim',
      ramdisk: '\\boot\\boot.sdi',
      blockSize: null,
      window: null,
      variableWindow: false,
    });
  });
  test.each([
    ['nothing', new Uint8Array(0)],
    ['zeros', new Uint8Array(8192)],
    ['a store without boot manager', writeBcd({ objects: [] })],
  ])('%s says nothing', (_name, bytes) => expect(bootStoreOf(bytes)).toBeNull());
});

describe('a loader', () => {
  const program = (machine: number, subsystem = 10): Uint8Array => handMadePe({ machine, subsystem });
  it('fits the firmware of its machine', async () => {
    expect(await judgeLoader(program(0x8664), 'x64')).toEqual({
      fits: true,
      text: 'x64 EFI application, not signed: with Secure Boot on no PC starts it',
    });
    expect(await judgeLoader(program(0x8664), 'arm64')).toEqual({
      fits: false,
      text: 'it is a program for x64, the firmware for arm64',
    });
    expect((await judgeLoader(program(0xaa64), 'arm64')).fits).toBe(true);
  });
  it('says whose signature it has', async () => {
    const { text } = await judgeLoader(signed(program(0x8664), { issuer: microsoft['2023'] }), 'x64');
    expect(text).toContain('signed under "Windows UEFI CA 2023"');
  });
  it('is an EFI application, and a program at all', async () => {
    expect((await judgeLoader(program(0x8664, 16), 'x64')).fits).toBe(false);
    expect((await judgeLoader(Uint8Array.of(1, 2, 3), 'x64')).fits).toBe(false);
  });
});
