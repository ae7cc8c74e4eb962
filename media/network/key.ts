/** The name of a prepared boot image: the same for the same inputs, another one for any other. */
import { createHash } from 'node:crypto';
import { canonicalDigest } from '../../src/protocol/index.ts';
import type { NetworkBootSpec } from './types.ts';

/** One more whenever an image prepared from the same inputs would be another: so old ones are prepared again. */
const rulesVersion = 2;

/** Lower-case SHA-256; what decides are the bytes of the image, the bootstrap, and how it is to be prepared. */
export function preparedKey(
  spec: Pick<NetworkBootSpec, 'sha256' | 'index' | 'signingAuthority' | 'bootstrap'>,
): string {
  const { sha256, index, signingAuthority, bootstrap } = spec;
  return canonicalDigest({
    rules: rulesVersion,
    source: sha256,
    index: index ?? null,
    signingAuthority,
    bootstrap: bootstrap === undefined ? null : createHash('sha256').update(bootstrap).digest('hex'),
  });
}

/** The part of served paths that names the version of an image. */
export function versionPart(key: string): string {
  return key.slice(0, 8);
}
