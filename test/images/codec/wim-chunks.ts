/**
 * The chunks of a WIM file's compressed resources, cut with a ruler of the test's own (image-formats D.1 to D.4), so that
 * the decoders are judged without images/wim.
 */
import { Buffer } from 'node:buffer';

/** A compressed resource: its chunks as stored, what each must decode to in size, and the SHA-1 of the whole. */
export interface ChunkedResource {
  readonly sha1: string;
  readonly size: number;
  readonly chunks: readonly { readonly bytes: Buffer; readonly size: number }[];
}

/** All compressed resources of the blob table, metadata included; the file must not be solid. */
export function chunkedResources(wim: Buffer): { readonly chunkSize: number; readonly resources: ChunkedResource[] } {
  const chunkSize = wim.readUInt32LE(0x14);
  const table = resourceHeader(wim, 0x30);
  const resources: ChunkedResource[] = [];
  for (let at = table.offset; at < table.offset + table.storedSize; at += 50) {
    const resource = resourceHeader(wim, at);
    if ((resource.flags & 0x04) === 0) continue;
    resources.push({
      sha1: wim.subarray(at + 30, at + 50).toString('hex'),
      size: resource.size,
      chunks: cutChunks(wim.subarray(resource.offset, resource.offset + resource.storedSize), resource.size, chunkSize),
    });
  }
  return { chunkSize, resources };
}

function resourceHeader(wim: Buffer, at: number) {
  return {
    storedSize: wim.readUIntLE(at, 6), // 7 bytes in the file; no test file reaches the seventh
    flags: wim.readUInt8(at + 7),
    offset: Number(wim.readBigUInt64LE(at + 8)),
    size: Number(wim.readBigUInt64LE(at + 16)),
  };
}

function cutChunks(stored: Buffer, size: number, chunkSize: number) {
  const count = Math.ceil(size / chunkSize);
  const first = (count - 1) * 4;
  const starts = [0];
  for (let i = 1; i < count; i++) starts.push(stored.readUInt32LE((i - 1) * 4));
  starts.push(stored.length - first);
  return starts.slice(0, count).map((start, i) => ({
    bytes: stored.subarray(first + start, first + (starts[i + 1] as number)),
    size: Math.min(chunkSize, size - i * chunkSize),
  }));
}
