/** Which image of a WIM is the boot image: the one asked for, else the bootable one, else the only Windows PE in it. */
import { InputError } from '../../src/core/index.ts';
import type { Wim, WimImage } from '../../images/wim/index.ts';
import { bootImageCode } from './codes.ts';
import { imageRegistry, type ImageRegistry } from './registry.ts';
import { isWinpe } from './winpe-tests.ts';

export interface Candidate {
  readonly image: WimImage;
  readonly registry: ImageRegistry;
}

/** Opens an image for inspection. Throws what `wim.image` throws. */
export async function openCandidate(wim: Wim, index: number): Promise<Candidate> {
  const image = await wim.image(index);
  return { image, registry: imageRegistry(image) };
}

/**
 * Chooses by the rule above. A boot index of 0, or one that names no Windows PE, only leads to the next rule. Throws
 * InputError (`BOOT_IMAGE_SEVERAL`, `BOOT_IMAGE_NOT_WINPE`) and what `wim.image` throws.
 */
export async function chooseImage(wim: Wim, index?: number): Promise<Candidate> {
  if (index !== undefined) return openCandidate(wim, index);
  if (wim.bootIndex >= 1 && wim.bootIndex <= wim.imageCount) {
    const candidate = await openCandidate(wim, wim.bootIndex);
    if (wim.imageCount === 1 || (await isWinpe(candidate.image, candidate.registry))) return candidate;
  } else if (wim.imageCount === 1) {
    // The only image there is: if it is not Windows PE, the tests tell why.
    return openCandidate(wim, 1);
  }
  return onlyWinpe(wim);
}

async function onlyWinpe(wim: Wim): Promise<Candidate> {
  const found: Candidate[] = [];
  for (const { index } of wim.images) {
    if (index === wim.bootIndex) continue;
    const candidate = await openCandidate(wim, index);
    if (await isWinpe(candidate.image, candidate.registry)) found.push(candidate);
  }
  const [only] = found;
  if (only && found.length === 1) return only;
  const listed = (wanted: (index: number) => boolean) =>
    wim.images
      .filter((info) => wanted(info.index))
      .map((info) => `${info.index}: ${info.name ?? '(no name)'}`)
      .join(', ');
  if (found.length === 0) {
    throw new InputError(
      bootImageCode.BOOT_IMAGE_NOT_WINPE,
      `none of the ${wim.imageCount} images is Windows PE (${listed(() => true)})`,
      {
        hint: 'Give sources/boot.wim of Windows media, winpe.wim of the ADK, or winre.wim; install.wim holds whole Windows.',
        details: { images: wim.images.map((info) => `${info.index}: ${info.name ?? ''}`) },
      },
    );
  }
  const indexes = new Set(found.map(({ image }) => image.index));
  const names = listed((index) => indexes.has(index));
  throw new InputError(
    bootImageCode.BOOT_IMAGE_SEVERAL,
    `${found.length} images are Windows PE (${names}), and none of them is marked as bootable`,
    { hint: 'Choose one with --index.', details: { indexes: [...indexes].map(String) } },
  );
}
