/**
 * Boot sectors under SeaBIOS: a program of any number of sectors arrives whole, and each failure says what it is.
 * The program that is loaded here is a few bytes of test code, the media are made byte by byte; that the sectors load
 * the sample's bootmgr from foreign media is shown in test/images/sample/programs.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cdBootSector, fat32BootCode, mbrBootCode } from '../../../images/boot-code/index.ts';
import { bootVm, VM_TOOLS } from '../../support/qemu.ts';
import { describeWithTools, scratch } from '../../support/tools.ts';

const PARTITION = 63; // an odd place, as old tools chose it
const PROGRAM = 100;

/**
 * A 16-bit program that prints the last byte of each 32 KiB piece and of itself, so that order and number of chunks
 * show: `sectors` of 512 bytes, piece n ending in the letter 'a' + n, the last byte being '!'.
 */
function letters(sectors: number): Uint8Array {
  const program = new Uint8Array(sectors * 512);
  const pieces = Math.ceil(sectors / 64);
  const print = (segment: number, offset: number) => [
    0xb8,
    segment & 255,
    segment >> 8,
    0x8e,
    0xd8, // mov ax,segment; mov ds,ax
    0xa0,
    offset & 255,
    offset >> 8, // mov al,[offset]
    0xb4,
    0x0e,
    0xbb,
    7,
    0,
    0xcd,
    0x10, // mov ah,0eh; mov bx,7; int 10h
  ];
  const code: number[] = [];
  for (let n = 0; n + 1 < pieces; n++) {
    program[n * 32768 + 32767] = 0x61 + n;
    code.push(...print(0x2000 + n * 0x800, 32767));
  }
  const rest = program.length - (pieces - 1) * 32768 - 1;
  code.push(...print(0x2000 + (pieces - 1) * 0x800, rest), 0xf4, 0xeb, 0xfd); // hlt; jmp
  program.set(code);
  program[program.length - 1] = 0x21;
  return program;
}

interface Stick {
  readonly active?: boolean;
  readonly signature?: boolean;
  readonly lba?: number;
  readonly sectors?: number;
}

function stick(options: Stick): string {
  const sectors = options.sectors ?? 1;
  const bytes = new Uint8Array(2 << 20);
  bytes.set(mbrBootCode());
  bytes.set([options.active === false ? 0 : 0x80, 0, 0, 0, 0x0c, 0, 0, 0, PARTITION, 0, 0, 0, 0, 8, 0, 0], 0x1be);
  bytes.set([0x55, 0xaa], 510);
  const record = PARTITION * 512;
  bytes.set([0xeb, 0x58, 0x90], record);
  bytes.set(fat32BootCode({ lba512: options.lba ?? PROGRAM, sectors512: sectors }), record + 90);
  if (options.signature !== false) bytes.set([0x55, 0xaa], record + 510);
  bytes.set(letters(sectors), PROGRAM * 512);
  const path = join(scratch(), 'stick.img');
  writeFileSync(path, bytes);
  return path;
}

/** A CD of an El Torito catalog, the boot sector and the program: all that a BIOS looks at. */
function cdrom(sectors: number, lba = 32): string {
  const bytes = Buffer.alloc((64 + sectors) * 2048);
  bytes.write('\u0000CD001\u0001EL TORITO SPECIFICATION', 17 * 2048, 'latin1');
  bytes.writeUInt32LE(19, 17 * 2048 + 0x47);
  const catalog = Buffer.from('01000000'.padEnd(56, '0') + 'aa5555aa880000000000080014', 'hex');
  catalog.copy(bytes, 19 * 2048);
  bytes.set(cdBootSector({ lba, sectors }), 20 * 2048);
  bytes.set(letters(sectors * 4), 32 * 2048);
  const path = join(scratch(), 'cd.iso');
  writeFileSync(path, bytes);
  return path;
}

async function expectText(path: string, until: RegExp, kind: 'usb' | 'cd' = 'usb'): Promise<void> {
  const result = await bootVm({ firmware: 'seabios', medium: { kind, path }, until, timeoutMs: 20_000 });
  expect(result.ended).toBe('until');
}

describeWithTools(VM_TOOLS.seabios, 'from a stick', () => {
  test.for([
    [1, '!'],
    [63, '!'],
    [64, '!'],
    [65, 'a!'],
    [128, 'a!'],
    [129, 'ab!'],
    [1024, 'abcdefghijklmno!'],
  ] as const)('%i sectors arrive in order', async ([sectors, text]) => {
    await expectText(stick({ sectors }), new RegExp(`(^|[^a-z])${text}`));
  });

  describe('says what is wrong', () => {
    test('no active partition', () => expectText(stick({ active: false }), /osdkit: no active partition/));
    test('no boot record', () => expectText(stick({ signature: false }), /osdkit: partition has no boot record/));
    test('file behind the end of the medium', () => expectText(stick({ lba: 0x7fff_0000 }), /osdkit: disk read error/));
  });
});

describeWithTools(VM_TOOLS.seabios, 'from a CD', () => {
  test.for([
    [1, '!'],
    [16, '!'],
    [17, 'a!'],
    [33, 'ab!'],
    [256, 'abcdefghijklmno!'],
  ] as const)('%i sectors arrive in order', async ([sectors, text]) => {
    await expectText(cdrom(sectors), new RegExp(`(^|[^a-z])${text}`), 'cd');
  });

  test('file behind the end of the disc', () => expectText(cdrom(20, 0x7fff_0000), /osdkit: disk read error/, 'cd'));
});
