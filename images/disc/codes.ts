/** Error codes of `images/disc`. */
import { registerCodes } from '../../src/core/index.ts';

export const discCode = registerCodes({
  DISC_LABEL: {
    title: 'The label does not fit all four file systems.',
    remedy: 'Use at most 11 characters out of A-Z, 0-9, _ and -.',
  },
  DISC_LOADER: {
    title: 'A boot file that was named is not in the tree, or cannot be booted from a disc.',
    remedy: 'Check the path that the message names.',
  },
  DISC_NAME: {
    title: 'A name cannot be stored in all four views of the disc.',
    remedy: 'Rename the file or folder that the message names.',
  },
  DISC_ORDER: {
    title: 'The order of the files names one that is not in the tree.',
    remedy: 'Check the path that the message names.',
  },
  DISC_VIEW_MISSING: {
    title: 'A view of the disc (ISO 9660, Joliet, FAT) is missing or cannot be read.',
    remedy: 'The image is damaged or was not made by osdkit: make it again.',
  },
  DISC_VIEW_DIFFERS: {
    title: 'Two views of the disc show different files.',
    remedy: 'The stick was written to, or the image is damaged: make it again.',
  },
  DISC_BOOT: {
    title: 'A boot entry or boot sector does not lead to its file.',
    remedy: 'The image will not boot in this way: make it again.',
  },
  DISC_SIZE: {
    title: 'The descriptors do not agree with the size of the image.',
    remedy: 'It was cut off while being copied, or is damaged: copy it again.',
  },
  DISC_ANCHOR: {
    title: 'A UDF anchor is missing.',
    remedy: 'The image is damaged: make it again.',
  },
  DISC_PARTITION: {
    title: 'The partition table does not lead to the FAT volume.',
    remedy: 'The stick will not boot: make the image again.',
  },
  DISC_FAT: {
    title: 'The FAT volume deviates from its own tables.',
    remedy: 'The stick was written to, or the image is damaged: make it again.',
  },
  DISC_NOT_A_DISC: {
    title: 'The file is no disc image: it has neither ISO 9660 nor UDF.',
    remedy: 'Check what the file is, and copy it again.',
  },
});
