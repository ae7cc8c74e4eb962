/** Boot sectors as bytes: sizes, what must stay zero, where the patches go, what is refused. */
import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cd } from '../../../images/boot-code/cd.ts';
import { fat32 } from '../../../images/boot-code/fat32.ts';
import {
  CD_BOOT_SECTOR_SIZE,
  cdBootSector,
  FAT32_BOOT_CODE_OFFSET,
  FAT32_BOOT_CODE_SIZE,
  fat32BootCode,
  MAX_BOOTMGR_SIZE,
  MBR_BOOT_CODE_SIZE,
  mbrBootCode,
} from '../../../images/boot-code/index.ts';
import { mbr } from '../../../images/boot-code/mbr.ts';
import { InputError } from '../../../src/core/index.ts';

/** Positions at which two runs of bytes differ. */
function differences(a: Uint8Array, b: Uint8Array): number[] {
  return [...a.keys()].filter((at) => a[at] !== b[at]);
}

const packet = [0x10, 0, 0, 0, 0, 0, 0x00, 0x20]; // size, count, 2000:0000; the LBA follows

describe('kept bytes', () => {
  test.for([
    ['cd', cd],
    ['mbr', mbr],
    ['fat32', fat32],
  ] as const)('%s has the digest that build.sh wrote', ([, module]) => {
    const bytes = Buffer.from(module.base64, 'base64');
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(module.sha256);
  });

  test('sizes fit their places', () => {
    expect(Buffer.from(cd.base64, 'base64').length).toBeLessThanOrEqual(512);
    expect(cdBootSector({ lba: 1, sectors: 1 })).toHaveLength(CD_BOOT_SECTOR_SIZE);
    expect(mbrBootCode()).toHaveLength(MBR_BOOT_CODE_SIZE);
    expect(fat32BootCode({ lba512: 1, sectors512: 1 })).toHaveLength(FAT32_BOOT_CODE_SIZE);
    expect(FAT32_BOOT_CODE_OFFSET + FAT32_BOOT_CODE_SIZE).toBe(510);
  });

  test('a FAT32 boot sector stays zero where firmware would see a partition table', () => {
    const code = fat32BootCode({ lba512: 0xffff_0000, sectors512: 1024 });
    expect(code.subarray(0x1be - FAT32_BOOT_CODE_OFFSET).every((byte) => byte === 0)).toBe(true);
  });
});

describe('patches', () => {
  test('CD: only the address packet and the count change', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 0xfffffe00 }), fc.integer({ min: 1, max: 256 }), (lba, sectors) => {
        const sector = cdBootSector({ lba, sectors });
        const view = new DataView(sector.buffer);
        expect(view.getUint32(cd.patches.lba, true)).toBe(lba);
        expect(view.getUint16(cd.patches.count, true)).toBe(sectors);
        const allowed = [0, 1, 2, 3, 8, 9].map((at) => cd.patches.lba + at);
        for (const at of differences(sector, cdBootSector({ lba: 1, sectors: 1 }))) expect(allowed).toContain(at);
      }),
    );
  });

  test('FAT32: the same', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 0xfffffb00 }), fc.integer({ min: 1, max: 1024 }), (lba512, sectors512) => {
        const code = fat32BootCode({ lba512, sectors512 });
        const view = new DataView(code.buffer);
        expect(view.getUint32(fat32.patches.lba, true)).toBe(lba512);
        expect(view.getUint16(fat32.patches.count, true)).toBe(sectors512);
        const allowed = [0, 1, 2, 3, 8, 9].map((at) => fat32.patches.lba + at);
        for (const at of differences(code, fat32BootCode({ lba512: 1, sectors512: 1 }))) expect(allowed).toContain(at);
      }),
    );
  });

  test('the LBA lies in an address packet for 2000:0000, 4-byte aligned in memory', () => {
    const sector = cdBootSector({ lba: 1, sectors: 1 });
    expect([...sector.subarray(cd.patches.lba - 8, cd.patches.lba)]).toEqual(packet);
    const code = fat32BootCode({ lba512: 1, sectors512: 1 });
    expect([...code.subarray(fat32.patches.lba - 8, fat32.patches.lba)]).toEqual(packet);
    expect((cd.patches.lba - 8) % 4).toBe(0);
    expect((fat32.patches.lba - 8 + FAT32_BOOT_CODE_OFFSET) % 4).toBe(0);
  });

  test('each call gives bytes of its own', () => {
    cdBootSector({ lba: 1, sectors: 1 }).fill(0xff);
    mbrBootCode().fill(0xff);
    expect(cdBootSector({ lba: 1, sectors: 1 })[0]).toBe(0xea);
    expect(mbrBootCode()[0]).toBe(0xfa);
  });
});

describe('refused', () => {
  test.for([0, 257, 1.5, -1, Number.NaN])('CD: %s sectors', (sectors) => {
    expect(() => cdBootSector({ lba: 100, sectors })).toThrow(InputError);
    expect(() => cdBootSector({ lba: 100, sectors })).toThrow(/sectors of 2048 bytes, must have 1 to 256/);
  });

  test('the largest file is 524,288 bytes on either medium', () => {
    expect(MAX_BOOTMGR_SIZE).toBe(524_288);
    cdBootSector({ lba: 100, sectors: MAX_BOOTMGR_SIZE / 2048 });
    fat32BootCode({ lba512: 100, sectors512: MAX_BOOTMGR_SIZE / 512 });
    expect(() => fat32BootCode({ lba512: 100, sectors512: 1025 })).toThrow(/must have 1 to 1024/);
  });

  test.for([0, -1, 0x1_0000_0000, 0.5])('first sector %s', (lba) => {
    expect(() => cdBootSector({ lba, sectors: 1 })).toThrow(/must begin between 1 and 4294967295/);
    expect(() => fat32BootCode({ lba512: lba, sectors512: 1 })).toThrow(InputError);
  });
});
