/** `image extract`: one image of a WIM, or single paths of it, into a folder. Existing files are never overwritten. */
import { z } from 'zod';
import { findNode, treeFromFiles, walkTree, writeDirectory, type DirectoryNode } from '../../images/tree/index.ts';
import type { WimImage } from '../../images/wim/index.ts';
import { InputError } from '../core/index.ts';
import { appCode } from './codes.ts';
import { chooseImage, openWimFile } from './open-wim.ts';
import { useCase } from './use-case.ts';

export interface ImageExtraction {
  readonly file: string;
  readonly index: number;
  readonly output: string;
  readonly files: number;
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
    const tree = paths.length === 0 ? image.tree() : selectPaths(image, paths);
    const files = await writeDirectory(tree, output, context);
    return { file, index: image.index, output, files, skipped: image.skipped() };
  },
});

/** The tree with only these paths, folders with all in them. Throws InputError (`APP_OPTION`) for a path that is absent. */
function selectPaths(image: WimImage, paths: readonly string[]): DirectoryNode {
  const tree = image.tree();
  const files = paths.flatMap((path) => {
    const node = findNode(tree, path);
    const clean = path.replaceAll('\\', '/').replace(/^\/+|\/+$/g, '');
    if (!node) {
      throw new InputError(appCode.APP_OPTION, `image ${image.index} holds no ${path}`, {
        details: { path },
        hint: 'osdkit image list shows what it holds.',
      });
    }
    if (node.kind === 'file') return [{ path: clean, content: node.content }];
    return [...walkTree(node, clean)].flatMap(({ path: place, node: below }) =>
      below.kind === 'file' ? [{ path: place, content: below.content }] : [],
    );
  });
  return treeFromFiles(files);
}
