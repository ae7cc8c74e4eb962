/** Error codes of `images/iso9660`. */
import { registerCodes } from '../../src/core/index.ts';

export const isoCode = registerCodes({
  ISO_NOT_ISO: {
    title: 'No ISO 9660 volume descriptor at sector 16.',
    remedy: 'The file is not an ISO 9660 image, or it is cut off: check what it is and copy it again.',
  },
  ISO_DESCRIPTOR: {
    title: 'A volume descriptor holds values that cannot be.',
    remedy: 'The image is damaged: copy or make it again.',
  },
  ISO_DIRECTORY: {
    title: 'A directory record breaks the format.',
    remedy: 'The image is damaged: copy or make it again.',
  },
  ISO_DIRECTORY_LOOP: {
    title: 'Directories form a loop, or one is entered twice.',
    remedy: 'The image is damaged or made to confuse readers: do not use it.',
  },
  ISO_SYSTEM_USE: {
    title: 'A system use area (Rock Ridge) breaks the format.',
    remedy: 'Read the image with --view joliet or iso; it is damaged: copy or make it again.',
  },
  ISO_LIMIT: {
    title: 'A directory tree is deeper or larger than is read or written.',
    remedy: 'Use fewer or flatter folders; in an image of others this is a sign of damage.',
  },
  ISO_CATALOG: {
    title: 'The El Torito boot catalog breaks the format.',
    remedy: 'The image will not boot as CD: make it again.',
  },
  ISO_NAME_TOO_LONG: {
    title: 'A name is longer than the 103 characters that Joliet directories hold.',
    remedy: 'Shorten the name that the message gives.',
  },
  ISO_BOOT_IMAGE_TOO_LARGE: {
    title: 'An El Torito boot image has more than 65,535 sectors.',
    remedy: 'Keep the boot image below 32 MiB: put only the loader into it.',
  },
});
