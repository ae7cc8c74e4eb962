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
  DISC_NOT_A_DISC: {
    title: 'The file is no disc image: it has neither ISO 9660 nor UDF.',
    remedy: 'Check what the file is, and copy it again.',
  },
});
