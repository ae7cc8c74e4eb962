/** Judges a boot sector: where the parts of the volume lie, or why it cannot be. */
import { FormatError, UnsupportedFeatureError } from '../../src/core/index.ts';
import { unitsFor } from '../bytes/index.ts';
import { fatCode } from './codes.ts';
import { fatSectorsFor, typeOfClusterCount } from './geometry.ts';
import { biosParameterBlock, ENTRY_SIZE, EXTENSION_OFFSET, fat16Extension, fat32Extension } from './layout.ts';
import type { FatType } from './types.ts';

/** Where the parts of a volume lie; offsets and sizes in bytes from its start. */
export interface FatShape {
  readonly type: FatType;
  readonly clusterSize: number;
  readonly clusterCount: number;
  readonly size: number;
  /** The FAT in use. */
  readonly fatOffset: number;
  readonly fatSize: number;
  /** Offsets of all FATs that should be equal; one when mirroring is off. */
  readonly fatCopies: readonly number[];
  /** 0 in FAT32. */
  readonly rootOffset: number;
  readonly rootSize: number;
  /** 0 in FAT12 and FAT16. */
  readonly rootCluster: number;
  readonly dataOffset: number;
  readonly hiddenSectors: number;
  readonly serial: number;
  readonly label: string;
  /** Offsets of FSInfo and of the copy of the boot sector; undefined when the volume has none. */
  readonly fsInfoOffset: number | undefined;
  readonly backupOffset: number | undefined;
  /** A FAT32 boot sector with too few clusters: Linux and Windows read it, mtools and EDK2 refuse (boot-standards 4.5). */
  readonly tooFewForFat32: boolean;
}

/**
 * Checks the first 512 bytes of a volume. `available` is what the source holds. Throws FormatError (`FAT_BOOT_SECTOR`)
 * naming the field, UnsupportedFeatureError for exFAT and NTFS.
 */
export function checkBootSector(sector: Uint8Array, available: number): FatShape {
  const bpb = biosParameterBlock.decode(sector);
  if (bpb.oemName === 'EXFAT' || bpb.oemName === 'NTFS') {
    throw new UnsupportedFeatureError(
      fatCode.FAT_OTHER_FILE_SYSTEM,
      `boot sector at 0x0: it says ${bpb.oemName}, only FAT12, FAT16 and FAT32 can be read`,
      { details: { structure: 'FAT boot sector', offset: 3, actual: bpb.oemName } },
    );
  }
  must(sector[510] === 0x55 && sector[511] === 0xaa, 510, 'signature', hex(sector.subarray(510, 512)), '55aa');
  const sectorSize = bpb.bytesPerSector;
  must([512, 1024, 2048, 4096].includes(sectorSize), 11, 'bytes per sector', sectorSize, '512 to 4096');
  const perCluster = bpb.sectorsPerCluster;
  must(
    perCluster > 0 && Number.isInteger(Math.log2(perCluster)),
    13,
    'sectors per cluster',
    perCluster,
    'a power of two',
  );
  must(bpb.reservedSectors > 0, 14, 'reserved sectors', 0, 'at least 1');
  must(bpb.fats > 0 && bpb.fats <= 4, 16, 'number of FATs', bpb.fats, '1 to 4');
  const wide = bpb.fatSectors16 === 0;
  const extension = wide ? fat32Extension.decode(sector, EXTENSION_OFFSET) : undefined;
  const shared = extension ?? fat16Extension.decode(sector, EXTENSION_OFFSET);
  const fatSectors = extension ? extension.fatSectors32 : bpb.fatSectors16;
  must(fatSectors > 0, 22, 'sectors of a FAT', 0, 'at least 1');
  must(!wide || bpb.rootEntries === 0, 17, 'root entries of FAT32', bpb.rootEntries, '0');
  must(wide || bpb.rootEntries > 0, 17, 'root entries', 0, 'at least 1');
  const total = bpb.totalSectors16 || bpb.totalSectors32;
  const size = total * sectorSize;
  must(
    size > 0 && size <= available,
    32,
    'size of the volume',
    size,
    `1 to ${available} bytes (all that the source holds)`,
  );
  const rootSectors = unitsFor(bpb.rootEntries * ENTRY_SIZE, sectorSize);
  const before = bpb.reservedSectors + bpb.fats * fatSectors + rootSectors;
  const clusterCount = Math.floor((total - before) / perCluster);
  must(clusterCount > 0, 32, 'total sectors', total, `more than the ${before} before the first cluster`);
  const type = wide ? 32 : typeOfClusterCount(clusterCount);
  must(wide || type !== 32, 22, 'clusters', clusterCount, 'less than 65525 with the fields of FAT16');
  must(clusterCount <= 0x0fff_fff5, 32, 'clusters', clusterCount, 'at most 268435445');
  const wanted = fatSectorsFor(type, clusterCount, sectorSize);
  must(fatSectors >= wanted, 22, 'sectors of a FAT', fatSectors, `at least ${wanted} for ${clusterCount} clusters`);
  const rootCluster = extension?.rootCluster ?? 0;
  must(!wide || (rootCluster >= 2 && rootCluster < clusterCount + 2), 44, 'root cluster', rootCluster, 'a cluster');
  const fatOffset = (index: number): number => (bpb.reservedSectors + index * fatSectors) * sectorSize;
  // Bit 7 of the flags: no mirroring, the low four bits name the FAT in use (fatgen, BPB_ExtFlags).
  const single = ((extension?.flags ?? 0) & 0x80) !== 0;
  const active = single ? (extension?.flags ?? 0) & 0x0f : 0;
  must(active < bpb.fats, 40, 'FAT in use', active, `below ${bpb.fats}`);
  const inReserved = (number: number | undefined): number | undefined =>
    number !== undefined && number > 0 && number < bpb.reservedSectors ? number * sectorSize : undefined;
  return {
    type,
    clusterSize: perCluster * sectorSize,
    clusterCount,
    size,
    fatOffset: fatOffset(active),
    fatSize: fatSectors * sectorSize,
    fatCopies: single ? [fatOffset(active)] : Array.from({ length: bpb.fats }, (_, index) => fatOffset(index)),
    rootOffset: wide ? 0 : (before - rootSectors) * sectorSize,
    rootSize: bpb.rootEntries * ENTRY_SIZE,
    rootCluster,
    dataOffset: before * sectorSize,
    hiddenSectors: bpb.hiddenSectors,
    serial: shared.bootSignature === 0x29 || shared.bootSignature === 0x28 ? shared.serial : 0,
    label: shared.bootSignature === 0x29 && shared.label !== 'NO NAME' ? shared.label : '',
    fsInfoOffset: inReserved(extension?.fsInfoSector),
    backupOffset: inReserved(extension?.backupSector),
    tooFewForFat32: wide && typeOfClusterCount(clusterCount) !== 32,
  };
}

function must(holds: boolean, offset: number, field: string, actual: string | number, expected: string): void {
  if (holds) return;
  throw new FormatError(
    fatCode.FAT_BOOT_SECTOR,
    `FAT boot sector at 0x${offset.toString(16)}: ${field} is ${actual}, must be ${expected}`,
    {
      details: { format: 'FAT', structure: 'FAT boot sector', offset, expected, actual },
      hint: 'Check that this is the start of a FAT volume, and that the file is whole.',
    },
  );
}

function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
