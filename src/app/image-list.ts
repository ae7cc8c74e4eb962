/** `image list`: the files of an image in a WIM, or of a disc image, stick or volume. */
import * as z from 'zod';
import { walkTree, type DirectoryNode } from '../../images/tree/index.ts';
import { listWim, type ListedEntry, type MissingFile } from './list-wim.ts';
import { chooseView, openImageFile } from './open-image.ts';
import { chooseImage } from './open-wim.ts';
import { useCase } from './use-case.ts';

export interface ImageListing {
  readonly file: string;
  /** Of the image in a WIM; null for anything else. */
  readonly index: number | null;
  /** The file system that is listed, and all that the image holds; null and none for a WIM. */
  readonly view: string | null;
  readonly views: readonly string[];
  readonly entries: readonly ListedEntry[];
  readonly missing: readonly MissingFile[];
  /** What a plain listing leaves out: reparse points, named streams, links. */
  readonly skipped: readonly { readonly path: string; readonly what: string }[];
}

export const imageList = useCase({
  name: 'image list',
  summary: 'list the files in a WIM, ISO, UDF or FAT image',
  effect: 'read',
  input: z.strictObject({
    file: z.string(),
    index: z.int().positive().optional(),
    view: z.string().optional(),
    /** Path of a WIM inside a disc image. */
    inside: z.string().optional(),
  }),
  async run({ file, index, view: name, inside }): Promise<ImageListing> {
    await using opened = await openImageFile(file, { index, view: name, inside, wholeSet: true });
    if (opened.kind === 'wim') {
      const image = await chooseImage(opened.wim, file, index);
      return { file, index: image.index, view: null, views: [], ...(await listWim(image)), skipped: image.skipped() };
    }
    const view = chooseView(opened.contents, file, name);
    const views = opened.contents.views.map((one) => one.name);
    const { root, skipped } = await view.read();
    return { file, index: null, view: view.name, views, entries: listTree(root), missing: [], skipped };
  },
});

function listTree(root: DirectoryNode): ListedEntry[] {
  return [...walkTree(root)].map(({ path, node }) => ({
    path,
    kind: node.kind,
    size: node.kind === 'file' ? node.content.size : 0,
  }));
}
