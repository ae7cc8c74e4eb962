/** Public face of `images/iso9660`. */
export { decodeBootCatalog, writeBootCatalog, type NewBootEntry } from './boot-catalog.ts';
export { isoCode } from './codes.ts';
export { extentFile } from './extent-file.ts';
export { extentSource } from './extent-source.ts';
export {
  equalPieces,
  groupPieces,
  isoDescriptorBlocks,
  isoDescriptorEnd,
  lazyPiece,
  readyPiece,
  type Stretch,
} from './lazy-piece.ts';
export { isoNames, MAX_JOLIET_NAME } from './names.ts';
export { unfitForPath } from './path-names.ts';
export { layoutIso } from './plan.ts';
export { openIso } from './read.ts';
export type {
  BootCatalog,
  BootEntry,
  Extent,
  ExtentFile,
  IsoDirectory,
  IsoDisc,
  IsoEntry,
  IsoLayout,
  IsoTree,
  IsoVolume,
  IsoWriteOptions,
  LazyPiece,
  ReadTree,
  SkippedEntry,
} from './types.ts';
export { writeIso } from './write.ts';
export { sameName } from './read-directory.ts';
