/**
 * The bytes of a file on a disc: some extents of the image. A class with getters instead of `sliceSource`, because 100,000
 * of them lie in memory at once when a tree is read: id and parts are made when asked for.
 */
import { checkRange, sliceParts, type ByteSource, type SourcePart } from '../bytes/index.ts';
import type { Extent } from './types.ts';

class ExtentSource implements ByteSource {
  readonly size: number;
  readonly name?: string;
  readonly checkUnchanged?: () => Promise<void>;
  protected readonly source: ByteSource;
  protected readonly extents: readonly Extent[];

  constructor(source: ByteSource, extents: readonly Extent[]) {
    this.source = source;
    this.extents = extents;
    this.size = extents.reduce((sum, { length }) => sum + length, 0);
    if (source.name !== undefined) this.name = source.name;
    if (source.checkUnchanged) this.checkUnchanged = source.checkUnchanged;
  }

  get id(): string {
    return `${this.source.id}#${this.extents.map(({ offset, length }) => `${offset}+${length}`).join(',')}`;
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    checkRange(this, offset, length);
    const [only, second] = this.extents;
    if (only && !second) return this.source.read(only.offset + offset, length);
    const result = new Uint8Array(length);
    let start = 0;
    for (const extent of this.extents) {
      const from = Math.max(offset, start);
      const to = Math.min(offset + length, start + extent.length);
      if (from < to) result.set(await this.source.read(extent.offset + from - start, to - from), from - offset);
      start += extent.length;
    }
    return result;
  }
}

/** Over a source whose bytes lie ready, `transfer` can copy the extents in its worker. */
class ReadyExtentSource extends ExtentSource {
  get parts(): readonly SourcePart[] {
    const parts = this.source.parts ?? [];
    return this.extents.flatMap(({ offset, length }) => sliceParts(parts, offset, length));
  }
}

/** The bytes of `extents`, one after another, which the caller has checked against the size of `source`. */
export function extentSource(source: ByteSource, extents: readonly Extent[]): ByteSource {
  return source.parts ? new ReadyExtentSource(source, extents) : new ExtentSource(source, extents);
}
