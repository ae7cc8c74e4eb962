import { InternalError } from '../../src/core/index.ts';
import type { Wim } from '../../images/wim/index.ts';
import { bootImageCode } from './codes.ts';
import type { BootImage, InspectOptions } from './types.ts';

/**
 * Chooses the Windows PE image of a WIM and tells all about it. InputError: `BOOT_IMAGE_NOT_WINPE`, `BOOT_IMAGE_SEVERAL`,
 * `BOOT_IMAGE_ARCHITECTURE_DISAGREES`, `BOOT_IMAGE_ARCHITECTURE_OTHER`, `BOOT_IMAGE_ARCHITECTURE_UNKNOWN`, and what `wim.image` throws.
 */
export async function inspectBootImage(_wim: Wim, _options: InspectOptions = {}): Promise<BootImage> {
  throw new InternalError(bootImageCode.BOOT_IMAGE_NOT_WINPE, 'not built yet');
}

/** The same for one image, Windows PE or not: what is wrong stands in `facts.problems`. Throws what `wim.image` throws. */
export async function inspectImage(_wim: Wim, _index: number): Promise<BootImage> {
  throw new InternalError(bootImageCode.BOOT_IMAGE_NOT_WINPE, 'not built yet');
}
