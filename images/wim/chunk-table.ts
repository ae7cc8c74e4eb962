/** Where the chunks of a compressed resource lie (D.3). */
import { FormatError, LimitError } from '../../src/core/index.ts';
import { unitsFor, viewOf, type ByteSource } from '../bytes/index.ts';
import { wimCode } from './codes.ts';
import type { ResourceHeader } from './layout.ts';

/** Largest chunk table read into memory: 16 Mi chunks of 32 KiB, a blob of 512 GiB. */
const largestTable = 64 * 1024 * 1024;

export interface ChunkTable {
  /** Chunks. */
  readonly count: number;
  /** File offset of each chunk, and of the end of the last one. */
  readonly starts: Float64Array;
  /** Uncompressed bytes of chunk `i`. */
  sizeOf(i: number): number;
}

/**
 * Reads and checks the chunk table of a compressed resource (one read; none for a single chunk). Throws FormatError
 * (`WIM_CHUNK_TABLE`) when it does not fit the resource, LimitError (`WIM_LIMIT`).
 */
export async function readChunkTable(
  source: ByteSource,
  resource: ResourceHeader,
  chunkSize: number,
): Promise<ChunkTable> {
  const count = unitsFor(resource.size, chunkSize);
  const wide = resource.size > 0xffffffff;
  const tableBytes = Math.max(0, count - 1) * (wide ? 8 : 4);
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
  const view = viewOf(tableBytes === 0 ? new Uint8Array(0) : await source.read(resource.offset, tableBytes));
  const starts = new Float64Array(count + 1);
  const base = resource.offset + tableBytes;
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

function tableError(resource: ResourceHeader, why: string): FormatError {
  return new FormatError(wimCode.WIM_CHUNK_TABLE, `chunk table at 0x${resource.offset.toString(16)}: ${why}`, {
    details: { format: 'WIM', structure: 'chunk table', offset: resource.offset },
  });
}
