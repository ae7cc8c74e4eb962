/** The three boot sectors, ready to be placed: our own code (see the .asm files), so nothing of Microsoft's is needed. */
import { cd } from './cd.ts';
import { fat32 } from './fat32.ts';
import { mbr } from './mbr.ts';
import { patchPlace } from './place.ts';

/** Bytes of the El Torito boot image that `cdBootSector` gives. */
export const CD_BOOT_SECTOR_SIZE = 2048;
/** Bytes of an MBR before the disk signature at 0x1b8. */
export const MBR_BOOT_CODE_SIZE = 440;
/** Where `fat32BootCode` belongs in the boot sector: behind the BPB. */
export const FAT32_BOOT_CODE_OFFSET = 90;
/** Bytes 90..509 of a FAT32 boot sector, up to the signature. */
export const FAT32_BOOT_CODE_SIZE = 420;

const decode = (base64: string): Uint8Array => Uint8Array.from(Buffer.from(base64, 'base64'));

/**
 * The El Torito "no emulation" boot image (2048 bytes) that loads `bootmgr` from a CD; list it in the catalog with load
 * count 8 (boot-chain 5.4). `lba` and `sectors` count 2048-byte sectors. Throws InputError when the file is larger
 * than 524,288 bytes (256 sectors) or lies beyond 32-bit sector numbers.
 */
export function cdBootSector(place: { readonly lba: number; readonly sectors: number }): Uint8Array {
  const sector = new Uint8Array(CD_BOOT_SECTOR_SIZE);
  sector.set(decode(cd.base64));
  patchPlace(sector, cd.patches, { ...place, sectorSize: 2048 });
  return sector;
}

/**
 * Boot code for bytes 0..439 of an MBR: starts the active partition. Disk signature, partition table and the 55aa at
 * the end are the partition writer's.
 */
export function mbrBootCode(): Uint8Array {
  return decode(mbr.base64);
}

/**
 * Boot code for bytes 90..509 of a FAT32 boot sector; bytes 0..89 (with the jump `eb 58 90`) and the 55aa are the FAT
 * writer's. `lba512` is the file's first 512-byte sector counted from the start of the *medium*, not of the volume.
 * The last 64 bytes are zero, as firmware wants (boot-chain 5.1). Throws InputError as `cdBootSector` does, with a
 * limit of 1024 sectors.
 */
export function fat32BootCode(place: { readonly lba512: number; readonly sectors512: number }): Uint8Array {
  const code = decode(fat32.base64);
  patchPlace(code, fat32.patches, { lba: place.lba512, sectors: place.sectors512, sectorSize: 512 });
  return code;
}
