/** Error codes of `media/bootable`. */
import { registerCodes } from '../../src/core/index.ts';

export const bootableCode = registerCodes({
  MEDIA_BOOT_IMAGE_REFUSED: {
    title: 'The boot manager would refuse this boot image.',
    remedy: 'Export it with LZX or XPRESS compression and 32 KiB chunks, as the message says.',
  },
  MEDIA_BOOT_IMAGE_TOO_LARGE: {
    title: 'The boot image has 4 GiB or more.',
    remedy: 'FAT32 cannot hold it, and the whole file is loaded into memory: make a smaller one.',
  },
  MEDIA_SECRETS_WITHOUT_PASSWORD: {
    title: 'Secret variables need a password.',
    remedy: 'Give --password-file; secrets are never written in the clear.',
  },
  MEDIA_UNATTENDED_SECRETS: {
    title: 'Unattended media cannot carry secrets.',
    remedy: 'Nobody is there to type the password: leave out --unattended or the secrets.',
  },
  MEDIA_UNUSED_PASSWORD: {
    title: 'A password was given, but there is nothing to seal.',
    remedy: 'Leave out --password-file, or mark a variable as secret.',
  },
  MEDIA_UNATTENDED_NO_DEPLOYMENT: {
    title: 'Unattended media without SMSTSPreferredAdvertID.',
    remedy: 'Without it the machine runs a required deployment, or nothing.',
  },
  MEDIA_SECURE_BOOT: { title: 'Which PCs start the medium with Secure Boot on.', remedy: 'See --signing-ca.' },
  MEDIA_LAYOUT: { title: 'Something about the image file worth knowing.', remedy: 'See the message.' },
  MEDIA_BOOT_INDEX_SET: {
    title: 'The boot index of the copy differs from the image given.',
    remedy: 'Nothing to do: the copy on the medium is what boots.',
  },
});
