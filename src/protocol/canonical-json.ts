/** Canonical JSON (RFC 8785): one text for one value, so that hashes and signatures are stable. */
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { coreCode, InternalError } from '../core/index.ts';

/** The canonical text. Throws InternalError for what JSON cannot say (undefined at the top, NaN). */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new InternalError(coreCode.CORE_UNEXPECTED, 'value has no canonical JSON form');
  return text;
}

/** UTF-8 bytes of the canonical text. */
export function canonicalBytes(value: unknown): Uint8Array {
  return new TextEncoder().encode(canonicalJson(value));
}

/** Lower-case SHA-256 of the canonical bytes. */
export function canonicalDigest(value: unknown): string {
  return createHash('sha256').update(canonicalBytes(value)).digest('hex');
}
