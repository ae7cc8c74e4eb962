/** `deployment new`: offers a task sequence to a collection. */
import * as z from 'zod';
import type { Consent } from '../model/index.ts';
import { judgedTarget } from './deployment-consent.ts';
import { deploymentOf, deploymentSettings } from './deployment-settings.ts';
import { findObject } from './find-object.ts';
import { newIds, newPaths, textAt } from './new-object.ts';
import { openWholeSite, siteOption } from './open-site.ts';
import { type ChangedSite, changeOf, changeSite } from './site-changes.ts';
import { useCase } from './use-case.ts';

export interface NewDeployment extends ChangedSite {
  readonly id: string;
  readonly name: string;
  readonly sequence: { readonly id: string; readonly name: string };
  readonly collection: { readonly id: string; readonly name: string; readonly size: number };
  /** Why it is high risk, or null (DEP-08). */
  readonly highRisk: string | null;
  readonly consent: Consent | null;
  /** Worth saying, needs no consent (DEP-05). */
  readonly notes: readonly string[];
}

export const deploymentNew = useCase({
  name: 'deployment new',
  summary: 'offer a task sequence to a collection',
  effect: 'write',
  input: deploymentSettings.extend({
    sequence: z.string().min(1),
    collection: z.string().min(1),
    name: z.string().min(1).max(256).optional(),
    site: siteOption,
    showLarger: z.boolean().default(false),
    yesHighRisk: z.boolean().default(false),
    who: z.string().min(1),
    /** UTC, ISO 8601. */
    now: z.iso.datetime(),
    plan: z.boolean().default(false),
  }),
  async run(request, _services, context): Promise<NewDeployment> {
    const opened = await openWholeSite(request.site, context);
    const sequence = findObject(opened.site, request.sequence, ['taskSequence']);
    const collection = findObject(opened.site, request.collection, ['collection']);
    const { judgement, consent } = judgedTarget(opened.site, sequence, collection, {
      purpose: request.purpose,
      showLarger: request.showLarger,
      agreed: request.yesHighRisk,
      who: request.who,
      now: request.now,
    });
    const id = newIds(opened.site).next();
    const name = request.name ?? `${sequence.name} to ${collection.name}`.slice(0, 256);
    const head = { id, name, taskSequence: sequence.value.id, collection: collection.id ?? collection.name };
    const value = {
      ...deploymentOf(head, request),
      sizeAtCreation: judgement.size,
      ...(consent ? { consents: [consent] } : {}),
    };
    const path = newPaths(opened)('deployment', name);
    const change = changeOf(opened, path, textAt(path, 'deployment', value));
    const changed = await changeSite(opened, [change], { plan: request.plan }, context);
    return {
      ...changed,
      id,
      name,
      sequence: { id: sequence.value.id, name: sequence.name },
      collection: { id: head.collection, name: collection.name, size: judgement.size },
      highRisk: judgement.highRisk ?? null,
      consent: consent ?? null,
      notes: judgement.notes,
    };
  },
});
