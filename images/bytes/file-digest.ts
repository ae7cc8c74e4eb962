/** Digests of what is copied: one that nobody can forge, or one that is three times as fast. */
import { createCipheriv, createHash } from 'node:crypto';

/**
 * `sha256`, or `fingerprint`: GMAC (NIST SP 800-38D) under a key that everyone knows. Its 128 bits tell apart what differs by accident, not
 * what somebody made to collide: for serials, never for trust.
 */
export type DigestKind = 'sha256' | 'fingerprint';

export interface RunningDigest {
  /** The bytes are the caller's again when it returns. */
  update(bytes: Uint8Array): void;
  /** Lower-case hexadecimal, once. */
  hex(): string;
}

/** A digest of what `update` gets, however it is cut. */
export function newDigest(kind: DigestKind): RunningDigest {
  if (kind === 'sha256') {
    const hash = createHash('sha256');
    return { update: (bytes) => void hash.update(bytes), hex: () => hash.digest('hex') };
  }
  const cipher = createCipheriv('aes-128-gcm', new Uint8Array(16), new Uint8Array(12));
  return {
    // Data that is to be authenticated and not encrypted.
    update: (bytes) => void cipher.setAAD(bytes),
    hex() {
      cipher.final();
      return cipher.getAuthTag().toString('hex');
    },
  };
}
