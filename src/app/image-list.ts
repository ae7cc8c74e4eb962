/** `image list`: the files of one image of a WIM. */
import { z } from 'zod';
import { walkTree } from '../../images/tree/index.ts';
import { chooseImage, openWimFile } from './open-wim.ts';
import { useCase } from './use-case.ts';

export interface ListedEntry {
  /** Segments joined by `/`. */
  readonly path: string;
  readonly kind: 'file' | 'directory';
  /** Uncompressed bytes; 0 for folders. */
  readonly size: number;
}

export interface ImageListing {
  readonly file: string;
  readonly index: number;
  readonly entries: readonly ListedEntry[];
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
    const entries = [...walkTree(image.tree())].map(({ path, node }) => ({
      path,
      kind: node.kind,
      size: node.kind === 'file' ? node.content.size : 0,
    }));
    return { file, index: image.index, entries, skipped: image.skipped() };
  },
});
