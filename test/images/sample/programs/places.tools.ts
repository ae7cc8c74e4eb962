/**
 * Where the boot program looks: UDF and ISO 9660 of whole media made by genisoimage, and the TFTP names of boot-chain 4
 * and 9. Runs the program's own sources on the host.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { requireTool } from '../../../support/tools.ts';
import { fileLine, type Files, foreignDisc, foreignSdi, MEDIA_TOOLS, noise } from './foreign-media.ts';
import { foreignStore, OPTIONS } from './foreign-store.ts';
import { buildHostProgram, type HostProgram, hostFolder } from './host-program.ts';

const tools = requireTool('clang-14', ...MEDIA_TOOLS);
let program: HostProgram;
let content: Files;

beforeAll(async () => {
  if (!tools.available) return;
  program = await buildHostProgram();
  // A header is all that the program judges of a WIM; three megabytes make several reads.
  const wim = noise(3_000_001, 9);
  wim.fill(0, 0, 208);
  wim.write('MSWIM\0\0\0', 'latin1');
  for (const [at, value] of [
    [8, 208],
    [12, 0x10d00],
    [44, 1],
    [96, 500],
    [104, 208],
    [120, 1],
  ] as const) {
    wim.writeUInt32LE(value, at);
  }
  wim.writeUInt16LE(1, 40);
  wim.writeUInt16LE(1, 42);
  wim[103] = 2;
  content = {
    'EFI/Microsoft/Boot/BCD': await foreignStore(),
    'boot/boot.sdi': foreignSdi(),
    'sources/boot.wim': wim,
  };
});

const bytesOf = (path: string): Uint8Array => content[path] ?? new Uint8Array();
const success = (): string[] => [
  fileLine('\\EFI\\Microsoft\\Boot\\BCD', bytesOf('EFI/Microsoft/Boot/BCD')),
  fileLine('\\boot\\boot.sdi', bytesOf('boot/boot.sdi')),
  fileLine('\\sources\\boot.wim', bytesOf('sources/boot.wim')),
  'osdkit-sample: done',
];

async function outcome(image: string, blockSize = 2048): Promise<string[]> {
  const { lines } = await program.run(['cd', image, String(blockSize)]);
  expect(lines[4]).toBe('osdkit-sample: boot device cdrom');
  return lines.slice(5);
}

/** The ISO tree's `BCD.;1` and the UDF tree's `BCD` are renamed by changing one letter, as in boot-chain 5.6. */
function rename(image: string, from: Buffer, to: Buffer): void {
  const bytes = readFileSync(image);
  const at = bytes.indexOf(from);
  expect(at).toBeGreaterThan(0);
  for (let hit = at; hit >= 0; hit = bytes.indexOf(from, hit + 1)) to.copy(bytes, hit);
  writeFileSync(image, bytes);
}

const udfBcd = (letter: string) => Buffer.from(`\u0008${letter}CD`, 'latin1');
const isoBcd = (letter: string) => Buffer.from(`\u0006${letter}CD.;1`, 'latin1');

describe('whole media', () => {
  test.for([[2048], [512]])('UDF on blocks of %i', async ([blockSize]) => {
    expect(await outcome(await foreignDisc(content), blockSize)).toEqual(success());
  });

  test('UDF beats ISO 9660, which is read only when there is no anchor', async () => {
    const image = await foreignDisc(content);
    rename(image, udfBcd('B'), udfBcd('X'));
    expect((await outcome(image))[0]).toBe('osdkit-sample: failed 0xc000000f \\EFI\\Microsoft\\Boot\\BCD');
    const bytes = readFileSync(image);
    bytes.fill(0, 256 * 2048, 257 * 2048);
    writeFileSync(image, bytes);
    expect(await outcome(image)).toEqual(success());
    rename(image, isoBcd('B'), isoBcd('X'));
    expect((await outcome(image))[0]).toBe('osdkit-sample: failed 0xc000000f \\EFI\\Microsoft\\Boot\\BCD');
  });

  test('a wiped recognition sequence does not matter, a wrong anchor checksum does', async () => {
    const image = await foreignDisc(content, { systems: ['-udf', '-iso-level', '3'] });
    const bytes = readFileSync(image);
    bytes[bytes.indexOf('NSR02')] = 0;
    writeFileSync(image, bytes);
    expect(await outcome(image)).toEqual(success());
    rename(image, isoBcd('B'), isoBcd('X'));
    bytes[256 * 2048 + 4] = (bytes[256 * 2048 + 4] ?? 0) ^ 1;
    bytes.set(isoBcd('X'), bytes.indexOf(isoBcd('B')));
    writeFileSync(image, bytes);
    expect((await outcome(image))[0]).toBe('osdkit-sample: failed 0xc000000f \\EFI\\Microsoft\\Boot\\BCD');
  });

  test('ISO 9660 alone', async () => {
    expect(await outcome(await foreignDisc(content, { systems: ['-iso-level', '3'] }))).toEqual(success());
  });

  test('a directory of several blocks', async () => {
    const many: Files = { ...content };
    for (let n = 0; n < 150; n++) many[`EFI/Microsoft/Boot/A${String(n).padStart(4, '0')}.TXT`] = Buffer.from('x');
    for (const systems of [
      ['-udf', '-iso-level', '3'],
      ['-iso-level', '3'],
    ]) {
      expect(await outcome(await foreignDisc(many, { systems }))).toEqual(success());
    }
  });

  test('neither file system', async () => {
    const image = await foreignDisc(content);
    const bytes = readFileSync(image);
    bytes.fill(0, 256 * 2048, 257 * 2048).fill(0, 16 * 2048, 17 * 2048);
    writeFileSync(image, bytes);
    expect(await outcome(image)).toEqual([
      'osdkit-sample: failed 0xc000000f neither UDF nor ISO 9660 on the medium',
      'osdkit-sample: done',
    ]);
  });

  test('mutated media end with a message, never with a crash', async () => {
    const udf = await foreignDisc(content);
    const iso = await foreignDisc(content, { systems: ['-iso-level', '3'] });
    const runs = [
      [udf, '100:524288:525312'], // anchor, file set
      [udf, '100:65536:77824'], // volume descriptors
      [udf, '300:526336:560000'], // file entries and directories
      [iso, '200:32768:60000'],
    ] as const;
    for (const [image, range] of runs) {
      const { output } = await program.run(['cd', image, '2048'], { MUTATE: range });
      expect(output, output).toMatch(/^(\d+) of \1 mutations ended well$/m);
    }
  });
});

