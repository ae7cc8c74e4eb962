import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { digestSources, memorySource } from '../../../images/bytes/index.ts';
import { readPe, subsystem } from '../../../images/pe/index.ts';
import {
  placeholderProgram,
  sampleBootImage,
  sampleBootSdi,
  sampleSdiSize,
  sampleTree,
} from '../../../images/sample/index.ts';
import { filesOf } from '../../../images/tree/index.ts';
import { bootability, openWim, verifyWim } from '../../../images/wim/index.ts';
import { engineReadiness, inspectBootImage, selectBootFiles } from '../../../media/boot-image/index.ts';
import { operationContext } from '../../../src/core/index.ts';

const small = 64 * 1024;

describe('boot.sdi', () => {
  const sdi = sampleBootSdi();
  const view = new DataView(sdi.buffer);

  test('is as long as every one seen', () => {
    expect(sdi.length).toBe(3_170_304);
    expect(sampleSdiSize).toBe(3_170_304);
  });

  // Offsets and values typed from boot-standards 1.3.
  test('has the header of the facts, the checksum byte included', () => {
    expect(Buffer.from(sdi.subarray(0, 8)).toString()).toBe('$SDI0001');
    expect(view.getBigUint64(0x70, true)).toBe(2n);
    expect(sdi[0x1f8]).toBe(0x39);
    expect(sdi.subarray(0, 512).reduce((sum, byte) => sum + byte, 0) % 256).toBe(0);
    const others = sdi.subarray(8, 512).reduce((count, byte) => count + (byte === 0 ? 0 : 1), 0);
    expect(others).toBe(2);
  });

  test('has a table of a volume and the place of the WIM behind it', () => {
    const entry = (at: number) => [
      Buffer.from(sdi.subarray(at, at + 4)).toString('latin1'),
      Number(view.getBigUint64(at + 16, true)),
      Number(view.getBigUint64(at + 24, true)),
      Number(view.getBigUint64(at + 32, true)),
    ];
    expect(entry(0x400)).toEqual(['PART', 0x2000, 3_161_088, 7]);
    expect(entry(0x440)).toEqual(['WIM\0', 3_170_304, 0, 0]);
    expect(0x2000 + 3_161_088).toBeLessThanOrEqual(sdi.length);
  });
});

test.each([
  ['x64', 3],
  ['x64', 16],
  ['arm64', 16],
] as const)('the placeholder program for %s, subsystem %i, is a program', async (architecture, wanted) => {
  const pe = await readPe(memorySource(placeholderProgram({ architecture, subsystem: wanted })));
  expect(pe).toMatchObject({ machine: architecture, subsystem: wanted, format: 'pe32plus', imports: [], timestamp: 0 });
  expect(pe.sections).toMatchObject([{ name: '.text', address: 0x1000, fileOffset: 512, fileSize: 512 }]);
});

describe.each(['x64', 'arm64'] as const)('the sample for %s', (architecture) => {
  test('is a sound WIM that boot managers take, and passes inspection like any image', async () => {
    const wim = await openWim(await sampleBootImage({ architecture, size: small }));
    expect((await verifyWim(wim, operationContext())).problems).toEqual([]);
    expect(bootability(wim)).toEqual([]);
    const boot = await inspectBootImage(wim, { architecture });
    expect(boot.facts).toMatchObject({
      index: 1,
      isWinpe: true,
      architecture,
      version: '10.0.26100.1',
      languages: ['en-US'],
      flavour: 'plain',
      startnetCmd: 'wpeinit\r\n',
      scratchSpace: 32,
      starts: { 'uefi-media': true, 'bios-media': architecture === 'x64' },
    });
    expect(boot.facts.winpeTests.map(({ passed }) => passed)).toEqual([true, true, true]);
    expect(boot.facts.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    const selection = await selectBootFiles(boot);
    expect(selection.bios).toBe(architecture === 'x64');
    expect(selection.files.map(({ target }) => target)).toEqual([
      architecture === 'x64' ? 'EFI/BOOT/BOOTX64.EFI' : 'EFI/BOOT/BOOTAA64.EFI',
      'boot/boot.sdi',
      ...(architecture === 'x64' ? ['bootmgr'] : []),
    ]);
    expect(engineReadiness(boot.facts).ready).toBe(false);
  });

  test('has programs of its architecture: an EFI application, boot applications, console programs', async () => {
    const expected: Record<string, number> = {
      'bootmgfw.efi': subsystem.efiApplication,
      'winload.efi': subsystem.windowsBootApplication,
      'winload.exe': subsystem.windowsBootApplication,
      'winpeshl.exe': subsystem.windowsConsole,
      'wpeinit.exe': subsystem.windowsConsole,
    };
    const programs = filesOf(sampleTree(architecture, 0)).filter(({ file }) => file.name in expected);
    expect(programs).toHaveLength(architecture === 'x64' ? 5 : 4);
    for (const { file } of programs) {
      expect(await readPe(file.content), file.name).toMatchObject({
        machine: architecture,
        subsystem: expected[file.name],
      });
    }
  });

  test('has the same bytes each time, and as many as asked for', async () => {
    const context = operationContext();
    const sources = [small, small, small + 1].map((size) => sampleBootImage({ architecture, size }));
    const [a, b, c] = await Promise.all(sources);
    const digests = await digestSources(
      [a, b, c].flatMap((source) => source ?? []),
      context,
      'test',
    );
    expect(digests[0]).toBe(digests[1]);
    expect(digests[0]).not.toBe(digests[2]);
    const filler = filesOf(sampleTree(architecture, 5)).find(({ path }) => path.endsWith('osdkit-sample.bin'));
    expect(filler?.file.content.size).toBe(5);
  });
});

test('the default is a WIM of 8 to 20 MB', async () => {
  const { size } = await sampleBootImage({ architecture: 'x64' });
  expect(size).toBeGreaterThan(8e6);
  expect(size).toBeLessThan(20e6);
});

test('no file holds the constant boot.sdi of Windows media: the sample is all our own', () => {
  const sha256 = createHash('sha256').update(sampleBootSdi()).digest('hex');
  expect(sha256).not.toBe('cd2c00ce027687ce4a8bdc967f26a8ab82f651c9becd703658ba282ec49702bd');
});
