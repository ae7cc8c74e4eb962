/** Public face of `images/disc`. */
export { discCode } from './codes.ts';
export { layoutDisc } from './layout-disc.ts';
export type { DiscIds, DiscLayout, DiscOptions, DiscParts, DiscPiece, DiscRegion, PlacedFile } from './types.ts';
export { discPieces, writeDisc } from './write.ts';
