/**
 * What the boot program requires of a BCD store, of boot.sdi and of boot.wim: the tables of boot-chain 2 and 3, each row
 * on a store that libhivex and a WIM that wimlib made. Runs the program's own sources on the host.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { requireTool, run, scratch } from '../../../support/tools.ts';
import { fileLine, type Files, foreignSdi, foreignWim, noise } from './foreign-media.ts';
import {
  binary,
  foreignStore,
  LOADER,
  MANAGER,
  OPTIONS,
  ramdiskDevice,
  type Store,
  text,
  texts,
} from './foreign-store.ts';
import { sealHive } from './foreign-hive.ts';
import { buildHostProgram, type HostProgram, hostFolder } from './host-program.ts';

const tools = requireTool('clang-14', 'hivexregedit', 'wimlib-imagex');
let program: HostProgram;
let wim: Buffer;

beforeAll(async () => {
  if (!tools.available) return;
  program = await buildHostProgram();
  wim = await foreignWim();
});

const files = (bcd: Uint8Array, other: Files = {}): Files => ({
  'EFI/Microsoft/Boot/BCD': bcd,
  'boot/boot.sdi': foreignSdi(),
  'sources/boot.wim': wim,
  ...other,
});

/** Lines behind "boot device partition"; the last is always "done". */
async function outcome(content: Files): Promise<string[]> {
  const { lines } = await program.run(['partition', hostFolder(content)]);
  expect(lines[4]).toBe('osdkit-sample: boot device partition');
  expect(lines.at(-1)).toBe('osdkit-sample: done');
  return lines.slice(5, -1);
}

const success = (content: Files): string[] => [
  fileLine('\\EFI\\Microsoft\\Boot\\BCD', content['EFI/Microsoft/Boot/BCD'] ?? new Uint8Array()),
  fileLine('\\boot\\boot.sdi', content['boot/boot.sdi'] ?? new Uint8Array()),
  fileLine('\\sources\\boot.wim', content['sources/boot.wim'] ?? new Uint8Array()),
];

const drop = (object: string, element: string) => (store: Store) => {
  delete store.objects[object]?.elements[element];
};
const set = (object: string, element: string, value: string) => (store: Store) => {
  const found = store.objects[object];
  if (found !== undefined) found.elements[element] = value;
};
const setType = (object: string, type: number) => (store: Store) => {
  const found = store.objects[object];
  if (found !== undefined) found.type = type;
};

describe('stores that boot', () => {
  const rows: [string, (store: Store) => void][] = [
    ['the whole store', () => {}],
    ['bootmgr without description', drop(MANAGER, '12000004')],
    ['bootmgr without default: first of displayorder', drop(MANAGER, '23000003')],
    ['bootmgr without displayorder', drop(MANAGER, '24000001')],
    ['bootmgr without timeout', drop(MANAGER, '25000004')],
    ['timeout of eight bytes', set(MANAGER, '25000004', 'hex:1e,00,00,00,00,00,00,00')],
    ['bootmgr type 10200002', setType(MANAGER, 0x10200002)],
    ['loader without path', drop(LOADER, '12000002')],
    [
      'loader without winpe and detecthal',
      (store) => [drop(LOADER, '26000022'), drop(LOADER, '26000010')].map((f) => f(store)),
    ],
    ['options without sdidevice', drop(OPTIONS, '31000003')],
    ['options without sdipath', drop(OPTIONS, '32000004')],
    [
      'options object absent: a dangling id',
      (store) => {
        delete store.objects[OPTIONS];
      },
    ],
    [
      'more objects, keys in several bins',
      (store) => {
        for (let n = 0; n < 60; n++) {
          const id = `{${n.toString(16).padStart(8, '0')}-1111-2222-3333-444444444444}`;
          store.objects[id] = { type: 0x20100000, elements: { '12000004': text('x'.repeat(200)) } };
        }
      },
    ],
  ];
  test.for(rows)('%s', async ([, change]) => {
    const content = files(await foreignStore(change));
    expect(await outcome(content)).toEqual(success(content));
  });
});

