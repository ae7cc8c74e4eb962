/** Public face of `src/protocol`. */
export { readBootstrap, writeBootstrap, type BootstrapDocument } from './bootstrap-document.ts';
export { canonicalBytes, canonicalDigest, canonicalJson } from './canonical-json.ts';
export { protocolCode } from './codes.ts';
export {
  largestFolderListing,
  looksLikeFolderListing,
  readFolderListing,
  writeFolderListing,
} from './folder-listing.ts';
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
export { POLICY_LIMIT, type PolicyDocument, readPolicy, writePolicy } from './policy-document.ts';
export { isSealed, readVariables, writePlainVariables, writeSealedVariables } from './variables-container.ts';
export { isSignedBy, signDocument, type Signed } from './signature.ts';
export { fitsVerifier, makeVerifier } from './password-verifier.ts';
export { isSealedText, open, seal } from './sealed-text.ts';
export type { RandomBytes } from './site-key-forms.ts';
export { newSiteKeys, readSiteKeys, writeSiteKeys, type SiteKeys, type SitePublicKeys } from './site-keys.ts';
