/** Error codes of `images/fat`. */
import { registerCodes } from '../../src/core/index.ts';

const damaged = 'The volume is damaged: run fsck.fat or chkdsk on a copy, or make it anew.';

export const fatCode = registerCodes({
  FAT_OPTIONS: {
    title: 'A FAT volume was asked for with values that contradict each other.',
    remedy: 'Change the option that the message names.',
  },
  FAT_LABEL: {
    title: 'A volume label that FAT cannot hold.',
    remedy: 'Use at most 11 characters out of A-Z, 0-9, _ and -.',
  },
  FAT_BOOT_CODE: {
    title: 'Boot code does not fit into the boot sector of a FAT volume.',
    remedy: 'This is a bug of osdkit: report it.',
  },
  FAT_FILE_SIZE: {
    title: 'A file is too large for FAT.',
    remedy: 'A file on FAT has at most 4,294,967,295 bytes: split the image (.swm), or leave it out of the FAT volume.',
  },
  FAT_DIRECTORY_SIZE: {
    title: 'A folder holds more names than FAT allows.',
    remedy: 'Spread the files over several folders, or use shorter names.',
  },
  FAT_SPACE: {
    title: 'The files do not fit into a FAT volume of the wanted kind.',
    remedy: 'Choose a larger size, FAT32, or larger clusters.',
  },
  FAT_BOOT_SECTOR: {
    title: 'The first sector is not that of a readable FAT volume.',
    remedy: 'Check that the offset and the file are right; the message says which field is wrong.',
  },
  FAT_OTHER_FILE_SYSTEM: {
    title: 'The volume holds exFAT or NTFS, which this reader does not know.',
    remedy: 'Copy the files to a FAT32 volume, or mount the volume with your operating system.',
  },
  FAT_CHAIN: { title: 'A chain of clusters loops, meets another, ends early or leaves the volume.', remedy: damaged },
  FAT_DIRECTORY: { title: 'A folder of a FAT volume cannot be read.', remedy: damaged },
});