describe('stores that do not', () => {
  const rows: [string, (store: Store) => void, string][] = [
    ['loader without description', drop(LOADER, '12000004'), '0xc0000001 no description'],
    ['loader without device', drop(LOADER, '11000001'), '0xc0000001 no device'],
    [
      'root without Description',
      (store) => {
        store.description = false;
      },
      '0xc0000034 \\EFI\\Microsoft\\Boot\\BCD no key Description',
    ],
    [
      'no boot manager object',
      (store) => {
        delete store.objects[MANAGER];
      },
      '0xc0000034 \\BCD no boot manager object',
    ],
    ['boot manager of another type', setType(MANAGER, 0x10200003), '0xc0000034 \\BCD no boot manager object'],
    [
      'neither default nor displayorder',
      (store) => [drop(MANAGER, '23000003'), drop(MANAGER, '24000001')].map((f) => f(store)),
      '0xc0000034 \\BCD neither default nor displayorder',
    ],
    [
      'default names no object',
      set(MANAGER, '23000003', text(OPTIONS.replace('8', '0'))),
      `0xc0000001 ${OPTIONS.replace('8', '0')} no such loader object`,
    ],
    ['loader of another type', setType(LOADER, 0x10200005), `0xc0000001 ${LOADER} no such loader object`],
    ['device is no ramdisk', set(LOADER, '11000001', 'hex:00,01'), '0xc000000f device is no ramdisk'],
    [
      'device size does not fit',
      set(LOADER, '11000001', binary(ramdiskDevice('\\sources\\boot.wim').subarray(0, -2))),
      '0xc000000f device is no ramdisk',
    ],
    [
      'WIM path with slashes',
      set(LOADER, '11000001', binary(ramdiskDevice('/sources/boot.wim'))),
      '0xc000000f device is no ramdisk',
    ],
    [
      'WIM absent',
      set(LOADER, '11000001', binary(ramdiskDevice('\\sources\\other.wim'))),
      '0xc000000f \\sources\\other.wim',
    ],
    ['SDI absent', set(OPTIONS, '32000004', text('\\boot\\other.sdi')), '0xc000000f \\boot\\other.sdi'],
    ['SDI device is not boot', set(OPTIONS, '31000003', 'hex:00'), '0xc000000f SDI device is not the boot device'],
  ];
  test.for(rows)('%s', async ([, change, failure]) => {
    const content = files(await foreignStore(change));
    expect(await outcome(content)).toEqual([success(content)[0], `osdkit-sample: failed ${failure}`]);
  });

  test.for([
    ['osdevice', '21000001'],
    ['systemroot', '22000002'],
  ] as const)('loader without %s: fails where winload would', async ([name, element]) => {
    const content = files(await foreignStore(drop(LOADER, element)));
    const failure = `osdkit-sample: failed 0xc0000225 \\windows\\system32\\boot\\winload.efi no ${name}`;
    expect(await outcome(content)).toEqual([...success(content), failure]);
  });

  test('displayorder decides nothing while there is a default', async () => {
    const content = files(await foreignStore(set(MANAGER, '24000001', texts(OPTIONS, LOADER))));
    expect(await outcome(content)).toEqual(success(content));
  });
});

describe('hives', () => {
  const damage: [string, (hive: Buffer) => Buffer, string][] = [
    ['checksum', (hive) => (hive.writeUInt32LE(hive.readUInt32LE(508) ^ 1, 508), hive), 'hive checksum'],
    ['sequence numbers', (hive) => (hive.writeUInt32LE(9, 4), sealHive(hive)), 'hive sequence numbers differ'],
    ['version', (hive) => (hive.writeUInt32LE(2, 20), sealHive(hive)), 'hive version'],
    ['magic', (hive) => (hive.write('ergf', 0), sealHive(hive)), 'not a hive'],
    ['cut off', (hive) => hive.subarray(0, hive.length - 4096), 'hive length'],
    ['bin header', (hive) => (hive.write('nibh', 4096), hive), 'hive bin'],
    ['root cell outside', (hive) => (hive.writeUInt32LE(0x7ffffff8, 36), sealHive(hive)), 'cell outside the hive'],
  ];
  test.for(damage)('damaged: %s', async ([, change, reason]) => {
    const content = files(change(await foreignStore()));
    const failure = `osdkit-sample: failed 0xc000000f \\EFI\\Microsoft\\Boot\\BCD ${reason}`;
    expect(await outcome(content)).toEqual([success(content)[0], failure]);
  });

  test('absent', async () => {
    const content = files(await foreignStore());
    delete content['EFI/Microsoft/Boot/BCD'];
    expect(await outcome(content)).toEqual(['osdkit-sample: failed 0xc000000f \\EFI\\Microsoft\\Boot\\BCD']);
  });

  test.for([
    ['100', 'the base block', '0:512'],
    ['400', 'the cells', '4096:14000'],
  ] as const)('%s mutations of %s end with a message, never with a crash', async ([count, , range]) => {
    const folder = hostFolder(files(await foreignStore()));
    const { output } = await program.run(['partition', folder], { MUTATE: `${count}:${range}` });
    expect(output).toContain(`${count} of ${count} mutations ended well`);
  });
});

