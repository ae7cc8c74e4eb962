/** Whether a WIM can be the boot image of a medium: what boot managers accept (boot-chain 3), and which image boots. */
import { bootability, openWim, wimCode, type Wim } from '../../images/wim/index.ts';
import { FormatError, LimitError } from '../../src/core/index.ts';
import { inspectBootImage, type BootImage } from '../boot-image/index.ts';
import { bootableCode } from './codes.ts';
import type { BootableSpec } from './types.ts';

/** FAT32 holds files below 4 GiB, and the boot manager loads the whole WIM into memory. */
const largestBootWim = 2 ** 32 - 1;

/**
 * The boot image of a request. Throws LimitError (`MEDIA_BOOT_IMAGE_TOO_LARGE`), FormatError
 * (`MEDIA_BOOT_IMAGE_REFUSED`) for a form that boot managers refuse, and what `inspectBootImage` throws.
 */
export async function chooseBootImage(spec: BootableSpec): Promise<BootImage> {
  const { bootImage, bootImageName } = spec;
  checkBootWimSize(bootImage.size, bootImageName);
  const wim = await openWim(bootImage);
  checkForm(wim, bootImageName);
  return inspectBootImage(wim, {
    ...(spec.index === undefined ? {} : { index: spec.index }),
    ...(spec.architecture === undefined ? {} : { architecture: spec.architecture }),
  });
}

/** Throws LimitError (`MEDIA_BOOT_IMAGE_TOO_LARGE`); called again for the copy, which is larger by our files. */
export function checkBootWimSize(size: number, name: string): void {
  if (size <= largestBootWim) return;
  throw new LimitError(
    bootableCode.MEDIA_BOOT_IMAGE_TOO_LARGE,
    `${name}: has ${size} bytes, a boot image must stay below 4 GiB`,
    {
      details: { actual: size, limit: largestBootWim },
      hint: 'FAT32 cannot hold it and the machine would load all of it into memory. Give a Windows PE, not install.wim.',
    },
  );
}

/** A boot index of 0 is no reason to refuse: the copy on the medium gets one. */
function checkForm(wim: Wim, name: string): void {
  const refused = bootability(wim).filter(({ code }) => code !== wimCode.WIM_BOOT_INDEX);
  const [first] = refused;
  if (!first) return;
  throw new FormatError(
    bootableCode.MEDIA_BOOT_IMAGE_REFUSED,
    `${name}: boot managers refuse this form: ${refused.map(({ message }) => message).join('; ')}`,
    {
      details: { reasons: refused.map(({ code }) => code) },
      hint: first.hint ?? 'Export it as LZX with 32 KiB chunks.',
    },
  );
}
