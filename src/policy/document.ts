/** A policy as the document that leaves this process: what the asker may know, nothing of what others get. */
import { coreCode, InternalError } from '../core/index.ts';
import { type PolicyDocument, protocolVersion } from '../protocol/index.ts';
import { itemsToData, showOrigin } from '../sequence/index.ts';
import type { JudgedDeployment, Policy, PolicyVariable } from './types.ts';

export interface DocumentOptions {
  /** Milliseconds since 1970; undefined for media, whose bytes follow from their inputs alone. */
  readonly made?: number;
  /** X25519 public key of the asker. */
  readonly recipient?: Uint8Array;
}

/**
 * The document, not signed yet. Deployments of collections that the asker is not in, and hidden ones that nothing names, stand in no
 * list (DEP-28).
 */
export function policyDocument(policy: Policy, { made, recipient }: DocumentOptions = {}): PolicyDocument {
  return {
    osdkit: protocolVersion,
    kind: 'policy',
    site: { ...policy.site },
    made: isoOf(made),
    start: policy.start,
    identity: identityOf(policy),
    recipient: recipient === undefined ? null : Buffer.from(recipient).toString('base64'),
    deployments: policy.deployments.filter(isVisible).map(deploymentOf),
    choice: copyOf(policy.choice),
    sequences: policy.sequences.map(({ id, name, bootImage, steps }) => ({
      id,
      name,
      bootImage: bootImage ?? null,
      steps: copyOf(itemsToData(steps)) as PolicyDocument['sequences'][number]['steps'],
    })),
    variables: policy.variables.map(variableOf),
    content: policy.content.map((each) => ({
      kind: each.kind,
      id: each.id,
      name: each.name,
      files: [...each.files],
      points: each.points.map(({ name, url }) => ({ name, url: url ?? null })),
      for: [...each.for],
    })),
    updates: policy.updates.map(({ id, name, articles }) => ({ id, name, articles: [...articles] })),
    users: [...policy.users],
    notes: policy.notes.map(({ code, severity, message }) => ({ code, severity, message: message.slice(0, 4000) })),
    signature: '',
  };
}

/** Whether the asker may learn that the deployment exists. */
function isVisible({ offered, reasons, availableTo }: JudgedDeployment): boolean {
  if (offered) return true;
  const member = reasons.some(({ rule, holds }) => rule === 'membership' && holds);
  return member && availableTo !== 'mediaAndPxeHidden';
}

function deploymentOf(each: JudgedDeployment): PolicyDocument['deployments'][number] {
  const { nextRun, downloadFrom, highRisk, reasons, ...rest } = each;
  return {
    ...rest,
    sequence: { ...rest.sequence },
    collection: { ...rest.collection },
    nextRun: isoOf(nextRun),
    downloadFrom: isoOf(downloadFrom),
    highRisk: highRisk ?? null,
    reasons: reasons.map((reason) => ({ ...reason, text: reason.text.slice(0, 4000) })),
  };
}

function variableOf({ name, value, hidden, origin, overridden }: PolicyVariable): PolicyDocument['variables'][number] {
  return {
    name,
    value: value === undefined ? null : typeof value === 'string' ? value : { sealed: value.sealed },
    hidden,
    origin: showOrigin(origin),
    overridden: overridden.map(showOrigin),
  };
}

function identityOf({ identity }: Policy): PolicyDocument['identity'] {
  switch (identity.kind) {
    case 'known':
      return { kind: 'known', name: identity.device.name, by: identity.by };
    case 'unknown':
      return { kind: 'unknown', target: identity.target.name };
    default:
      return { kind: 'conflict', devices: identity.devices.map(({ name }) => name) };
  }
}

function isoOf(instant: number | undefined): string | null {
  if (instant === undefined) return null;
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) throw new InternalError(coreCode.CORE_UNEXPECTED, 'a time that is no date');
  return date.toISOString();
}

/** A copy that shares nothing and may be changed: what a document is made of. */
function copyOf<T>(value: T): Mutable<T> {
  return structuredClone(value) as Mutable<T>;
}

type Mutable<T> = T extends readonly (infer U)[]
  ? Mutable<U>[]
  : T extends object
    ? { -readonly [K in keyof T]: Mutable<T[K]> }
    : T;
