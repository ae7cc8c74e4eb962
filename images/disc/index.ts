/** Public face of `images/disc`. */
export { layoutDisc } from './layout-disc.ts';
export type { DiscIds, DiscLayout, DiscOptions, DiscPiece, DiscRegion, PlacedFile } from './types.ts';
export { discPieces, writeDisc } from './write.ts';
