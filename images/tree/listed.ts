/**
 * Folders of an image that are read when they are asked for and then forgotten: comparing the views of a disc needs no view as a
 * whole in memory.
 */

export interface ListedFile {
  readonly kind: 'file';
  readonly name: string;
  readonly size: number;
  /** Where its data lies in what was opened, bytes; undefined for one that does not lie in one piece where it should. */
  readonly extents: readonly { readonly offset: number; readonly length: number }[] | undefined;
}

export interface ListedFolder {
  readonly kind: 'directory';
  /** Empty for the root. */
  readonly name: string;
  /** What is in it, in the order of the image. Each folder of a view can be listed once; throws as the reader of the tree. */
  list(): Promise<readonly ListedEntry[]>;
}

export type ListedEntry = ListedFile | ListedFolder;
