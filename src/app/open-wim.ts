/** Opening the WIM that a command names, and choosing one of its images. */
import { openFile } from '../../images/bytes/index.ts';
import { openWim, type Wim, type WimImage } from '../../images/wim/index.ts';
import { InputError } from '../core/index.ts';
import { appCode } from './codes.ts';

export interface OpenedWim extends AsyncDisposable {
  readonly wim: Wim;
}

/** Opens a WIM file; FormatError when it is none. */
export async function openWimFile(path: string): Promise<OpenedWim> {
  const file = await openFile(path);
  try {
    return { wim: await openWim(file), [Symbol.asyncDispose]: () => file.close() };
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** The image with this index, or the only one. InputError (`APP_OPTION`) when several are there and none was named. */
export async function chooseImage(wim: Wim, path: string, index: number | undefined): Promise<WimImage> {
  return wim.image(chooseIndex(wim, path, index));
}

/** The number of that image, which is not read: there may be none with it. Throws as `chooseImage`. */
export function chooseIndex(wim: Wim, path: string, index: number | undefined): number {
  if (index !== undefined) return index;
  if (wim.imageCount === 1) return 1;
  const names = wim.images.map((image) => `${image.index} ${image.name ?? '(no name)'}`);
  throw new InputError(appCode.APP_OPTION, `${path}: holds ${wim.imageCount} images: ${names.join(', ')}`, {
    details: { images: names },
    hint: 'Name one with --index.',
  });
}
