/**
 * The one port through which formats read: positioned reads of exact length, with a stable id. A format never sees a path.
 * Files, memory, slices and overlays are adapters.
 */
import { createHash } from 'node:crypto';
import { FormatError, LimitError } from '../../src/core/index.ts';
import { bytesCode } from './codes.ts';

/** A stretch of a file on disk. */
export interface FileExtent {
  readonly path: string;
  readonly offset: number;
  readonly length: number;
}

export interface ByteSource {
  /** Equal ids mean equal bytes: the key of caches, ETags and resumed transfers. */
  readonly id: string;
  readonly size: number;
  /** Exactly `length` bytes from `offset`; FormatError (`BYTES_TRUNCATED`) past the end. The caller must not change them. */
  read(offset: number, length: number): Promise<Uint8Array>;
  /** Where the bytes lie in files as they are, in order: lets `transfer` copy them in a worker. Absent when computed. */
  readonly extents?: readonly FileExtent[];
  /** The bytes themselves, when the source is memory. */
  readonly bytes?: Uint8Array;
  /** Asks whether a file behind the source changed since it was opened. */
  checkUnchanged?(): Promise<void>;
}

/** Throws FormatError (`BYTES_TRUNCATED`) unless `offset`, `length` lie inside the source. */
export function checkRange(
  source: { readonly id: string; readonly size: number },
  offset: number,
  length: number,
): void {
  if (Number.isSafeInteger(offset) && Number.isSafeInteger(length) && offset >= 0 && length >= 0) {
    if (offset + length <= source.size) return;
  }
  throw new FormatError(
    bytesCode.BYTES_TRUNCATED,
    `${source.id}: ${length} bytes wanted at 0x${offset.toString(16)}, but the data ends at 0x${source.size.toString(16)}`,
    { details: { source: source.id, offset, expected: length, actual: Math.max(0, source.size - offset) } },
  );
}

/** Bytes in memory. Without an id, the id is their SHA-256. */
export function memorySource(bytes: Uint8Array, id?: string): ByteSource {
  let known = id;
  return {
    get id() {
      known ??= `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
      return known;
    },
    size: bytes.length,
    bytes,
    async read(offset, length) {
      checkRange(this, offset, length);
      return bytes.subarray(offset, offset + length);
    },
  };
}

/** A part of another source, as a source of its own: the file inside a file. Throws as `checkRange`. */
export function sliceSource(source: ByteSource, offset: number, length: number): ByteSource {
  checkRange(source, offset, length);
  const extents = source.extents && sliceExtents(source.extents, offset, length);
  return {
    id: `${source.id}#${offset}+${length}`,
    size: length,
    ...(extents ? { extents } : {}),
    ...(source.bytes ? { bytes: source.bytes.subarray(offset, offset + length) } : {}),
    async read(from, count) {
      checkRange(this, from, count);
      return source.read(offset + from, count);
    },
  };
}

/** The whole source in memory; LimitError (`BYTES_LIMIT`) above `limit` bytes (64 MiB unless told). */
export async function readAll(source: ByteSource, limit = 64 * 1024 * 1024): Promise<Uint8Array> {
  if (source.size > limit) {
    throw new LimitError(bytesCode.BYTES_LIMIT, `${source.id}: ${source.size} bytes, the limit here is ${limit}`, {
      details: { source: source.id, expected: limit, actual: source.size },
    });
  }
  return source.read(0, source.size);
}

/** The parts of a list of extents that hold `length` bytes from `offset`. */
export function sliceExtents(extents: readonly FileExtent[], offset: number, length: number): readonly FileExtent[] {
  const result: FileExtent[] = [];
  let start = 0;
  for (const extent of extents) {
    const from = Math.max(offset, start);
    const to = Math.min(offset + length, start + extent.length);
    if (from < to) result.push({ path: extent.path, offset: extent.offset + from - start, length: to - from });
    start += extent.length;
  }
  return result;
}
