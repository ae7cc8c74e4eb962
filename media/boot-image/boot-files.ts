/**
 * The boot files that a Windows PE image may hold, as data (boot-standards 1.1): where they lie, what they are for, what is
 * lost without them, where they go on a medium. Folders DVD, PXE, PCAT and EFI_EX may be absent as a whole.
 */
import type { ErrorCode } from '../../src/core/index.ts';
import { bootImageCode } from './codes.ts';
import type { Architecture, SigningCa, Start } from './types.ts';

export interface BootFile {
  readonly id: string;
  readonly kind: 'file' | 'folder';
  /** Paths in the image, best first. */
  readonly paths: readonly string[];
  /** Paths that come before those when the boot manager of 2023 is chosen: beside that one. `_EX` is left out of names. */
  readonly paths2023?: readonly string[];
  readonly purpose: string;
  /** What does not work without it; a whole sentence. */
  readonly lost: string;
  readonly architectures: readonly Architecture[];
  /** Starts that cannot be without it. */
  readonly neededBy: readonly Start[];
  /** Starts that use it when it is there. */
  readonly usedBy: readonly Start[];
  /** Path on the medium (a folder for folders); absent when it stays in the image or serves the network only. */
  readonly target?: string;
  /** Other places where a foreign medium may have it. */
  readonly elsewhere?: readonly string[];
  readonly signingCa?: SigningCa;
  /** Which files of a folder, by name. */
  readonly pattern?: RegExp;
  /** What reports its absence; absent for what most images lack and nothing misses. */
  readonly code?: ErrorCode;
}

const all: readonly Architecture[] = ['x64', 'arm64', 'x86'];
const pc: readonly Architecture[] = ['x64', 'x86'];
const uefi: readonly Start[] = ['uefi-media', 'uefi-network'];

/** Name of the loader on removable media (UEFI 2.x 3.5.1.1). */
export const loaderTargets: Readonly<Record<Architecture, string>> = {
  x64: 'EFI/BOOT/BOOTX64.EFI',
  arm64: 'EFI/BOOT/BOOTAA64.EFI',
  x86: 'EFI/BOOT/BOOTIA32.EFI',
};

/** Where the UEFI boot manager looks for what lies beside it (boot-chain 9, boot-standards 6.6). */
export const uefiFolder = 'EFI/Microsoft/Boot';

