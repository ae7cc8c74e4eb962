/**
 * `\osdkit\media.json`: what a medium is. It lies on the medium and inside its boot.wim, in canonical JSON. The media id is
 * the SHA-256 of the canonical plan: inputs, options and variables without secrets, nothing that is made later.
 */
import * as z from 'zod';
import { canonicalBytes, canonicalDigest } from './canonical-json.ts';
import { mediaPath, protocolVersion } from './paths.ts';
import { readJsonContainer } from './read-json.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 lower-case hexadecimal digits');

/** One input of a build, named by its part in it. */
export const inputRecord = z.strictObject({
  /** `boot-image`, `boot-file:EFI/BOOT/BOOTX64.EFI` ... */
  role: z.string(),
  size: z.int().nonnegative(),
  sha256,
});
export type InputRecord = z.infer<typeof inputRecord>;

/** Kinds of media, in ConfigMgr's words (`_SMSTSMediaType`, behaviours VAR-14). */
export const mediaTypes = ['BootMedia', 'FullMedia', 'OEMMedia', 'CaptureMedia'] as const;

/** Everything that decides the bytes of a medium, but for the secrets. Its digest is the media id. */
export const mediaPlanDocument = z.strictObject({
  type: z.enum(mediaTypes),
  tool: z.strictObject({ name: z.literal('osdkit'), version: z.string() }),
  architecture: z.enum(['x64', 'arm64', 'x86']),
  label: z.string(),
  layout: z.enum(['mbr', 'gpt']),
  /** Of the UEFI loader; `unknown` when neither its place nor the giver tells. */
  signingCa: z.enum(['2011', '2023', 'unknown']),
  imageIndex: z.int().positive(),
  unattended: z.boolean(),
  /** Dates with zone, as given. */
  start: z.string().nullable(),
  expires: z.string().nullable(),
  inputs: z.array(inputRecord),
  /** Variables that are not secret, by name as written. */
  variables: z.record(z.string(), z.string()),
  /** Names of the variables whose values are sealed; the values are nowhere but in the sealed container. */
  secretVariables: z.array(z.string()),
});
export type MediaPlanDocument = z.infer<typeof mediaPlanDocument>;

/** The document itself. Variables are in their own container, so that a sealed one shows not even its names. */
export const mediaDocument = mediaPlanDocument
  .omit({ variables: true, secretVariables: true })
  .extend({ osdkit: z.literal(protocolVersion), mediaId: sha256 });
export type MediaDocument = z.infer<typeof mediaDocument>;

/** The media id: SHA-256 of the canonical plan, lower-case hexadecimal. */
export function mediaId(plan: MediaPlanDocument): string {
  return canonicalDigest(plan);
}

/** The bytes of `media.json` for a plan. */
export function writeMediaDocument(plan: MediaPlanDocument): Uint8Array {
  const { variables: _, secretVariables: __, ...rest } = plan;
  const document: MediaDocument = { osdkit: protocolVersion, mediaId: mediaId(plan), ...rest };
  return canonicalBytes(document);
}

/** Reads `media.json`. Throws FormatError (`PROTOCOL_VERSION`, `PROTOCOL_MALFORMED`). */
export function readMediaDocument(bytes: Uint8Array): MediaDocument {
  return readJsonContainer(bytes, mediaPath.media, mediaDocument);
}
