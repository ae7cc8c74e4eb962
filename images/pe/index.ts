/** Public face of `images/pe`. */
export { authenticodeDigest } from './authenticode-digest.ts';
export { peCode } from './codes.ts';
export { readPe } from './read.ts';
export { readSignatures } from './signatures.ts';
export { signingCaOf } from './signing-ca.ts';
export {
  subsystem,
  type DigestAlgorithm,
  type PeFile,
  type PeMachine,
  type PeSection,
  type PeSignature,
  type PeSigner,
  type PeVersion,
  type SigningCa,
} from './types.ts';
