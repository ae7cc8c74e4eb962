/** Public face of `src/protocol`. */
export { canonicalBytes, canonicalDigest, canonicalJson } from './canonical-json.ts';
export { protocolCode } from './codes.ts';
export { readManifest, writeManifest, type Manifest, type ManifestFile } from './manifest.ts';
export {
  mediaId,
  readMediaDocument,
  writeMediaDocument,
  type InputRecord,
  type MediaDocument,
  type MediaPlanDocument,
} from './media-document.ts';
export { mediaPath, protocolVersion } from './paths.ts';
export { isSealed, readVariables, writePlainVariables, writeSealedVariables } from './variables-container.ts';
export { isSealedText, open, seal } from './sealed-text.ts';
export type { RandomBytes } from './site-key-forms.ts';
export { newSiteKeys, readSiteKeys, writeSiteKeys, type SiteKeys, type SitePublicKeys } from './site-keys.ts';
