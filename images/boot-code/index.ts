/** Public face of `images/boot-code`. */
export { bootCodeCode } from './codes.ts';
export { MAX_BOOTMGR_SIZE } from './place.ts';
export {
  CD_BOOT_SECTOR_SIZE,
  cdBootSector,
  FAT32_BOOT_CODE_OFFSET,
  FAT32_BOOT_CODE_SIZE,
  fat32BootCode,
  MBR_BOOT_CODE_SIZE,
  mbrBootCode,
} from './sectors.ts';
