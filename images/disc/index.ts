/** Public face of `images/disc`. */
export { checkDisc } from './check.ts';
export { discCode } from './codes.ts';
export { openContents } from './contents.ts';
export { layoutDisc, withIds } from './layout-disc.ts';
export { compareDisc, openDisc } from './open.ts';
export type {
  Disc,
  DiscBoot,
  DiscIds,
  DiscLayout,
  DiscOptions,
  DiscParts,
  DiscPiece,
  DiscRegion,
  DiscViews,
  ImageContents,
  ImageView,
  PlacedFile,
  UnreadPart,
} from './types.ts';
export { discPieces, filePieces, writeDisc, writeMetadata } from './write.ts';
