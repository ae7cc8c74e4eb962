/** Error codes of `images/udf`. */
import { registerCodes } from '../../src/core/index.ts';

export const udfCode = registerCodes({
  UDF_NOT_UDF: {
    title: 'No UDF anchor at block 256 or at the end.',
    remedy: 'The image holds no UDF file system, or it is cut off: check what it is and copy it again.',
  },
  UDF_DESCRIPTOR: {
    title: 'A UDF descriptor breaks the format.',
    remedy: 'The image is damaged: copy or make it again.',
  },
  UDF_CHECKSUM: {
    title: 'Checksum or CRC of a UDF descriptor is wrong.',
    remedy: 'The image is damaged: copy or make it again.',
  },
  UDF_UNSUPPORTED: {
    title: 'The UDF volume uses a feature that is not read.',
    remedy: 'Use a disc image of UDF 1.02 to 2.01 with one plain partition, as installation discs have.',
  },
  UDF_DIRECTORY_LOOP: {
    title: 'UDF directories form a loop, or one is entered twice.',
    remedy: 'The image is damaged or made to confuse readers: do not use it.',
  },
  UDF_LIMIT: {
    title: 'A UDF tree or file is larger than is read or written.',
    remedy: 'Split the file that the message names; in an image of others this is a sign of damage.',
  },
  UDF_NAME_TOO_LONG: {
    title: 'A name does not fit the 255 bytes of a UDF file identifier.',
    remedy: 'Shorten the name that the message gives.',
  },
});
