/** How many sectors go where: the arithmetic of a FAT volume of one type and cluster size. Knows no files. */
import { LimitError } from '../../src/core/index.ts';
import { alignUp, unitsFor } from '../bytes/index.ts';
import { fatCode } from './codes.ts';
import { SECTOR } from './layout.ts';
import type { FatGeometry, FatType } from './types.ts';

/**
 * Cluster counts that we write. The type follows from the count (< 4085 FAT12, < 65525 FAT16), and fatgen ("FAT Type
 * Determination") asks writers to stay 16 clusters away from both limits, since many drivers have them wrong by some.
 * 65600 is the least that mtools, EDK2 and both boot managers were tried with (boot-chain 5.4 rule 1).
 */
export const CLUSTER_LIMITS: Readonly<Record<FatType, { readonly least: number; readonly most: number }>> = {
  12: { least: 1, most: 4068 },
  16: { least: 4101, most: 65_508 },
  32: { least: 65_600, most: 0x0fff_ffef },
};

/** FAT32 has its boot sector, FSInfo and their copies at 6 to 8 in there; 32 is what every formatter takes. */
const leastReserved: Readonly<Record<FatType, number>> = { 12: 1, 16: 1, 32: 32 };

/** The type that a reader must take for a number of clusters (fatgen, "FAT Type Determination"). */
export function typeOfClusterCount(clusters: number): FatType {
  return clusters < 4085 ? 12 : clusters < 65_525 ? 16 : 32;
}

/** Sectors of one FAT for so many clusters; the two first entries are reserved. */
export function fatSectorsFor(type: FatType, clusters: number, sectorSize = SECTOR): number {
  return unitsFor(Math.ceil(((clusters + 2) * type) / 8), sectorSize);
}

export interface GeometryRequest {
  readonly type: FatType;
  readonly clusterSize: number;
  readonly startOffset: number;
  /** Sectors of the fixed root folder; 0 in FAT32. */
  readonly rootSectors: number;
  /** Cluster 2 lies on a multiple of it, in the image. */
  readonly dataAlignment: number;
  /** The volume ends on a multiple of it when it may choose; a multiple or a divisor of the cluster size. */
  readonly endAlignment: number;
  readonly minimumClusters: number;
  /** Sectors of the whole volume; undefined lets it grow. */
  readonly totalSectors: number | undefined;
  /** How many clusters the files need when cluster 2 lies at an image offset. */
  readonly needed: (dataOffset: number) => number;
}

/** The sizes of a volume for its files. Throws LimitError (`FAT_SPACE`) when that type and size cannot hold them. */
export function computeGeometry(request: GeometryRequest): FatGeometry {
  const geometry = request.totalSectors === undefined ? growing(request) : ofSize(request, request.totalSectors);
  const { least, most } = CLUSTER_LIMITS[request.type];
  const { clusterCount, totalSectors } = geometry;
  const needed = request.needed(geometry.dataOffset);
  if (clusterCount < least || clusterCount > most) {
    throw noSpace(request, `it would have ${clusterCount} clusters, FAT${request.type} has ${least} to ${most}`);
  }
  if (clusterCount < needed) throw noSpace(request, `the files need ${needed} clusters, it has ${clusterCount}`);
  if (clusterCount < request.minimumClusters) {
    throw noSpace(request, `${request.minimumClusters} clusters were asked for, it has ${clusterCount}`);
  }
  if (totalSectors > 0xffff_ffff || request.startOffset / SECTOR + totalSectors > 2 ** 41) {
    throw noSpace(request, `it would have ${totalSectors} sectors, the boot sector holds 4294967295`);
  }
  if (geometry.reservedSectors > 0xffff) {
    throw noSpace(
      request,
      `the alignment takes ${geometry.reservedSectors} reserved sectors, the boot sector holds 65535`,
    );
  }
  return geometry;
}

function growing(request: GeometryRequest): FatGeometry {
  const { type, clusterSize, endAlignment } = request;
  let clusters = Math.max(request.minimumClusters, CLUSTER_LIMITS[type].least);
  for (;;) {
    const fatSectors = fatSectorsFor(type, clusters);
    const dataOffset = dataOffsetFor(request, fatSectors);
    const wanted = Math.max(clusters, request.needed(dataOffset));
    const end = dataOffset + wanted * clusterSize;
    // Clusters of the alignment or larger lie on it by themselves; smaller ones divide it.
    const count = clusterSize >= endAlignment ? wanted : (alignUp(end, endAlignment) - dataOffset) / clusterSize;
    if (fatSectorsFor(type, count) <= fatSectors) return geometryOf(request, count, fatSectors, dataOffset);
    clusters = count;
  }
}

function ofSize(request: GeometryRequest, totalSectors: number): FatGeometry {
  const end = request.startOffset + totalSectors * SECTOR;
  let fatSectors = 1;
  for (;;) {
    const dataOffset = dataOffsetFor(request, fatSectors);
    const clusters = Math.floor((end - dataOffset) / request.clusterSize);
    if (clusters < 1) throw noSpace(request, `its ${totalSectors} sectors leave no room for data`);
    const wanted = fatSectorsFor(request.type, clusters);
    if (wanted <= fatSectors) return { ...geometryOf(request, clusters, fatSectors, dataOffset), totalSectors };
    fatSectors = wanted;
  }
}

function dataOffsetFor(request: GeometryRequest, fatSectors: number): number {
  const before = leastReserved[request.type] + 2 * fatSectors + request.rootSectors;
  return alignUp(request.startOffset + before * SECTOR, request.dataAlignment);
}

function geometryOf(
  request: GeometryRequest,
  clusterCount: number,
  fatSectors: number,
  dataOffset: number,
): FatGeometry {
  const { type, clusterSize, startOffset, rootSectors } = request;
  const before = (dataOffset - startOffset) / SECTOR;
  return {
    type,
    clusterSize,
    clusterCount,
    reservedSectors: before - 2 * fatSectors - rootSectors,
    fatSectors,
    rootSectors,
    totalSectors: before + (clusterCount * clusterSize) / SECTOR,
    dataOffset,
  };
}

function noSpace(request: GeometryRequest, why: string): LimitError {
  const { type, clusterSize, totalSectors } = request;
  const size = totalSectors === undefined ? '' : ` of ${totalSectors * SECTOR} bytes`;
  return new LimitError(fatCode.FAT_SPACE, `FAT${type} volume${size} with clusters of ${clusterSize} bytes: ${why}`, {
    details: { type, clusterSize, totalSectors: totalSectors ?? null },
    hint: 'Choose another size, another cluster size, or let the type be chosen.',
  });
}
