/**
 * A policy: what one computer gets from its site, canonical JSON, signed by the site. On a medium (`\osdkit\policy.json`) it is what
 * anyone who starts from it may get, without sequences and secrets.
 */
import * as z from 'zod';
import { LimitError } from '../core/index.ts';
import { canonicalBytes } from './canonical-json.ts';
import { protocolCode } from './codes.ts';
import { mediaPath, protocolVersion } from './paths.ts';
import {
  policyChoice,
  policyContent,
  policyDeployment,
  policyIdentity,
  policyNote,
  policySequence,
  policyUpdates,
  policyVariable,
} from './policy-parts.ts';
import { readJsonContainer } from './read-json.ts';

/** Bytes; the largest sequences that are known have 2 MiB of XML. */
export const POLICY_LIMIT = 32 * 1024 * 1024;

export const policyDocument = z.strictObject({
  osdkit: z.literal(protocolVersion),
  kind: z.literal('policy'),
  site: z.strictObject({ code: z.string().max(3), name: z.string().max(256) }),
  /** UTC; null for a medium, whose bytes follow from its inputs alone. */
  made: z.string().max(40).nullable(),
  start: z.enum(['client', 'pxe', 'bootable', 'prestaged', 'stand-alone']),
  identity: policyIdentity,
  /** X25519 public key that secrets are sealed to, base64; null: no secrets are in it. */
  recipient: z.base64().max(100).nullable(),
  deployments: z.array(policyDeployment).max(10_000),
  choice: policyChoice,
  sequences: z.array(policySequence).max(1000),
  variables: z.array(policyVariable).max(100_000),
  content: z.array(policyContent).max(100_000),
  updates: z.array(policyUpdates).max(10_000),
  users: z.array(z.string().max(2000)).max(10_000),
  notes: z.array(policyNote).max(10_000),
  /** Base64; empty until signed. */
  signature: z.string().max(200),
});
export type PolicyDocument = z.infer<typeof policyDocument>;

/** Canonical bytes. Throws LimitError (`PROTOCOL_LIMIT`) above `POLICY_LIMIT`. */
export function writePolicy(policy: PolicyDocument): Uint8Array {
  const bytes = canonicalBytes(policy);
  checkSize(bytes, mediaPath.policy);
  return bytes;
}

/** Reads a policy. Throws LimitError (`PROTOCOL_LIMIT`) for size or depth, FormatError (`PROTOCOL_VERSION`, `PROTOCOL_MALFORMED`). */
export function readPolicy(bytes: Uint8Array, name: string = mediaPath.policy): PolicyDocument {
  checkSize(bytes, name);
  checkDepth(bytes, name);
  return readJsonContainer(bytes, name, policyDocument);
}

function checkSize(bytes: Uint8Array, name: string): void {
  if (bytes.length <= POLICY_LIMIT) return;
  throw new LimitError(
    protocolCode.PROTOCOL_LIMIT,
    `${name}: has ${bytes.length} bytes, at most ${POLICY_LIMIT} are read`,
    {
      details: { container: name, actual: bytes.length, limit: POLICY_LIMIT },
      hint: 'Deploy fewer task sequences to this computer, or shorter ones.',
    },
  );
}

/** Groups and conditions are nested 64 deep at most, each a mapping in a list. */
const deepest = 512;

/** JSON nested without end would exhaust the stack of whoever walks it. */
function checkDepth(bytes: Uint8Array, name: string): void {
  let depth = 0;
  let inText = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (inText) {
      if (byte === 0x5c) at++;
      else if (byte === 0x22) inText = false;
    } else if (byte === 0x22) inText = true;
    else if (byte === 0x5b || byte === 0x7b) depth++;
    else if (byte === 0x5d || byte === 0x7d) depth--;
    if (depth > deepest) {
      throw new LimitError(protocolCode.PROTOCOL_LIMIT, `${name}: is nested deeper than ${deepest} levels`, {
        details: { container: name, limit: deepest },
        hint: 'No policy of osdkit is: somebody made it to do harm.',
      });
    }
  }
}
