/** `device policy`: what a computer would get from the site, and why not the rest; secrets stay out. */
import * as z from 'zod';
import { isPasswordVariable, mergeVariables } from '../model/index.ts';
import { contentSize, type Policy, type PolicyMedium, policyDocument, policyFor } from '../policy/index.ts';
import type { PolicyDocument } from '../protocol/index.ts';
import { factsOf } from './machine-facts.ts';
import { masked } from './mask-secrets.ts';
import { openWholeSite, siteOption } from './open-site.ts';
import { useCase } from './use-case.ts';
import { parseVariableOptions } from './variables-file.ts';

export interface DevicePolicy {
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
  effect: 'read',
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
  }),
  async run(request, _services, context): Promise<DevicePolicy> {
    const { site } = await openWholeSite(request.site, context);
    const time = { now: Date.parse(request.now), zoneOffset: request.zoneOffset };
    const facts = await factsOf(site, request.device);
    const policy = policyFor(site, { facts, medium: mediumOf(request), time });
    return {
      policy: withDots(policyDocument(policy, { made: time.now })),
      judged: judgedOf(policy),
      contentBytes: contentSize(policy.content),
    };
  },
});

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
