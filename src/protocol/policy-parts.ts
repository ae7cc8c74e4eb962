/** The parts of a policy document. Text and lists are limited, so that a hostile document costs little. */
import * as z from 'zod';

const name = z.string().max(256);
const text = z.string().max(4000);
const id = z.string().max(8);
const instant = z.string().max(40);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 lower-case hexadecimal digits');

/** Whom the policy is for. */
export const policyIdentity = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('known'), name, by: z.enum(['smbiosGuid', 'macAddress']) }),
  /** A target, never the name of this computer (UNK-04). */
  z.strictObject({ kind: z.literal('unknown'), target: name }),
  z.strictObject({ kind: z.literal('conflict'), devices: z.array(name).max(1000) }),
  /** Whoever starts from the medium. */
  z.strictObject({ kind: z.literal('anyone') }),
]);

export const policyReason = z.strictObject({ rule: name, holds: z.boolean(), text });

export const policyDeployment = z.strictObject({
  id,
  name,
  sequence: z.strictObject({ id, name }),
  collection: z.strictObject({ id: z.string().max(16), name }),
  purpose: z.enum(['available', 'required']),
  availableTo: z.enum(['clients', 'clientsMediaAndPxe', 'mediaAndPxe', 'mediaAndPxeHidden']),
  priority: z.int().nonnegative(),
  offered: z.boolean(),
  /** What happens without a person: it runs, it waits, the user starts it, nothing. */
  runs: z.enum(['now', 'later', 'by the user', 'not']),
  /** UTC; null: no such time, or Windows PE, which evaluates none. */
  nextRun: instant.nullable(),
  downloadFrom: instant.nullable(),
  contentOption: z.enum(['whenNeeded', 'allFirst', 'fromPoint', 'onMedium']),
  showProgress: z.boolean(),
  highRisk: text.nullable(),
  reasons: z.array(policyReason).max(100),
});

/** What runs without a choice, what a person chooses from, or why nothing can. */
export const policyChoice = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('run'), deployment: id, text }),
  z.strictObject({ kind: z.literal('list'), deployments: z.array(id).max(10_000) }),
  z.strictObject({ kind: z.literal('nothing'), text }),
  z.strictObject({ kind: z.literal('stop'), text }),
]);

export const policySequence = z.strictObject({
  id,
  name,
  bootImage: id.nullable(),
  /** Groups and steps in the form of the site's YAML; child sequences merged, references as ids, secrets sealed to the asker. */
  steps: z.array(z.json()).max(100_000),
});

export const policyVariable = z.strictObject({
  name,
  /** Null: a secret that the asker does not get. */
  value: z.union([text, z.strictObject({ sealed: z.string().max(32 * 1024) })]).nullable(),
  hidden: z.boolean(),
  /** In words (VAR-21). */
  origin: text,
  overridden: z.array(text).max(10_000),
});

export const policyContent = z.strictObject({
  kind: name,
  id: z.string().max(256),
  name,
  /** Empty: the site has no bytes of it. */
  files: z.array(z.strictObject({ sha256, size: z.int().nonnegative() })).max(1000),
  points: z.array(z.strictObject({ name, url: z.string().max(2048).nullable() })).max(10_000),
  /** Ids of the sequences that use it. */
  for: z.array(id).max(10_000),
});

export const policyUpdates = z.strictObject({ id, name, articles: z.array(name).max(10_000) });

export const policyNote = z.strictObject({
  code: name,
  severity: z.enum(['error', 'warning', 'note']),
  message: text,
});
