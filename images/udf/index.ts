/** Public face of `images/udf`. */
export { udfCode } from './codes.ts';
export { ANCHOR_BLOCK, INTEGRITY_BLOCK, MAIN_VDS, PARTITION_START } from './layout.ts';
export { layoutUdf } from './plan.ts';
export { openUdf } from './read.ts';
export type { UdfDirectory, UdfLayout, UdfVolume, UdfWriteOptions } from './types.ts';
export { writeUdf } from './write.ts';
