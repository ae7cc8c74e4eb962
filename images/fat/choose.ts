/** Chooses type and cluster size of a volume for its files. */
import { LimitError } from '../../src/core/index.ts';
import { CLUSTER_LIMITS, computeGeometry, type GeometryRequest } from './geometry.ts';
import { SECTOR } from './layout.ts';
import type { FatGeometry, FatType } from './types.ts';

const GIB = 1024 ** 3;
const allSizes = [512, 1024, 2048, 4096, 8192, 16_384, 32_768];

/** What is known before type and cluster size are. */
export interface ChoiceRequest {
  readonly type: FatType | 'auto';
  readonly clusterSize: number | undefined;
  readonly rootSectors: (type: FatType) => number;
  /** The rest of the request for a type and a cluster size. */
  readonly request: (
    type: FatType,
    clusterSize: number,
  ) => Omit<GeometryRequest, 'type' | 'clusterSize' | 'rootSectors'>;
}

/**
 * The first type and cluster size that hold the files. `auto` tries FAT12 with clusters up to 4 KiB (16 MiB), FAT16 up
 * to 8 KiB (512 MiB), then FAT32. Throws LimitError (`FAT_SPACE`, `FAT_DIRECTORY_SIZE`) as the last attempt says.
 */
export function chooseGeometry(choice: ChoiceRequest): FatGeometry {
  const types: readonly FatType[] = choice.type === 'auto' ? [12, 16, 32] : [choice.type];
  let failure: unknown;
  for (const type of types) {
    for (const clusterSize of clusterSizes(choice, type)) {
      try {
        return attempt(choice, type, clusterSize);
      } catch (error) {
        if (!(error instanceof LimitError)) throw error;
        failure = error;
      }
    }
  }
  throw failure;
}

function attempt(choice: ChoiceRequest, type: FatType, clusterSize: number): FatGeometry {
  const rootSectors = choice.rootSectors(type);
  return computeGeometry({ ...choice.request(type, clusterSize), type, clusterSize, rootSectors });
}

/** Cluster sizes worth trying, best first. */
function clusterSizes(choice: ChoiceRequest, type: FatType): readonly number[] {
  if (choice.clusterSize !== undefined) return [choice.clusterSize];
  if (type === 12) return choice.type === 'auto' ? allSizes.slice(0, 4) : allSizes;
  if (type === 16) return choice.type === 'auto' ? allSizes.slice(0, 5) : allSizes;
  // boot-chain 5.4 rule 1: the largest up to 4096 that gives enough clusters without padding; larger above 8 GiB only.
  const bytes = volumeBytes(choice, 4096);
  if (bytes > 8 * GIB) return [bytes <= 16 * GIB ? 8192 : bytes <= 32 * GIB ? 16_384 : 32_768];
  const natural = [4096, 2048, 1024].filter((size) => volumeBytes(choice, size) / size >= CLUSTER_LIMITS[32].least);
  return [...natural, 512];
}

/** About how large the volume will be: its fixed size, or what the files need. */
function volumeBytes(choice: ChoiceRequest, clusterSize: number): number {
  const { totalSectors, needed, startOffset, minimumClusters } = choice.request(32, clusterSize);
  if (totalSectors !== undefined) return totalSectors * SECTOR;
  return Math.max(needed(startOffset), minimumClusters) * clusterSize;
}
