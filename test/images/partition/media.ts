/** What the tests of partition tables share: media put together from pieces. */
import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { overlaySource, zeroSource, type ByteSource } from '../../../images/bytes/index.ts';
import { partitionType, type GptPartition, type MbrPartition } from '../../../images/partition/index.ts';
import type { Piece } from '../../../images/tree/index.ts';

export const DISK_GUID = '48594252-0000-4000-8000-0123456789ab';

/** The medium of boot-chain 5.4: one active FAT32 partition from 1 MiB. */
export function stick(sectors: number): MbrPartition {
  return { active: true, type: 0x0c, firstSector: 2048, sectors };
}

/** A partition of so many sectors, its GUID made from a number. */
export function gptPartition(number: number, firstSector: number, sectors: number, name = 'WINPE'): GptPartition {
  const id = `48594252-0000-4000-8000-${String(number).padStart(12, '0')}`;
  return { type: partitionType.basicData, id, firstSector, sectors, name, attributes: 0n };
}

/** A medium of so many sectors with these pieces. */
export function mediumSource(sectors: number, pieces: readonly Piece[]): ByteSource {
  return overlaySource(zeroSource(sectors * 512), pieces, 'medium');
}

/** The same as a sparse file. */
export function mediumFile(path: string, sectors: number, pieces: readonly Piece[]): void {
  const handle = openSync(path, 'w');
  ftruncateSync(handle, sectors * 512);
  for (const { offset, bytes } of pieces) writeSync(handle, bytes, 0, bytes.length, offset);
  closeSync(handle);
}
