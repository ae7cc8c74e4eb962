/** Where the chunks of a compressed resource lie (D.3). */
import { FormatError, LimitError } from '../../src/core/index.ts';
import { unitsFor, viewOf, type ByteSource } from '../bytes/index.ts';
import { wimCode } from './codes.ts';
import type { ResourceHeader } from './layout.ts';

/** Largest chunk table read into memory: 16 Mi chunks of 32 KiB, a blob of 512 GiB. */
const largestTable = 64 * 1024 * 1024;
const nothing = new Uint8Array(0);

export interface ChunkTable {
  /** Chunks. */
  readonly count: number;
  /** File offset of each chunk, and of the end of the last one. */
  readonly starts: Float64Array;
  /** Uncompressed bytes of chunk `i`. */
  sizeOf(i: number): number;
}

/** What the chunk table needs to know of a resource. */
type Compressed = Pick<ResourceHeader, 'offset' | 'storedSize' | 'size'>;

/**
 * Reads and checks the chunk table of a compressed resource (one read; none for a single chunk). Throws FormatError
 * (`WIM_CHUNK_TABLE`) when it does not fit the resource, LimitError (`WIM_LIMIT`).
 */
export async function readChunkTable(
  source: ByteSource,
  resource: ResourceHeader,
  chunkSize: number,
): Promise<ChunkTable> {
  const length = chunkTableBytes(resource, chunkSize);
  return parseChunkTable(resource, chunkSize, length === 0 ? nothing : await source.read(resource.offset, length));
}

/** How long the table at the start of the resource is. Throws as {@link readChunkTable}. */
export function chunkTableBytes(resource: Compressed, chunkSize: number): number {
  const count = unitsFor(resource.size, chunkSize);
  const tableBytes = Math.max(0, count - 1) * (resource.size > 0xffffffff ? 8 : 4);
  if (tableBytes > largestTable) {
    const message = `resource at 0x${resource.offset.toString(16)}: its chunk table has ${tableBytes} bytes, the limit is ${largestTable}`;
    throw new LimitError(wimCode.WIM_LIMIT, message);
  }
  if (tableBytes + count > resource.storedSize) {
    throw tableError(
      resource,
      `needs ${tableBytes} bytes and ${count} chunks, but ${resource.storedSize} bytes are stored`,
    );
  }
  return tableBytes;
}

/** The table from the bytes at the start of the resource, as many as {@link chunkTableBytes} says. Throws FormatError. */
export function parseChunkTable(resource: Compressed, chunkSize: number, bytes: Uint8Array): ChunkTable {
  const count = unitsFor(resource.size, chunkSize);
  const wide = resource.size > 0xffffffff;
  const view = viewOf(bytes);
  const starts = new Float64Array(count + 1);
  const base = resource.offset + bytes.length;
  starts[0] = base;
  for (let i = 1; i < count; i++) {
    starts[i] = base + (wide ? Number(view.getBigUint64((i - 1) * 8, true)) : view.getUint32((i - 1) * 4, true));
  }
  starts[count] = resource.offset + resource.storedSize;
  const sizeOf = (i: number): number => Math.min(chunkSize, resource.size - i * chunkSize);
  for (let i = 0; i < count; i++) {
    const stored = (starts[i + 1] as number) - (starts[i] as number);
    if (!(stored > 0 && stored <= sizeOf(i))) {
      throw tableError(resource, `chunk ${i} takes ${stored} bytes, must be 1 to ${sizeOf(i)}`);
    }
  }
  return { count, starts, sizeOf };
}

function tableError(resource: Compressed, why: string): FormatError {
  return new FormatError(wimCode.WIM_CHUNK_TABLE, `chunk table at 0x${resource.offset.toString(16)}: ${why}`, {
    details: { format: 'WIM', structure: 'chunk table', offset: resource.offset },
  });
}
