/** How a file is cut into chunks: raw bytes, or ready-made DATA packets of TFTP with block numbers that go on with 0 after 65535. */
import type { ServedFile } from './types.ts';

/** `raw`, or the block size of packets. */
export type ChunkForm = 'raw' | number;

/** Opcode and block number before the payload (RFC 1350 section 5). */
const HEADER = 4;
const DATA = 3;

/** Windows are powers of two: one of up to so many packets never lies across two chunks, and leaves in one send. */
const WINDOW = 16;

/** Packets in a full chunk: as many as fit a slot, so that no packet lies across two. */
export function packetsPerChunk(blockSize: number, slotBytes: number): number {
  const most = Math.floor(slotBytes / (HEADER + blockSize));
  return most < WINDOW ? most : most - (most % WINDOW);
}

/** One chunk: bytes of the file that it is made of, and its own size. */
export interface ChunkPlace {
  readonly offset: number;
  readonly length: number;
  /** Bytes of the chunk: `length`, and the headers of its packets. */
  readonly size: number;
  /** Number of its first block; 0 for raw. */
  readonly firstBlock: number;
}

/** Where a chunk lies. Throws RangeError behind the file's end (our mistake). */
export function chunkPlace(file: ServedFile, form: ChunkForm, chunk: number, slotBytes: number): ChunkPlace {
  if (form === 'raw') {
    const offset = chunk * slotBytes;
    const length = Math.min(slotBytes, file.size - offset);
    if (!(chunk >= 0 && length > 0)) throw new RangeError(`chunk ${chunk} of ${file.size} bytes`);
    return { offset, length, size: length, firstBlock: 0 };
  }
  const packets = packetsPerChunk(form, slotBytes);
  // The last block is shorter than the others, if need be empty.
  const blocks = Math.min(packets, Math.floor(file.size / form) + 1 - chunk * packets);
  if (!(chunk >= 0 && blocks > 0)) throw new RangeError(`chunk ${chunk} of ${file.size} bytes in blocks of ${form}`);
  const offset = chunk * packets * form;
  const length = Math.min(blocks * form, file.size - offset);
  return { offset, length, size: length + blocks * HEADER, firstBlock: chunk * packets + 1 };
}

/** Writes the packets of a chunk from the bytes of the file that it covers. */
export function writePackets(target: Uint8Array, payload: Uint8Array, blockSize: number, firstBlock: number): void {
  let from = 0;
  let block = firstBlock;
  for (let at = 0; at < target.length; block++) {
    target[at] = 0;
    target[at + 1] = DATA;
    target[at + 2] = (block >> 8) & 0xff;
    target[at + 3] = block & 0xff;
    const length = Math.min(blockSize, payload.length - from);
    target.set(payload.subarray(from, from + length), at + HEADER);
    from += length;
    at += HEADER + length;
  }
}