export const bootFiles: readonly BootFile[] = [
  {
    id: 'bootmgfw',
    kind: 'file',
    paths: ['Windows/Boot/EFI/bootmgfw.efi'],
    purpose: 'the UEFI boot manager signed by the CA of 2011',
    lost: 'Without a UEFI boot manager no UEFI PC starts from the medium or the network.',
    architectures: all,
    neededBy: uefi,
    usedBy: [],
    target: 'EFI/BOOT', // the name depends on the architecture: loaderTargets
    signingCa: '2011',
    code: bootImageCode.BOOT_IMAGE_NO_BOOTMGFW,
  },
  {
    id: 'bootmgfw-ex',
    kind: 'file',
    // Images serviced with 2024-4B (April 2024) or later.
    paths: ['Windows/Boot/EFI_EX/bootmgfw_EX.efi'],
    purpose: 'the UEFI boot manager signed by Windows UEFI CA 2023',
    lost: 'PCs that trust only the CA of 2023 do not start with Secure Boot on.',
    architectures: ['x64', 'arm64'],
    neededBy: [],
    usedBy: uefi,
    target: 'EFI/BOOT',
    signingCa: '2023',
  },
  {
    id: 'boot.sdi',
    kind: 'file',
    // One constant file in every source seen, so that any of the places will do (boot-standards 1.3).
    paths: ['Windows/Boot/DVD/EFI/boot.sdi', 'Windows/Boot/DVD/PCAT/boot.sdi', 'sms/boot/boot.sdi'],
    purpose: 'the template of the RAM disk that boot.wim is mounted in',
    lost: 'Without it every boot manager stops with 0xc000000f before it reads boot.wim.',
    architectures: all,
    neededBy: ['uefi-media', 'bios-media', 'uefi-network', 'bios-network'],
    usedBy: [],
    target: 'boot/boot.sdi',
    code: bootImageCode.BOOT_IMAGE_NO_BOOT_SDI,
  },
  {
    id: 'winload.efi',
    kind: 'file',
    paths: ['Windows/System32/boot/winload.efi'],
    purpose: 'the UEFI loader of Windows PE, named by the BCD store',
    lost: 'The UEFI boot manager mounts boot.wim and then stops with 0xc000000f.',
    architectures: all,
    neededBy: uefi,
    usedBy: [],
    code: bootImageCode.BOOT_IMAGE_NO_WINLOAD_EFI,
  },
  {
    id: 'bootmgr',
    kind: 'file',
    paths: ['Windows/Boot/PCAT/bootmgr'],
    purpose: 'the BIOS boot manager',
    lost: 'The medium starts by UEFI only: BIOS PCs do not start from it.',
    architectures: pc,
    neededBy: ['bios-media'],
    usedBy: [],
    target: 'bootmgr',
    code: bootImageCode.BOOT_IMAGE_NO_BOOTMGR,
  },
  {
    id: 'winload.exe',
    kind: 'file',
    paths: ['Windows/System32/boot/winload.exe'],
    purpose: 'the BIOS loader of Windows PE, named by the BCD store',
    lost: 'The BIOS boot manager mounts boot.wim and then stops with 0xc000000f.',
    architectures: pc,
    neededBy: ['bios-media', 'bios-network'],
    usedBy: [],
    code: bootImageCode.BOOT_IMAGE_NO_WINLOAD_EXE,
  },
  {
    id: 'boot.stl',
    kind: 'file',
    paths: ['Windows/Boot/EFI/boot.stl'],
    paths2023: ['Windows/Boot/EFI_EX/boot_EX.stl', 'Windows/Boot/EFI_EX/boot.stl'],
    purpose: 'the list of revoked boot programs that the UEFI boot manager reads',
    lost: 'Boot managers of Windows 11 24H2 and later need it to start; older ones do without.',
    architectures: all,
    neededBy: [],
    usedBy: uefi,
    target: `${uefiFolder}/boot.stl`,
    code: bootImageCode.BOOT_IMAGE_NO_BOOT_STL,
  },
  {
    id: 'policies',
    kind: 'folder',
    paths: ['Windows/Boot/EFI'],
    paths2023: ['Windows/Boot/EFI_EX'],
    pattern: /\.p7b$/i,
    purpose: 'code integrity and roll-back policies of the UEFI boot manager',
    lost: 'Only serviced images have them; a boot manager without them applies its own.',
    architectures: all,
    neededBy: [],
    usedBy: uefi,
    target: uefiFolder,
  },
  {
    id: 'ci-policies',
    kind: 'folder',
    paths: ['Windows/Boot/EFI/CIPolicies'],
    paths2023: ['Windows/Boot/EFI_EX/CIPolicies'],
    purpose: 'code integrity policies of the UEFI boot manager',
    lost: 'Only serviced images have them; a boot manager without them applies its own.',
    architectures: all,
    neededBy: [],
    usedBy: uefi,
    target: `${uefiFolder}/CIPolicies`,
  },
  {
    id: 'fonts',
    kind: 'folder',
    paths: ['Windows/Boot/Fonts'],
    // The same fonts with `_EX` in their names (boot-standards 6.6).
    paths2023: ['Windows/Boot/Fonts_EX'],
    pattern: /\.ttf$/i,
    purpose: 'fonts of the boot menu and of error screens',
    lost: 'Menus and error screens of the boot manager are plain text; starting works.',
    architectures: all,
    neededBy: [],
    usedBy: ['uefi-media', 'bios-media', 'uefi-network', 'bios-network'],
    target: `${uefiFolder}/Fonts`,
    elsewhere: ['boot/fonts'],
    code: bootImageCode.BOOT_IMAGE_NO_FONTS,
  },
  {
    id: 'fonts-bios',
    kind: 'folder',
    paths: ['Windows/Boot/Fonts'],
    pattern: /\.ttf$/i,
    purpose: 'the same fonts where the BIOS boot manager looks for them',
    lost: 'Menus and error screens of the boot manager are plain text; starting works.',
    architectures: pc,
    neededBy: [],
    usedBy: ['bios-media'],
    target: 'boot/fonts',
    elsewhere: [`${uefiFolder}/Fonts`],
  },
  {
    id: 'pxeboot',
    kind: 'file',
    paths: ['Windows/Boot/PXE/pxeboot.n12', 'Windows/Boot/PXE/pxeboot.com'],
    purpose: 'the first program of a BIOS network start',
    lost: 'BIOS PCs cannot start from the network with files of this image.',
    architectures: pc,
    neededBy: ['bios-network'],
    usedBy: [],
    code: bootImageCode.BOOT_IMAGE_NO_PXEBOOT,
  },
  {
    id: 'bootmgr.exe',
    kind: 'file',
    paths: ['Windows/Boot/PXE/bootmgr.exe'],
    purpose: 'the BIOS boot manager for the network',
    lost: 'BIOS PCs cannot start from the network with files of this image.',
    architectures: pc,
    neededBy: ['bios-network'],
    usedBy: [],
    code: bootImageCode.BOOT_IMAGE_NO_BOOTMGR_EXE,
  },
];

/** The row with this id. */
export function bootFile(id: string): BootFile {
  const row = bootFiles.find((file) => file.id === id);
  if (!row) throw new RangeError(`no boot file ${id}`);
  return row;
}
