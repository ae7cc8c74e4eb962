/** Tells the boot sector of a file system from an MBR: both end in 55aa. */
import { decodeLatin1, viewOf } from '../bytes/index.ts';
import { masterBootRecord, SECTOR } from './layout.ts';

/** Whether a sector is the boot sector of FAT, exFAT or NTFS: the start of a volume, not of a partitioned medium. */
export function isFileSystemBootSector(sector: Uint8Array): boolean {
  const name = decodeLatin1(sector.subarray(3, 11));
  if (name === 'NTFS    ' || name === 'EXFAT   ') return true;
  const jump = (sector[0] === 0xeb && sector[2] === 0x90) || sector[0] === 0xe9;
  const perCluster = sector[13] as number;
  return (
    jump &&
    [512, 1024, 2048, 4096].includes(viewOf(sector).getUint16(11, true)) &&
    perCluster > 0 &&
    Number.isInteger(Math.log2(perCluster)) &&
    (sector[16] === 1 || sector[16] === 2) &&
    (sector[21] as number) >= 0xf0
  );
}

/** Whether such a sector also holds what firmware takes for a partition entry (`mformat` writes one; boot-chain 5.1). */
export function holdsPartitionEntry(sector: Uint8Array, size: number): boolean {
  return masterBootRecord
    .decode(sector)
    .entries.some(
      ({ status, type, firstSector, sectors }) =>
        (status === 0 || status === 0x80) && type !== 0 && sectors > 0 && (firstSector + sectors) * SECTOR <= size,
    );
}
