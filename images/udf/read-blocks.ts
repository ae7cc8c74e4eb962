/** Blocks of the partition, read ahead: file entries lie one behind another and are asked for one by one. */
import { FormatError } from '../../src/core/index.ts';
import { sourceName } from '../bytes/index.ts';
import type { ByteSource } from '../bytes/index.ts';
import { udfCode } from './codes.ts';
import type { Extent } from '../iso9660/index.ts';

const readAhead = 64 * 1024;

export interface UdfPartition {
  readonly source: ByteSource;
  readonly blockSize: number;
  /** In blocks of the image. */
  readonly start: number;
  readonly length: number;
}

/** Where `length` bytes from block `lbn` lie. Throws FormatError (`UDF_DESCRIPTOR`) when that leaves partition or image. */
export function partitionExtent(partition: UdfPartition, lbn: number, length: number, at: number): Extent {
  const { source, blockSize } = partition;
  const offset = (partition.start + lbn) * blockSize;
  if (lbn * blockSize + length <= partition.length * blockSize && offset + length <= source.size) {
    return { offset, length };
  }
  throw new FormatError(
    udfCode.UDF_DESCRIPTOR,
    `${sourceName(source)}: UDF descriptor at 0x${at.toString(16)} points at ${length} bytes in block ${lbn}, the partition has ${partition.length} blocks, the image ${source.size} bytes`,
    {
      details: { offset: at, actual: offset + length, expected: source.size },
      hint: 'The image is cut off or damaged: copy it again.',
    },
  );
}

/** Reads single blocks of a partition through a window of 64 KiB. */
export function blockReader(partition: UdfPartition): (lbn: number, at: number) => Promise<Uint8Array> {
  const { source, blockSize } = partition;
  let start = 0;
  let window = new Uint8Array(0);
  return async (lbn, at) => {
    const { offset } = partitionExtent(partition, lbn, blockSize, at);
    if (offset < start || offset + blockSize > start + window.length) {
      window = (await source.read(offset, Math.min(readAhead, source.size - offset))).slice();
      start = offset;
    }
    return window.subarray(offset - start, offset - start + blockSize);
  };
}
