/** Error codes of `media/network`. */
import { registerCodes } from '../../src/core/index.ts';

export const networkCode = registerCodes({
  NETWORK_BOOT_DOCUMENT: {
    title: 'The document of a prepared boot image is damaged or of another version.',
    remedy: 'Remove the folder that the message names: the boot image is prepared again.',
  },
  NETWORK_BOOT_DAMAGED: {
    title: 'A file of a prepared boot image is missing or is not what it was.',
    remedy: 'Remove the folder that the message names: the boot image is prepared again.',
  },
  NETWORK_BOOT_CONTENT: {
    title: 'A boot image is not what its digest says.',
    remedy: 'The content library is damaged: take the boot image into the site again.',
  },
  NETWORK_BOOT_NOTHING: {
    title: 'No computer can start from the network with this boot image.',
    remedy: 'Take a boot image that has Windows\\Boot\\EFI or Windows\\Boot\\PXE.',
  },
  NETWORK_BOOT_NO_BIOS: {
    title: 'BIOS computers cannot start from the network with this boot image.',
    remedy:
      'Take a boot image that has Windows\\Boot\\PXE, or give an iPXE program of yours in the settings of the point.',
  },
  NETWORK_BOOT_NO_UEFI: {
    title: 'UEFI computers cannot start from the network with this boot image.',
    remedy: 'Take a boot image that has Windows\\Boot\\EFI.',
  },
});
