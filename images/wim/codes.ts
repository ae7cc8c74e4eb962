/** Error codes of `images/wim`. */
import { registerCodes } from '../../src/core/index.ts';

const damaged = 'The image is damaged: copy or download it again.';
const exportFirst =
  'Export it into a form that Windows boots: wimlib-imagex export IN.wim all OUT.wim --compress=LZX, or DISM /Export-Image.';

export const wimCode = registerCodes({
  WIM_NOT_A_WIM: {
    title: 'The file does not start like a WIM.',
    remedy: 'Check the path; an ISO must be opened as ISO.',
  },
  WIM_HEADER: { title: 'A field of the WIM header has an impossible value.', remedy: damaged },
  WIM_RESOURCE_RANGE: {
    title: 'A resource lies outside the file.',
    remedy: 'The file is cut off: copy or download it again.',
  },
  WIM_RESOURCE_SIZE: { title: 'The sizes of a resource contradict each other.', remedy: damaged },
  WIM_CHUNK_TABLE: { title: 'The chunk table of a compressed resource is wrong.', remedy: damaged },
  WIM_CHUNK: { title: 'A compressed chunk of a resource cannot be decoded.', remedy: damaged },
  WIM_BLOB_TABLE: { title: 'The blob table is damaged.', remedy: damaged },
  WIM_BLOB_MISSING: {
    title: 'A file refers to data that this WIM does not hold.',
    remedy:
      'A part of a split set holds a part of the data only: join the parts first. Otherwise the image is damaged.',
  },
  WIM_BLOB_DIGEST_MISMATCH: { title: 'The data of a blob does not have its SHA-1.', remedy: damaged },
  WIM_METADATA: { title: 'The metadata resource of an image is damaged.', remedy: damaged },
  WIM_METADATA_DIGEST_MISMATCH: { title: 'The metadata of an image does not have its SHA-1.', remedy: damaged },
  WIM_IMAGE_COUNT: { title: 'Header, blob table and XML data count the images differently.', remedy: damaged },
  WIM_IMAGE_INDEX: {
    title: 'There is no image with this index.',
    remedy: 'List the images with `osdkit image inspect`.',
  },
  WIM_XML: { title: 'The XML data cannot be read.', remedy: damaged },
  WIM_INTEGRITY_TABLE: { title: 'The integrity table is damaged.', remedy: damaged },
  WIM_INTEGRITY_MISMATCH: { title: 'A stretch of the file differs from its integrity table.', remedy: damaged },
  WIM_LIMIT: {
    title: 'A table is larger, or folders are nested deeper, than the limit for reading.',
    remedy: 'The file is damaged, or the limit has to be raised by the caller.',
  },
  WIM_DAMAGED: { title: 'Verification found damage.', remedy: damaged },
  WIM_PIPABLE: { title: "A pipable WIM, wimlib's own variant, which Windows cannot read.", remedy: exportFirst },
  WIM_SOLID: { title: 'A solid WIM (ESD), several files compressed as one.', remedy: exportFirst },
  WIM_LZMS: { title: 'A WIM compressed with LZMS.', remedy: exportFirst },
  WIM_COMPRESSION: { title: 'A WIM with an unknown compression.', remedy: exportFirst },
  WIM_CHUNK_SIZE: { title: 'A WIM compressed in chunks of another size than 32 KiB.', remedy: exportFirst },
  WIM_SPLIT: {
    title: 'One part of a split WIM.',
    remedy: 'Join the parts first: osdkit image join PART1.swm --output OUT.wim.',
  },
  WIM_PARTS: {
    title: 'The parts do not make up one split set.',
    remedy: 'Give every part of one set once: each has the GUID of the set and its number in the header.',
  },
  WIM_BOOT_INDEX: {
    title: 'The header names no bootable image, or one that does not exist.',
    remedy: 'Choose one with --index.',
  },
  WIM_WRITE_IN_PROGRESS: {
    title: 'The header says that a program was still writing.',
    remedy: 'Wait until it has ended, or copy the file again.',
  },
  WIM_CHANGE_CONFLICT: {
    title: 'A change does not fit what the image holds.',
    remedy: 'List the image and check path and spelling; `put` adds or replaces.',
  },
  WIM_NAME: { title: 'A name cannot be stored in a WIM.', remedy: 'Rename it; the message says what is not allowed.' },
  WIM_THREAD: {
    title: 'A thread that verifies or extracts ended unexpectedly.',
    remedy: 'Try again with OSDKIT_WORKERS=0; if it stays, report it as a bug of osdkit.',
  },
  WIM_ARGUMENT: { title: 'A WIM cannot be written as asked.', remedy: 'The message names the argument and its range.' },
});
