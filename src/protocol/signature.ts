/**
 * Signatures of the site over its documents: Ed25519 (RFC 8032) over the canonical bytes of the document with an empty `signature`,
 * base64. Who holds the public half from elsewhere (bootstrap inside boot.wim, site.yaml) knows who wrote the document.
 */
import { createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { canonicalBytes } from './canonical-json.ts';

export interface Signed {
  /** Base64; empty: not signed. */
  readonly signature: string;
}

/** The document with its signature. Equal documents and keys give equal signatures. */
export function signDocument<T extends Signed>(document: T, key: KeyObject): T {
  return { ...document, signature: sign(null, signedBytes(document), key).toString('base64') };
}

/** Whether the signature is that of the holder of `publicKey` (base64 of 32 bytes, as site.yaml has it). Never throws. */
export function isSignedBy(document: Signed, publicKey: string): boolean {
  const raw = Buffer.from(publicKey, 'base64');
  const signature = Buffer.from(document.signature, 'base64');
  if (raw.length !== 32 || signature.length !== 64) return false;
  const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), raw]);
  return verify(null, signedBytes(document), createPublicKey({ key: spki, format: 'der', type: 'spki' }), signature);
}

function signedBytes(document: Signed): Uint8Array {
  return canonicalBytes({ ...document, signature: '' });
}
