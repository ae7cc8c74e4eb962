/** Error codes of `images/boot-code`. */
import { registerCodes } from '../../src/core/index.ts';

export const bootCodeCode = registerCodes({
  BOOT_CODE_FILE_SIZE: {
    title: 'The BIOS boot manager does not fit where BIOS boot code can load it.',
    remedy: 'Give a bootmgr of 1 to 524,288 bytes; a larger one was damaged in transfer, usually by a text conversion.',
  },
  BOOT_CODE_FILE_PLACE: {
    title: 'The BIOS boot manager lies at a sector that BIOS boot code cannot name.',
    remedy: 'Place bootmgr below sector 2^32 of the image: put large files behind it.',
  },
});
