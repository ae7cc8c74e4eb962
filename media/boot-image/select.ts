import { InternalError } from '../../src/core/index.ts';
import { bootImageCode } from './codes.ts';
import type { BootFileSelection, BootImage, SelectOptions } from './types.ts';

/**
 * The boot files of a medium at their target paths: loader, boot.sdi, `bootmgr` for BIOS, boot.stl, policies, fonts.
 * InputError with the code of the missing file when bootmgfw.efi or boot.sdi is nowhere, or `BOOT_IMAGE_SIGNING_CA`,
 * `BOOT_IMAGE_BOOT_FILES`; FormatError when a file is damaged (`BOOT_IMAGE_LOADER`, `BOOT_IMAGE_BOOTMGR_*`, `BOOT_IMAGE_BOOT_SDI`).
 */
export async function selectBootFiles(_image: BootImage, _options: SelectOptions = {}): Promise<BootFileSelection> {
  throw new InternalError(bootImageCode.BOOT_IMAGE_NO_BOOTMGFW, 'not built yet');
}
