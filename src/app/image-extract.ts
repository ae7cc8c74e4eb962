/** `image extract`: one image of a WIM, or single paths of it, into a folder. Existing files are never overwritten. */
import { z } from 'zod';
import { writeDirectory } from '../../images/tree/index.ts';
import { chooseImage, openWimFile } from './open-wim.ts';
import { selectPaths } from './select-paths.ts';
import { useCase } from './use-case.ts';

export interface ImageExtraction {
  readonly file: string;
  readonly index: number;
  readonly output: string;
  readonly files: number;
  /** Of the paths that were named: folders without a file in them; they are made all the same. */
  readonly withoutFiles: readonly string[];
  /** What a plain folder cannot hold. */
  readonly skipped: readonly { readonly path: string; readonly what: string }[];
}

export const imageExtract = useCase({
  name: 'image extract',
  summary: 'write the files of an image in a WIM into a folder',
  effect: 'write',
  input: z.strictObject({
    file: z.string(),
    index: z.int().positive().optional(),
    paths: z.array(z.string()),
    output: z.string(),
  }),
  async run({ file, index, paths, output }, _services, context): Promise<ImageExtraction> {
    await using opened = await openWimFile(file);
    const image = await chooseImage(opened.wim, file, index);
    const { root, withoutFiles } = selectPaths(image.tree(), paths, `image ${image.index}`);
    const files = await writeDirectory(root, output, context);
    return { file, index: image.index, output, files, withoutFiles, skipped: image.skipped() };
  },
});
