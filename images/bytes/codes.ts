/** Error codes of `images/bytes`. */
import { registerCodes } from '../../src/core/index.ts';

export const bytesCode = registerCodes({
  BYTES_TRUNCATED: {
    title: 'A structure or file ends before its data does.',
    remedy: 'The file is cut off or not what it claims to be: copy or download it again.',
  },
  BYTES_VALUE_TOO_LARGE: {
    title: 'A 64-bit size or offset is above 2^53-1.',
    remedy: 'No real file is that large; the file is damaged.',
  },
  BYTES_LIMIT: {
    title: 'A table is larger than the limit for reading it into memory.',
    remedy: 'The file is damaged, or larger than this version of osdkit was made for.',
  },
  BYTES_GUID: { title: 'Text is not a GUID.', remedy: 'Write it as 8-4-4-4-12 hexadecimal digits.' },
  BYTES_OUTPUT_EXISTS: {
    title: 'The output exists already.',
    remedy: 'Choose another --output, or give --force to replace it once the new file is whole.',
  },
  BYTES_OUTPUT_KIND: {
    title: 'The output is a folder, a device or a broken link.',
    remedy: 'Give the name of a file; an image file is copied to a stick after it was made.',
  },
  BYTES_OUTPUT_FOLDER: { title: 'The folder of the output does not exist.', remedy: 'Make the folder first.' },
  BYTES_FILE_CHANGED: {
    title: 'A file changed while it was being read.',
    remedy: 'Close what writes to it and start again.',
  },
});
