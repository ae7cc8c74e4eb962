/** Public face of `images/fat`. */
export { fatCode } from './codes.ts';
export { CLUSTER_LIMITS } from './geometry.ts';
export { MAX_FILE_SIZE } from './layout.ts';
export { checkLabel, checkLongName } from './name-rules.ts';
export { clustersOf, layoutFatVolume } from './place.ts';
export { openFat } from './read.ts';
export type {
  FatGeometry,
  FatLayout,
  FatOptions,
  FatType,
  FatVolume,
  FileClusters,
  PlacedDirectory,
  PlacedEntry,
} from './types.ts';
export { fatFileData, fatVolumePieces, writeFatVolume } from './write.ts';
