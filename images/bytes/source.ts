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
  /** What the whole file was like when it was found: whoever reads it by its path sees to it that it still is. */
  readonly state?: FileState;
}

/** What tells whether a file changed: bytes, time of change in milliseconds since 1970, inode. */
export interface FileState {
  readonly size: number;
  readonly modified: number;
  readonly inode: number;
}

/** A stretch of a source whose bytes lie ready: in a file, or in memory. */
export type SourcePart = FileExtent | { readonly bytes: Uint8Array };

export interface ByteSource {
  /** Equal ids mean equal bytes: the key of caches, ETags and resumed transfers. */
  readonly id: string;
  /** What messages call it, such as a path; without it the id. */
  readonly name?: string;
  readonly size: number;
  /** Exactly `length` bytes from `offset`; FormatError (`BYTES_TRUNCATED`) past the end. The caller must not change them. */
  read(offset: number, length: number): Promise<Uint8Array>;
  /** Fills `target` from `offset`, as `read` but without memory of its own; absent where that saves nothing. */
  readInto?(offset: number, target: Uint8Array): Promise<void>;
  /**
   * The stretches that make up the source, in order, when nothing has to be computed: lets `transfer` copy them in a
   * worker, and compressed data be carried over as it is. Absent for computed sources.
   */
  readonly parts?: readonly SourcePart[];
  /** Asks whether a file behind the source changed since it was opened. All slices of one source share one function. */
  readonly checkUnchanged?: () => Promise<void>;
}

/** What messages call a source. */
export function sourceName(source: { readonly id: string; readonly name?: string }): string {
  return source.name ?? source.id;
}

/** Throws FormatError (`BYTES_TRUNCATED`) unless `offset`, `length` lie inside the source. */
export function checkRange(
  source: { readonly id: string; readonly name?: string; readonly size: number },
  offset: number,
  length: number,
): void {
  if (Number.isSafeInteger(offset) && Number.isSafeInteger(length) && offset >= 0 && length >= 0) {
    if (offset + length <= source.size) return;
  }
  throw new FormatError(
    bytesCode.BYTES_TRUNCATED,
    `${sourceName(source)}: ${length} bytes wanted at 0x${offset.toString(16)}, but the data ends at 0x${source.size.toString(16)}`,
    { details: { source: sourceName(source), offset, expected: length, actual: Math.max(0, source.size - offset) } },
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
    parts: [{ bytes }],
    async read(offset, length) {
      checkRange(this, offset, length);
      return bytes.subarray(offset, offset + length);
    },
  };
}

/** A part of another source, as a source of its own: the file inside a file. Throws as `checkRange`. */
export function sliceSource(source: ByteSource, offset: number, length: number): ByteSource {
  checkRange(source, offset, length);
  const parts = source.parts && sliceParts(source.parts, offset, length);
  return {
    id: `${source.id}#${offset}+${length}`,
    ...(source.name === undefined ? {} : { name: source.name }),
    size: length,
    ...(parts ? { parts } : {}),
    ...(source.checkUnchanged ? { checkUnchanged: source.checkUnchanged } : {}),
    async read(from, count) {
      checkRange(this, from, count);
      return source.read(offset + from, count);
    },
  };
}

/** The whole source in memory; LimitError (`BYTES_LIMIT`) above `limit` bytes (64 MiB unless told). */
export async function readAll(source: ByteSource, limit = 64 * 1024 * 1024): Promise<Uint8Array> {
  if (source.size > limit) {
    throw new LimitError(
      bytesCode.BYTES_LIMIT,
      `${sourceName(source)}: ${source.size} bytes, the limit here is ${limit}`,
      {
        details: { source: sourceName(source), expected: limit, actual: source.size },
      },
    );
  }
  return source.read(0, source.size);
}

/** How many bytes a part holds. */
export function partLength(part: SourcePart): number {
  return 'bytes' in part ? part.bytes.length : part.length;
}

/** The parts that hold `length` bytes from `offset` of a list of parts. */
export function sliceParts(parts: readonly SourcePart[], offset: number, length: number): readonly SourcePart[] {
  const result: SourcePart[] = [];
  let start = 0;
  for (const part of parts) {
    const size = partLength(part);
    const from = Math.max(offset, start) - start;
    const to = Math.min(offset + length, start + size) - start;
    if (from < to) {
      result.push(
        'bytes' in part
          ? { bytes: part.bytes.subarray(from, to) }
          : { ...part, offset: part.offset + from, length: to - from },
      );
    }
    start += size;
  }
  return result;
}
