/** A file read from a disc, as small as it can be: 100,000 of them lie in memory at once when a tree is read. */
import type { ByteSource, Instant } from '../bytes/index.ts';
import { extentSource } from './extent-source.ts';
import type { Extent, ExtentFile } from './types.ts';

/** A file whose bytes are these extents, checked against the size of `source`. Content and extents are made when asked for. */
export function extentFile(
  name: string,
  source: ByteSource,
  extents: readonly Extent[],
  modified: Instant | undefined,
): ExtentFile {
  const [only, second] = extents;
  if (!only || second) return new ScatteredFile(name, source, extents, modified);
  return new WholeFile(name, source, only.offset, only.length, modified);
}

class WholeFile implements ExtentFile {
  readonly name: string;
  readonly #source: ByteSource;
  readonly #offset: number;
  readonly #length: number;
  readonly modified?: Instant;

  constructor(name: string, source: ByteSource, offset: number, length: number, modified: Instant | undefined) {
    this.name = name;
    this.#source = source;
    this.#offset = offset;
    this.#length = length;
    if (modified !== undefined) this.modified = modified;
  }

  get kind(): 'file' {
    return 'file';
  }

  get extents(): readonly Extent[] {
    return [{ offset: this.#offset, length: this.#length }];
  }

  get content(): ByteSource {
    return extentSource(this.#source, this.extents);
  }
}

/** Empty, or in several pieces. */
class ScatteredFile implements ExtentFile {
  readonly name: string;
  readonly extents: readonly Extent[];
  readonly #source: ByteSource;
  readonly modified?: Instant;

  constructor(name: string, source: ByteSource, extents: readonly Extent[], modified: Instant | undefined) {
    this.name = name;
    this.extents = extents;
    this.#source = source;
    if (modified !== undefined) this.modified = modified;
  }

  get kind(): 'file' {
    return 'file';
  }

  get content(): ByteSource {
    return extentSource(this.#source, this.extents);
  }
}