describe('boot.sdi', () => {
  const refused = 'osdkit-sample: failed 0xc0000225 \\windows\\system32\\boot\\winload.efi SDI table';
  test('cut to 8 KiB or all zero is refused', async () => {
    for (const sdi of [foreignSdi().subarray(0, 8192), Buffer.alloc(foreignSdi().length), Buffer.from('short')]) {
      const content = files(await foreignStore(), { 'boot/boot.sdi': sdi });
      expect(await outcome(content)).toEqual([...success(content), refused]);
    }
  });
  test('its body is not looked at', async () => {
    const content = files(await foreignStore(), { 'boot/boot.sdi': foreignSdi().fill(0, 0x2000) });
    expect(await outcome(content)).toEqual(success(content));
  });
});

describe('boot.wim', () => {
  const refused = (why: string) => `osdkit-sample: failed 0xc0000225 \\windows\\system32\\boot\\winload.efi ${why}`;
  const refusedForms: [string, string[], string][] = [
    ['LZX, 64K chunks', ['--boot', '--compress=LZX', '--chunk-size=64K'], 'WIM chunk size'],
    ['LZMS', ['--boot', '--compress=LZMS'], 'WIM compression'],
    ['solid', ['--boot', '--solid'], 'WIM compression'],
    ['pipable', ['--boot', '--pipable'], 'WIM is pipable'],
    ['boot index 0', ['--compress=LZX'], 'WIM boot index'],
  ];
  test.for(refusedForms)('refused: %s', async ([, args, why]) => {
    const content = files(await foreignStore(), { 'sources/boot.wim': await foreignWim(args) });
    expect(await outcome(content)).toEqual([...success(content), refused(why)]);
  });

  test.for([['none'], ['XPRESS'], ['LZX'], ['LZX', '--check']])('taken: %s', async ([kind, ...more]) => {
    const image = await foreignWim(['--boot', `--compress=${kind ?? ''}`, ...more]);
    const content = files(await foreignStore(), { 'sources/boot.wim': image });
    expect(await outcome(content)).toEqual(success(content));
  });

  test('taken: second image, appended image, bytes behind the end', async () => {
    const folder = scratch();
    const path = join(folder, 'boot.wim');
    writeFileSync(path, wim);
    writeFileSync(join(folder, 'small'), noise(1000, 3));
    await run('wimlib-imagex', ['append', join(folder), path, 'second', '--no-acls', '--config=/dev/null']);
    const appended = readFileSync(path);
    await run('wimlib-imagex', ['info', path, '2', '--boot']);
    for (const image of [appended, readFileSync(path), Buffer.concat([appended, noise(12_345, 1)])]) {
      const content = files(await foreignStore(), { 'sources/boot.wim': image });
      expect(await outcome(content)).toEqual(success(content));
    }
  });

  test('refused: boot index behind the images, boot metadata outside the file, no WIM at all', async () => {
    const edits: [(image: Buffer) => void, string][] = [
      [(image) => image.writeUInt32LE(2, 120), 'WIM boot index'],
      [(image) => image.writeUInt32LE(0x7fffffff, 104), 'WIM boot metadata'],
      [(image) => image.fill(0, 96, 120), 'WIM boot metadata'],
      [(image) => image.write('MSWIX'), 'not a WIM'],
      [(image) => image.writeUInt32LE(212, 8), 'not a WIM'],
      [(image) => image.writeUInt32LE(0xe00, 12), 'WIM version'],
      [(image) => image.writeUInt16LE(2, 42), 'WIM is split'],
    ];
    for (const [edit, why] of edits) {
      const image = Buffer.from(wim);
      edit(image);
      const content = files(await foreignStore(), { 'sources/boot.wim': image });
      expect(await outcome(content)).toEqual([...success(content), refused(why)]);
    }
  });
});
