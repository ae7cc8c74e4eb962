/** `device policy`: what a computer would get from the site, and why not the rest; secrets stay out. */
import * as z from 'zod';
import type { Secret } from '../core/index.ts';
import { isPasswordVariable, mergeVariables } from '../model/index.ts';
import { contentSize, type Policy, type PolicyMedium, policyDocument, policyFor } from '../policy/index.ts';
import type { PolicyDocument } from '../protocol/index.ts';
import { checkOutput } from './check-output.ts';
import { factsOf } from './machine-facts.ts';
import { masked } from './mask-secrets.ts';
import { type OpenedSite, openWholeSite, siteOption } from './open-site.ts';
import { keysOfSite, secretsFor, writePolicyFile } from './policy-file.ts';
import { givenPassword, secretInput } from './site-password.ts';
import { useCase } from './use-case.ts';
import { parseVariableOptions } from './variables-file.ts';

export interface DevicePolicy {
  /** The file that was written; null: none was asked for. */
  readonly output: string | null;
  /** The document that the computer would get, hidden values as dots. */
  readonly policy: PolicyDocument;
  /** Every deployment of the site with its reasons, those that the computer never hears of included. */
  readonly judged: readonly {
    readonly id: string;
    readonly name: string;
    readonly offered: boolean;
    readonly runs: string;
    readonly reasons: readonly { readonly rule: string; readonly holds: boolean; readonly text: string }[];
  }[];
  /** Bytes of the content list, equal files counted once. */
  readonly contentBytes: number;
}

export const devicePolicy = useCase({
  name: 'device policy',
  summary: 'show what a computer gets from the site: deployments with reasons, variables, content',
  effect: 'write',
  input: z.strictObject({
    /** Name of a device, or a file of facts (`.json`). */
    device: z.string().min(1),
    site: siteOption,
    start: z.enum(['client', 'pxe', 'bootable', 'prestaged', 'stand-alone']).default('pxe'),
    sequence: z.string().min(1).optional(),
    user: z.string().min(1).optional(),
    variables: z.array(z.string()).default([]),
    unattended: z.boolean().default(false),
    unknownComputers: z.boolean().default(true),
    /** UTC, ISO 8601. */
    now: z.iso.datetime(),
    /** Minutes ahead of UTC. */
    zoneOffset: z.int().min(-1440).max(1440).default(0),
    /** File for the computer: signed, and with `recipient` (X25519 public key, base64) with its secrets. */
    output: z.string().min(1).optional(),
    recipient: z.string().optional(),
    force: z.boolean().default(false),
    sitePasswordFile: z.string().optional(),
    /** As it stands in the environment; the file wins. */
    sitePassword: secretInput.optional(),
  }),
  async run(request, _services, context): Promise<DevicePolicy> {
    const { output, recipient, force, sitePasswordFile, sitePassword } = request;
    if (output !== undefined) await checkOutput({ output, force, plan: false }, [request.device, sitePasswordFile], []);
    const opened = await openWholeSite(request.site, context);
    const { site } = opened;
    const keys =
      output === undefined ? undefined : await keysGiven(opened, request.site, sitePassword, sitePasswordFile);
    const secrets = keys && recipient !== undefined ? secretsFor(keys, recipient) : undefined;
    const time = { now: Date.parse(request.now), zoneOffset: request.zoneOffset };
    const facts = await factsOf(site, request.device);
    const medium = mediumOf(request);
    const policy = policyFor(site, { facts, medium, time, ...(secrets ? { secrets } : {}) });
    const document = policyDocument(policy, { made: time.now, ...(secrets ? { recipient: secrets.recipient } : {}) });
    if (keys && output !== undefined) await writePolicyFile(document, keys, output, force, context);
    return {
      output: output ?? null,
      policy: withDots(document),
      judged: judgedOf(policy),
      contentBytes: contentSize(policy.content),
    };
  },
});

async function keysGiven(opened: OpenedSite, folder: string, typed: Secret | undefined, file: string | undefined) {
  const password = file === undefined ? typed : undefined;
  return keysOfSite(opened, folder, await givenPassword('the password of the site keys', password, file));
}

function mediumOf(request: {
  start: PolicyMedium['kind'];
  user?: string | undefined;
  sequence?: string | undefined;
  variables: readonly string[];
  unattended: boolean;
  unknownComputers: boolean;
}): PolicyMedium {
  const { start, user, unattended, unknownComputers } = request;
  const variables = mergeVariables([{ place: '--variable', variables: parseVariableOptions(request.variables) }]);
  switch (start) {
    case 'client':
      return { kind: start, ...(user === undefined ? {} : { user }) };
    case 'pxe':
      return { kind: start, unknownComputers, variables };
    case 'stand-alone':
      return { kind: start, name: 'stand-alone medium', variables, sequence: request.sequence ?? '' };
    default:
      return { kind: start, name: `${start} medium`, variables, unattended, unknownComputers };
  }
}

function judgedOf({ deployments }: Policy): DevicePolicy['judged'] {
  return deployments.map(({ id, name, offered, runs, reasons }) => ({ id, name, offered, runs, reasons }));
}

function withDots(document: PolicyDocument): PolicyDocument {
  return {
    ...document,
    variables: document.variables.map((each) =>
      typeof each.value === 'string' && each.value !== '' && (each.hidden || isPasswordVariable(each.name))
        ? { ...each, value: masked }
        : each,
    ),
  };
}
