/**
 * Blocks are counted from 1 in full integers; only the wire has 16 bits. Behind 65535 follows 0 (EDK2, iPXE, U-Boot,
 * Windows) or, for few old clients, 1 (boot-standards 3.1).
 */

export type Rollover = 0 | 1;

/** How many blocks a file has: the last is shorter than the others, if need be empty (RFC 1350 section 2). */
export function blockCount(size: number, blockSize: number): number {
  return Math.floor(size / blockSize) + 1;
}

/** Where the payload of a block lies in its file, in bytes. */
export function blockRange(block: number, blockSize: number, size: number): { offset: number; length: number } {
  const offset = (block - 1) * blockSize;
  return { offset, length: Math.max(0, Math.min(blockSize, size - offset)) };
}

/** The number of a block on the wire; block 0 is what an ACK of the OACK names. */
export function wireNumber(block: number, rollover: Rollover): number {
  if (rollover === 0) return block & 0xffff;
  return block === 0 ? 0 : ((block - 1) % 0xffff) + 1;
}

/** The block from `first` to `last` that has this number on the wire, or null. At most 65535 lie between them. */
export function blockOfWire(wire: number, first: number, last: number, rollover: Rollover): number | null {
  const cycle = rollover === 0 ? 0x10000 : 0xffff;
  if (rollover === 1 && wire === 0) return first === 0 ? 0 : null;
  const distance = (((wire - wireNumber(first, rollover)) % cycle) + cycle) % cycle;
  const block = first + distance;
  return block <= last ? block : null;
}