/** Names asked for by TFTP, sizes and reads apart, and what came of it. */
async function network(files: Files, bootFile: string, bcdOption?: string) {
  const { output, lines } = await program.run([
    'pxe',
    hostFolder(files),
    bootFile,
    ...(bcdOption === undefined ? [] : [bcdOption]),
  ]);
  const asked = [...output.matchAll(/^tftp (\w+) 10\.77\.0\.1 (\S+) blksize (\d+)/gm)].map((hit) =>
    hit.slice(1).join(' '),
  );
  return { asked, lines };
}

describe('network', () => {
  const served = (bcd: string): Files => ({
    [bcd]: bytesOf('EFI/Microsoft/Boot/BCD'),
    'boot/boot.sdi': bytesOf('boot/boot.sdi'),
    'sources/boot.wim': bytesOf('sources/boot.wim'),
  });

  test('a boot file in the root: \\BCD, then \\Boot\\BCD; size probes before the reads', async () => {
    const { asked, lines } = await network(served('Boot/BCD'), 'bootmgfw.efi');
    expect(lines.slice(4, 6)).toEqual(['osdkit-sample: boot device pxe', 'osdkit-sample: server 10.77.0.1']);
    expect(lines.slice(6)).toEqual([fileLine('\\Boot\\BCD', bytesOf('EFI/Microsoft/Boot/BCD')), ...success().slice(1)]);
    expect(asked).toEqual([
      'size \\BCD 1456',
      'size \\Boot\\BCD 1456',
      'read \\Boot\\BCD 1456',
      'size \\sources\\boot.wim 1456',
      'size \\boot\\boot.sdi 1456',
      'read \\boot\\boot.sdi 1456',
      'read \\sources\\boot.wim 1456',
    ]);
  });

  test.for([
    ['Boot\\x64\\bootmgfw.efi', 'Boot/x64/BCD', ['size \\Boot\\x64\\BCD 1456']],
    ['\\Boot\\x64\\bootmgfw.efi', 'Boot/BCD', ['size \\Boot\\x64\\BCD 1456', 'size \\Boot\\BCD 1456']],
    ['Boot/x64/bootmgfw.efi', 'Boot/BCD', ['size \\BCD 1456', 'size \\Boot\\BCD 1456']],
  ] as const)('boot file %s finds %s', async ([bootFile, bcd, probes]) => {
    const { asked, lines } = await network(served(bcd), bootFile);
    expect(asked.slice(0, probes.length)).toEqual(probes);
    expect(lines.at(-2)).toBe(success()[2]);
  });

  test('option 252 replaces \\Boot\\BCD', async () => {
    const { asked, lines } = await network(served('cfg/my.bcd'), 'bootmgfw.efi', 'cfg\\my.bcd');
    expect(asked.slice(0, 2)).toEqual(['size \\BCD 1456', 'size \\cfg\\my.bcd 1456']);
    expect(lines.at(-2)).toBe(success()[2]);
    const without = await network(served('Boot/BCD'), 'bootmgfw.efi', 'cfg\\my.bcd');
    expect(without.asked).toEqual(['size \\BCD 1456', 'size \\cfg\\my.bcd 1456']);
    expect(without.lines.at(-2)).toBe('osdkit-sample: failed 0xc000000f \\cfg\\my.bcd');
  });

  test('block size of the options object, for SDI and WIM alone', async () => {
    const bcd = await foreignStore((store) => {
      const options = store.objects[OPTIONS];
      if (options !== undefined) options.elements['35000007'] = 'hex:00,10,00,00,00,00,00,00';
    });
    const { asked } = await network({ ...served('Boot/BCD'), 'Boot/BCD': bcd }, 'bootmgfw.efi');
    expect(asked.filter((line) => line.startsWith('read'))).toEqual([
      'read \\Boot\\BCD 1456',
      'read \\boot\\boot.sdi 4096',
      'read \\sources\\boot.wim 4096',
    ]);
  });
});

test('a serial port is written where no console is one, and never beside a serial console', async () => {
  const folder = hostFolder(content);
  const withScreen = await program.run(['partition', folder], { CONSOLE: 'none' });
  expect(withScreen.serial).toBe(withScreen.output);
  expect(withScreen.lines.slice(5)).toEqual(success());
  expect((await program.run(['partition', folder])).serial).toBe('');
});

test('Secure Boot state', async () => {
  const folder = hostFolder(content);
  for (const [value, text] of [
    ['1', 'on'],
    ['0', 'off'],
  ] as const) {
    const { lines } = await program.run(['partition', folder], { SECURE_BOOT: value });
    expect(lines[2]).toBe(`osdkit-sample: Secure Boot ${text}`);
  }
});
