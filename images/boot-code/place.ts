/**
 * Where the contiguous file `bootmgr` lies, checked and written into boot code.
 * Boot code loads it to 2000:0000 below the video memory at A000:0000, hence the limit (boot-chain 7).
 */
import { InputError } from '../../src/core/index.ts';
import { bootCodeCode } from './codes.ts';

/** Room between 2000:0000 and A000:0000, in bytes: the largest `bootmgr` that boot code can load. */
export const MAX_BOOTMGR_SIZE = 0x80000;

/** Byte offsets of the fields that a boot sector has for the builder, from its first byte kept. */
export interface LoadPatches {
  /** u32 LE: first sector of the file. */
  readonly lba: number;
  /** u16 LE: number of sectors. */
  readonly count: number;
}

/** A file's place in sectors of `sectorSize` bytes from the start of the medium. */
export interface FilePlace {
  readonly lba: number;
  readonly sectors: number;
  readonly sectorSize: 512 | 2048;
}

/**
 * Writes the place into the code. Throws InputError for a file of no sectors or more than 524,288 bytes, and for a
 * sector number outside 1..2^32-1.
 */
export function patchPlace(code: Uint8Array, patches: LoadPatches, place: FilePlace): void {
  const { lba, sectors, sectorSize } = place;
  const limit = MAX_BOOTMGR_SIZE / sectorSize;
  if (!Number.isInteger(sectors) || sectors < 1 || sectors > limit) {
    throw new InputError(
      bootCodeCode.BOOT_CODE_FILE_SIZE,
      `bootmgr has ${sectors} sectors of ${sectorSize} bytes, must have 1 to ${limit}: BIOS boot code loads it below the video memory.`,
      {
        hint: 'Take bootmgr from the Windows medium again, as a binary file.',
        details: { sectors, sectorSize, limit },
      },
    );
  }
  if (!Number.isInteger(lba) || lba < 1 || lba + sectors > 0xffffffff) {
    throw new InputError(
      bootCodeCode.BOOT_CODE_FILE_PLACE,
      `bootmgr begins at sector ${lba}, must begin between 1 and 4294967295: boot code holds the number in 32 bits.`,
      { hint: 'Place it before the large files of the image.', details: { lba, sectors, sectorSize } },
    );
  }
  const view = new DataView(code.buffer, code.byteOffset, code.byteLength);
  view.setUint32(patches.lba, lba, true);
  view.setUint16(patches.count, sectors, true);
}
