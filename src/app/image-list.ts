/** `image list`: the files of one image of a WIM. */
import { z } from 'zod';
import { listWim, type WimListing } from './list-wim.ts';
import { chooseImage, openWimFile } from './open-wim.ts';
import { useCase } from './use-case.ts';

export interface ImageListing extends WimListing {
  readonly file: string;
  readonly index: number;
  /** What a plain listing leaves out: reparse points, named streams. */
  readonly skipped: readonly { readonly path: string; readonly what: string }[];
}

export const imageList = useCase({
  name: 'image list',
  summary: 'list the files of an image in a WIM',
  effect: 'read',
  input: z.strictObject({ file: z.string(), index: z.int().positive().optional() }),
  async run({ file, index }): Promise<ImageListing> {
    await using opened = await openWimFile(file);
    const image = await chooseImage(opened.wim, file, index);
    return { file, index: image.index, ...(await listWim(image)), skipped: image.skipped() };
  },
});
