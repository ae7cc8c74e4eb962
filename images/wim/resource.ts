/** Resources as sources: stored ones are slices of the file, compressed ones decode the chunks that a read needs. */
import { FormatError, type OsdkitError } from '../../src/core/index.ts';
import { checkRange, sliceSource, type ByteSource } from '../bytes/index.ts';
import { createDecoder, type Compression, type Decoder } from '../codec/index.ts';
import { checkResource, problemError } from './check.ts';
import { readChunkTable, type ChunkTable } from './chunk-table.ts';
import { wimCode } from './codes.ts';
import { resourceFlag, type ResourceHeader } from './layout.ts';

/** Decoded bytes kept for reads that come back to a chunk. */
const cacheBytes = 4 * 1024 * 1024;
/** Compressed bytes fetched at once. */
const fetchBytes = 1024 * 1024;

/** Reads the resources of one file: knows its compression, keeps a small cache of decoded chunks. */
export class ResourceReader {
  readonly source: ByteSource;
  readonly #compression: Compression;
  readonly #chunkSize: number;
  readonly #cache = new Map<number, Uint8Array>();
  #decoder: Decoder | undefined;

  constructor(source: ByteSource, compression: Compression, chunkSize: number) {
    this.source = source;
    this.#compression = compression;
    this.#chunkSize = chunkSize;
  }

  /**
   * The uncompressed data of a resource that is neither solid nor LZMS. Throws FormatError (`WIM_RESOURCE_RANGE`,
   * `WIM_RESOURCE_SIZE`) when the resource cannot be right; chunk errors come on reading.
   */
  open(resource: ResourceHeader, id: string): ByteSource {
    const why = checkResource(resource, this.source.size);
    if (why) throw problemError({ ...why, severity: 'error', offset: resource.offset }, this.source);
    const compressed = (resource.flags & resourceFlag.compressed) !== 0;
    if (!compressed) return sliceWithId(this.source, resource, id);
    if (this.#compression === 'none') {
      const message = `resource at 0x${resource.offset.toString(16)} is compressed, but the header names no compression`;
      throw new FormatError(wimCode.WIM_RESOURCE_SIZE, message, { details: { offset: resource.offset } });
    }
    return this.#compressedSource(resource, id);
  }

  #compressedSource(resource: ResourceHeader, id: string): ByteSource {
    let table: Promise<ChunkTable> | undefined;
    const { source } = this;
    return {
      id,
      size: resource.size,
      ...(source.checkUnchanged ? { checkUnchanged: source.checkUnchanged } : {}),
      read: async (offset, length) => {
        checkRange({ id, size: resource.size }, offset, length);
        if (length === 0) return new Uint8Array(0);
        table ??= readChunkTable(source, resource, this.#chunkSize);
        return this.#readChunks(await table, offset, length, id);
      },
    };
  }

  async #readChunks(table: ChunkTable, offset: number, length: number, id: string): Promise<Uint8Array> {
    const result = new Uint8Array(length);
    const last = Math.floor((offset + length - 1) / this.#chunkSize);
    for (let first = Math.floor(offset / this.#chunkSize); first <= last; ) {
      let next = first + 1;
      while (next <= last && start(table, next + 1) - start(table, first) <= fetchBytes) next++;
      const cached = next === first + 1 ? this.#cache.get(start(table, first)) : undefined;
      const stored = cached
        ? new Uint8Array(0)
        : await this.source.read(start(table, first), start(table, next) - start(table, first));
      for (let i = first; i < next; i++) {
        const chunkOffset = i * this.#chunkSize;
        const from = Math.max(offset, chunkOffset) - chunkOffset;
        const to = Math.min(offset + length - chunkOffset, table.sizeOf(i));
        const at = start(table, i) - start(table, first);
        const bytes = stored.subarray(at, at + start(table, i + 1) - start(table, i));
        const target = result.subarray(chunkOffset + from - offset, chunkOffset + to - offset);
        if (cached) target.set(cached.subarray(from, to));
        else if (to - from === table.sizeOf(i)) this.#decode(bytes, target, i, id);
        else target.set(this.#decodeWhole(bytes, table, i, id).subarray(from, to));
      }
      first = next;
    }
    return result;
  }

  #decodeWhole(bytes: Uint8Array, table: ChunkTable, i: number, id: string): Uint8Array {
    const chunk = new Uint8Array(table.sizeOf(i));
    this.#decode(bytes, chunk, i, id);
    this.#cache.set(start(table, i), chunk);
    for (const key of this.#cache.keys()) {
      if (this.#cache.size * this.#chunkSize <= cacheBytes || this.#cache.size === 1) break;
      this.#cache.delete(key);
    }
    return chunk;
  }

  #decode(bytes: Uint8Array, target: Uint8Array, index: number, id: string): void {
    this.#decoder ??= createDecoder(this.#compression, this.#chunkSize);
    try {
      this.#decoder.decodeInto(bytes, target);
    } catch (error) {
      if (error instanceof FormatError) throw chunkError(error, index, id);
      throw error;
    }
  }
}

/** A chunk that could not be decoded, with the name of what it belongs to. */
export function chunkError(error: FormatError, index: number, id: string): FormatError {
  return new FormatError(wimCode.WIM_CHUNK, `${id}: chunk ${index}: ${error.message}`, {
    cause: error,
    details: { ...error.details, blob: id, chunk: index, code: error.code },
    ...(error.hint === undefined ? {} : { hint: error.hint }),
  });
}

/** A source of known size whose data cannot be had here. */
export function refusedSource(id: string, size: number, refuse: () => OsdkitError): ByteSource {
  return {
    id,
    size,
    async read(offset, length) {
      checkRange({ id, size }, offset, length);
      throw refuse();
    },
  };
}

function sliceWithId(source: ByteSource, resource: ResourceHeader, id: string): ByteSource {
  return { ...sliceSource(source, resource.offset, resource.storedSize), id };
}

const start = (table: ChunkTable, i: number): number => table.starts[i] as number;
