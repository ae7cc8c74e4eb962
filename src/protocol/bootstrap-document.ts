/**
 * `\osdkit\bootstrap.json`: what a computer that starts from a medium knows of its site before it asks: which site, where its servers
 * are, whose signature to trust, the medium's variables without secrets. It lies on the medium and inside its boot.wim.
 */
import * as z from 'zod';
import { canonicalBytes } from './canonical-json.ts';
import { mediaPath, protocolVersion } from './paths.ts';
import { readJsonContainer } from './read-json.ts';

const name = z.string().max(256);

export const bootstrapDocument = z.strictObject({
  osdkit: z.literal(protocolVersion),
  kind: z.literal('bootstrap'),
  site: z.strictObject({
    code: z.string().regex(/^[A-Z0-9]{3}$/, 'expected three upper-case letters or digits'),
    name,
    /** Ed25519 public key, base64; null: the site has no keys, its policy is not signed. */
    signing: z.base64().max(100).nullable(),
  }),
  /** Base addresses, in the order to be tried. */
  servers: z.array(z.strictObject({ name, url: z.string().max(2048) })).max(10_000),
  /** Boot image that the medium was made of. */
  bootImage: z.strictObject({ id: z.string().max(8), name }),
  /** Serves computers that the site does not know (UNK-03). */
  unknownComputers: z.boolean(),
  unattended: z.boolean(),
  /** Asked before a sequence is chosen (PXE-03): what a typed password is compared with (`fitsVerifier`). Missing: none is asked. */
  passwordVerifier: z.string().max(200).optional(),
  /** By name as written; secrets are nowhere but in the sealed container. */
  variables: z.record(z.string().max(256), z.string().max(4000)),
});
export type BootstrapDocument = z.infer<typeof bootstrapDocument>;

/** Canonical bytes of a bootstrap. */
export function writeBootstrap(bootstrap: Omit<BootstrapDocument, 'osdkit' | 'kind'>): Uint8Array {
  return canonicalBytes({ ...bootstrap, osdkit: protocolVersion, kind: 'bootstrap' });
}

/** Reads a bootstrap. Throws FormatError (`PROTOCOL_VERSION`, `PROTOCOL_MALFORMED`). */
export function readBootstrap(bytes: Uint8Array): BootstrapDocument {
  return readJsonContainer(bytes, mediaPath.bootstrap, bootstrapDocument);
}
