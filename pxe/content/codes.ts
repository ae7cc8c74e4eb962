/** Error codes of `pxe/content`. */
import { registerCodes } from '../../src/core/index.ts';

export const contentCode = registerCodes({
  CONTENT_CACHE_SIZE: {
    title: 'The cache of network boot is too small or too large.',
    remedy: 'Give a size in the range that the message names.',
  },
  CONTENT_FILE_SHORT: {
    title: 'A file that is served ends before its size.',
    remedy: 'Something cut the file while it was served: prepare the boot image again.',
  },
  CONTENT_TABLE_VERSION: {
    title: 'A table of names is not newer than the one before.',
    remedy: 'Report it: this is a mistake in osdkit.',
  },
  CONTENT_THREADS: {
    title: 'More threads than the cache has places for.',
    remedy: 'Start fewer threads for TFTP and HTTP.',
  },
});
