/** The arm64 demo image starts as CD and as stick under AAVMF; what it reads is what foreign tools read there. */
import { beforeAll, expect, test } from 'vitest';
import { type Medium, VM_TOOLS } from '../support/qemu.ts';
import { describeWithTools } from '../support/tools.ts';
import { filesByDisc, grown, linesOf, linesOfStart, makeDemo, READER_TOOLS, UEFI_FILES } from './demo-media.ts';

describeWithTools([...READER_TOOLS, ...VM_TOOLS.aavmf], 'demo image, arm64 (IMG-01)', () => {
  let iso = '';
  let udf = '';
  beforeAll(async () => {
    iso = (await makeDemo('arm64')).medium.output;
    udf = await filesByDisc(iso, 'udf');
  });

  const starts: [string, Medium['kind'], (image: string) => string][] = [
    ['CD', 'cd', (image) => image],
    ['stick', 'usb', (image) => image],
    ['larger stick', 'usb', grown],
  ];
  test.for(starts)('%s, UEFI: the whole medium', async ([, kind, place]) => {
    const lines = await linesOfStart('aavmf', kind, place(iso));
    expect(lines.slice(0, 3)).toEqual([
      'osdkit-sample: sample boot program 1.0.0 arm64',
      expect.stringMatching(/^osdkit-sample: firmware UEFI 2\.\d+ EDK II/),
      'osdkit-sample: Secure Boot off',
    ]);
    expect(lines[3]).toMatch(/^osdkit-sample: loaded from .*CDROM\(.* \\EFI\\BOOT\\BOOTAA64\.EFI$/i);
    expect(lines.slice(4)).toEqual([
      'osdkit-sample: boot device cdrom',
      ...linesOf(udf, UEFI_FILES),
      'osdkit-sample: done',
    ]);
  });
});
