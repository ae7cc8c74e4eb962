/** Error codes of `media/boot-image`. */
import { registerCodes } from '../../src/core/index.ts';

const otherImage = 'Take the boot image from another ADK, or give the file with --boot-files DIR.';
const copyAgain = 'Take the file from its source again; text conversion and cut-off downloads break it.';

export const bootImageCode = registerCodes({
  BOOT_IMAGE_NOT_WINPE: {
    title: 'The image is not Windows PE.',
    remedy: 'Give a boot.wim or winpe.wim: sources/boot.wim of Windows media, winpe.wim of the ADK, winre.wim.',
  },
  BOOT_IMAGE_SEVERAL: {
    title: 'The file holds several Windows PE images and none of them is marked as bootable.',
    remedy: 'Choose one with --index.',
  },
  BOOT_IMAGE_ARCHITECTURE_DISAGREES: {
    title: 'XML data and programs of the image are of different architectures.',
    remedy: 'The image was assembled from different sources: take an unmixed one.',
  },
  BOOT_IMAGE_ARCHITECTURE_OTHER: {
    title: 'The image has another architecture than --architecture asks for.',
    remedy: 'Give another image, or leave --architecture out.',
  },
  BOOT_IMAGE_ARCHITECTURE_UNKNOWN: {
    title: 'Nothing in the image tells its architecture, or it is one that Windows PE never had.',
    remedy: 'Check that it is a Windows PE image for x64, arm64 or x86.',
  },
  BOOT_IMAGE_REGISTRY: {
    title: 'A registry hive of the image is absent or cannot be read.',
    remedy: 'The image may be cut down or damaged; `osdkit image verify` tells.',
  },
  BOOT_IMAGE_PROGRAM: {
    title: 'A program of the image cannot be read.',
    remedy: 'The image may be damaged; `osdkit image verify` tells.',
  },
  BOOT_IMAGE_TEXT: {
    title: 'winpeshl.ini or startnet.cmd cannot be read, or is too large to be one.',
    remedy: 'Look at the file: `osdkit image extract`.',
  },
  BOOT_IMAGE_NO_BOOTMGFW: { title: 'The UEFI boot manager bootmgfw.efi is missing.', remedy: otherImage },
  BOOT_IMAGE_NO_BOOT_SDI: { title: 'The RAM disk template boot.sdi is missing.', remedy: otherImage },
  BOOT_IMAGE_NO_BOOTMGR: {
    title: 'The BIOS boot manager bootmgr is missing: no BIOS start.',
    remedy: otherImage,
  },
  BOOT_IMAGE_NO_BOOT_STL: {
    title: 'The revocation list boot.stl is missing: boot managers of Windows 11 24H2 and later may refuse to start.',
    remedy: otherImage,
  },
  BOOT_IMAGE_NO_FONTS: { title: 'The fonts of the boot menu are missing.', remedy: otherImage },
  BOOT_IMAGE_NO_WINLOAD_EFI: {
    title: 'The UEFI loader winload.efi is missing from the image.',
    remedy: 'Take another boot image: this file belongs to its Windows version.',
  },
  BOOT_IMAGE_NO_WINLOAD_EXE: {
    title: 'The BIOS loader winload.exe is missing from the image: no BIOS start.',
    remedy: 'Take another boot image: this file belongs to its Windows version.',
  },
  BOOT_IMAGE_NO_PXEBOOT: { title: 'pxeboot.n12 is missing: no BIOS network start.', remedy: otherImage },
  BOOT_IMAGE_NO_BOOTMGR_EXE: { title: 'bootmgr.exe is missing: no BIOS network start.', remedy: otherImage },
  BOOT_IMAGE_SIGNING_CA: {
    title: 'There is no boot manager signed by the wished CA.',
    remedy: 'Leave --signing-ca out, take a newer image, or give the loader with --boot-files DIR.',
  },
  BOOT_IMAGE_SIGNING_CA_UNKNOWN: {
    title: 'The boot manager is not signed, and its place does not tell by which CA it should be.',
    remedy: 'Lay --boot-files out as Windows\\Boot: EFI holds loaders of 2011, EFI_EX those of 2023.',
  },
  BOOT_IMAGE_SIGNING_CA_DISAGREES: {
    title: 'The folder of a boot manager stands for another CA than its certificate names.',
    remedy: 'The certificate counts; check where the image or the folder of --boot-files comes from.',
  },
  BOOT_IMAGE_SIGNATURE: {
    title: 'The signature of a boot manager is damaged, or the file was changed after it was signed.',
    remedy: 'Firmware with Secure Boot on refuses it: take the file from its source again.',
  },
  BOOT_IMAGE_LOADER: {
    title: 'The UEFI boot manager is damaged, of another architecture, or no EFI application.',
    remedy: copyAgain,
  },
  BOOT_IMAGE_BOOTMGR_TOO_LARGE: {
    title: 'bootmgr is larger than BIOS start code can load.',
    remedy: copyAgain,
  },
  BOOT_IMAGE_BOOTMGR_MANGLED: { title: 'bootmgr went through a text conversion.', remedy: copyAgain },
  BOOT_IMAGE_BOOTMGR_NO_JUMP: { title: 'bootmgr does not start like a program.', remedy: copyAgain },
  BOOT_IMAGE_BOOT_SDI: { title: 'boot.sdi is damaged.', remedy: copyAgain },
  BOOT_IMAGE_BOOT_FILES: {
    title: 'The folder of --boot-files holds none of the boot files.',
    remedy: 'Give a media folder (EFI/Boot/bootx64.efi, Boot/boot.sdi) or a Windows\\Boot folder (EFI/bootmgfw.efi).',
  },
  BOOT_IMAGE_NO_ENGINE_DLL: {
    title: 'A DLL that node.exe needs is missing from the image.',
    remedy: 'Add it from a Windows image of the same version and architecture.',
  },
});
