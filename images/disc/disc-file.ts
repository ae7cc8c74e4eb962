/**
 * A file of a disc that is being planned: one record that all four views share, since 100,000 of them lie in memory. It knows its
 * folder and its place; everything else is asked of the file it stands for.
 */
import type { ByteSource, Instant } from '../bytes/index.ts';
import type { FileEntry, FileNode, OpenPlacement } from '../tree/index.ts';
import { fitsFat } from './fits-fat.ts';
import type { PlacedFile } from './types.ts';

const BLOCK = 2048;

export class DiscFile implements FileNode, FileEntry, PlacedFile {
  readonly #original: FileNode;
  readonly #folder: string;
  /** In blocks: a small number, where an offset would be an object of its own. */
  #block = -1;

  constructor(original: FileNode, folder: string) {
    this.#original = original;
    this.#folder = folder;
  }

  get kind(): 'file' {
    return 'file';
  }

  get name(): string {
    return this.#original.name;
  }

  get content(): ByteSource {
    return this.#original.content;
  }

  get path(): string {
    return this.#folder === '' ? this.name : `${this.#folder}/${this.name}`;
  }

  get file(): this {
    return this;
  }

  get size(): number {
    return this.content.size;
  }

  get offset(): number | undefined {
    return this.#block < 0 ? undefined : this.#block * BLOCK;
  }

  get discOnly(): boolean {
    return !fitsFat(this);
  }

  placeAt(offset: number): void {
    this.#block = offset / BLOCK;
  }
}

/** A file whose original has attributes or times: few have. */
class AttributedFile extends DiscFile {
  readonly attributes?: number;
  readonly created?: Instant;
  readonly modified?: Instant;

  constructor(original: FileNode, folder: string) {
    super(original, folder);
    const { attributes, created, modified } = original;
    if (attributes !== undefined) this.attributes = attributes;
    if (created !== undefined) this.created = created;
    if (modified !== undefined) this.modified = modified;
  }
}

export function discFile(original: FileNode, folder: string): DiscFile {
  const { attributes, created, modified } = original;
  const plain = attributes === undefined && created === undefined && modified === undefined;
  return plain ? new DiscFile(original, folder) : new AttributedFile(original, folder);
}

/** Places kept in the files themselves; files of another tree have none. */
export const ownPlaces: OpenPlacement = {
  get: (file) => (file instanceof DiscFile ? file.offset : undefined),
  set: (file, offset) => (file as DiscFile).placeAt(offset),
};
