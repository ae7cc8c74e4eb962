/** `image apply`: an image of a WIM as a new folder, with links and times. */
import * as z from 'zod';
import { FolderWriter } from '../../images/bytes/index.ts';
import { applyImage, type ApplyReport } from '../../images/wim/index.ts';
import { openWholeWim } from './image-parts.ts';
import { chooseImage } from './open-wim.ts';
import { useCase } from './use-case.ts';

export interface AppliedImage extends ApplyReport {
  readonly file: string;
  readonly index: number;
  readonly folder: string;
}

export const imageApply = useCase({
  name: 'image apply',
  summary: 'write an image into a new folder, with links and times',
  effect: 'write',
  input: z.strictObject({
    file: z.string(),
    folder: z.string(),
    index: z.int().positive().optional(),
    unixData: z.boolean().default(false),
  }),
  async run({ file, folder, index, unixData }, { workers }, context): Promise<AppliedImage> {
    await using opened = await openWholeWim([file]);
    const image = await chooseImage(opened.wim, file, index);
    const writer = await FolderWriter.create(folder);
    try {
      const report = await applyImage(image, writer, context, { unixModes: unixData, workers });
      writer.keep();
      return { ...report, file, index: image.index, folder };
    } catch (error) {
      writer.remove();
      throw error;
    }
  },
});
