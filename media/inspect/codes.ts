/** Error codes of `media/inspect`. */
import { registerCodes } from '../../src/core/index.ts';

export const inspectCode = registerCodes({
  MEDIA_NOT_OURS: {
    title: 'The image file is not a medium of osdkit.',
    remedy: 'It holds no osdkit/media.json; `osdkit image inspect` shows WIM files.',
  },
  MEDIA_NO_MANIFEST: { title: 'The medium has no manifest.', remedy: 'Make the medium again.' },
  MEDIA_FILE_MISSING: { title: 'A file of the manifest is missing.', remedy: 'Make the medium again.' },
  MEDIA_FILE_SIZE: { title: 'A file has another size than the manifest says.', remedy: 'Make the medium again.' },
  MEDIA_FILE_DIGEST: {
    title: 'A file has another content than the manifest says.',
    remedy: 'The medium is damaged or was changed: make it again.',
  },
  MEDIA_FILE_UNLISTED: {
    title: 'A file is on the medium and not in its manifest.',
    remedy: 'Somebody added it; remove it, or make the medium again.',
  },
  MEDIA_MANIFEST_CHANGED: {
    title: 'The manifest does not fit media.json, or is not written as osdkit writes it.',
    remedy: 'The medium is damaged or was changed: make it again.',
  },
  MEDIA_STRUCTURE_CHANGED: {
    title: 'Directories, boot sectors, tables or the zeros between differ from what this content gives.',
    remedy: 'The medium is damaged or was changed: make it again.',
  },
  MEDIA_SITE_CHANGED: {
    title: 'What the site put on the medium does not fit together, or its signature is wrong.',
    remedy: 'The medium was changed: make it again.',
  },
  MEDIA_COPY_DIFFERS: {
    title: 'A file of osdkit inside boot.wim differs from that on the medium.',
    remedy: 'The medium was changed: make it again.',
  },
});
