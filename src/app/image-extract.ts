/** `image extract`: an image of a WIM, a disc image or volume, or single paths of it, into a folder; nothing is overwritten. */
import * as z from 'zod';
import { writeDirectory } from '../../images/tree/index.ts';
import { extractTree } from '../../images/wim/index.ts';
import { chooseView, openImageFile } from './open-image.ts';
import { chooseImage } from './open-wim.ts';
import { selectPaths } from './select-paths.ts';
import { useCase } from './use-case.ts';

export interface ImageExtraction {
  readonly file: string;
  /** Of the image in a WIM; null for anything else. */
  readonly index: number | null;
  /** The file system that was read; null for a WIM. */
  readonly view: string | null;
  readonly output: string;
  readonly files: number;
  /** Of the paths that were named: folders without a file in them; they are made all the same. */
  readonly withoutFiles: readonly string[];
  /** What a plain folder cannot hold. */
  readonly skipped: readonly { readonly path: string; readonly what: string }[];
}

export const imageExtract = useCase({
  name: 'image extract',
  summary: 'write the files in a WIM, ISO, UDF or FAT image into a folder',
  effect: 'write',
  input: z.strictObject({
    file: z.string(),
    index: z.int().positive().optional(),
    view: z.string().optional(),
    /** Path of a WIM inside a disc image. */
    inside: z.string().optional(),
    paths: z.array(z.string()),
    output: z.string(),
  }),
  async run({ file, index, view: name, inside, paths, output }, { workers }, context): Promise<ImageExtraction> {
    await using opened = await openImageFile(file, { index, view: name, inside, wholeSet: true });
    if (opened.kind === 'wim') {
      const image = await chooseImage(opened.wim, file, index);
      const { root, withoutFiles } = selectPaths(image.tree(), paths, `image ${image.index}`);
      const files = await extractTree(opened.wim, root, output, context, { workers });
      return { file, index: image.index, view: null, output, files, withoutFiles, skipped: image.skipped() };
    }
    const view = chooseView(opened.contents, file, name);
    const { root: whole, skipped } = await view.read();
    const { root, withoutFiles } = selectPaths(whole, paths, `the ${view.name} view`);
    const files = await writeDirectory(root, output, context);
    return { file, index: null, view: view.name, output, files, withoutFiles, skipped };
  },
});
