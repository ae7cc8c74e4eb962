/**
 * `\osdkit\manifest.json`: path, size and SHA-256 of every file of a medium but itself, and the inputs it was made from.
 * It lies on the medium alone (it holds the hash of boot.wim). Canonical JSON; what will be signed is the document with an
 * empty signature.
 */
import * as z from 'zod';
import { canonicalBytes } from './canonical-json.ts';
import { inputRecord } from './media-document.ts';
import { mediaPath, protocolVersion } from './paths.ts';
import { readJsonContainer } from './read-json.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 lower-case hexadecimal digits');

export const manifestFile = z.strictObject({
  /** Segments joined by `/`, as spelled on the medium. */
  path: z.string().min(1),
  size: z.int().nonnegative(),
  sha256,
});
export type ManifestFile = z.infer<typeof manifestFile>;

export const manifest = z.strictObject({
  osdkit: z.literal(protocolVersion),
  mediaId: sha256,
  files: z.array(manifestFile),
  inputs: z.array(inputRecord),
  /** Base64 of the signature, empty until signed. */
  signature: z.string(),
});
export type Manifest = z.infer<typeof manifest>;

/** Canonical bytes of a manifest; files sorted by path, code unit by code unit. */
export function writeManifest(value: Omit<Manifest, 'osdkit'>): Uint8Array {
  const files = [...value.files].sort((a, b) => (a.path < b.path ? -1 : 1));
  return canonicalBytes({ ...value, osdkit: protocolVersion, files });
}

/** Reads a manifest. Throws FormatError (`PROTOCOL_VERSION`, `PROTOCOL_MALFORMED`). */
export function readManifest(bytes: Uint8Array): Manifest {
  return readJsonContainer(bytes, mediaPath.manifest, manifest);
}
