/** `deployment list`: all deployments of a site in the order in which they win (SITE-20). */
import * as z from 'zod';
import type { Deployment, Site, SiteObject } from '../model/index.ts';
import { highRiskReason, judgeTarget } from '../site/index.ts';
import { findObject } from './find-object.ts';
import { openSite, siteOption } from './open-site.ts';
import { useCase } from './use-case.ts';

export interface ListedDeployment {
  readonly id: string;
  readonly name: string;
  /** As the file has it where the site does not have the object. */
  readonly sequence: string;
  readonly collection: string;
  /** Members now; null: the site does not have the collection. */
  readonly size: number | null;
  readonly purpose: Deployment['purpose'];
  readonly availableTo: NonNullable<Deployment['availableTo']>;
  readonly priority: number;
  readonly enabled: boolean;
  readonly highRisk: boolean;
}

export const deploymentList = useCase({
  name: 'deployment list',
  summary: 'list the deployments of a site',
  effect: 'read',
  input: z.strictObject({
    site: siteOption,
    sequence: z.string().min(1).optional(),
    collection: z.string().min(1).optional(),
  }),
  async run({ site: folder, sequence, collection }, _services, context): Promise<readonly ListedDeployment[]> {
    const { site } = await openSite(folder, context);
    const ofSequence = sequence === undefined ? undefined : findObject(site, sequence, ['taskSequence']);
    const ofCollection = collection === undefined ? undefined : findObject(site, collection, ['collection']);
    return site
      .all('deployment')
      .filter(({ value }) => !ofSequence || site.find('taskSequence', value.taskSequence) === ofSequence)
      .filter(({ value }) => !ofCollection || site.find('collection', value.collection) === ofCollection)
      .map((deployment) => listedDeployment(site, deployment))
      .sort((a, b) => b.priority - a.priority || (a.id < b.id ? 1 : -1));
  },
});

/** One line of the list. */
export function listedDeployment(site: Site, { value, name }: SiteObject<'deployment'>): ListedDeployment {
  const sequence = site.find('taskSequence', value.taskSequence);
  const collection = site.find('collection', value.collection);
  const whole = sequence?.value !== undefined;
  const judged =
    whole && collection?.value !== undefined ? judgeTarget(site, sequence, collection, value.purpose) : undefined;
  return {
    id: value.id,
    name,
    sequence: sequence?.name ?? value.taskSequence,
    collection: collection?.name ?? value.collection,
    size: judged?.size ?? null,
    purpose: value.purpose,
    availableTo: value.availableTo ?? 'clients',
    priority: value.priority ?? 0,
    enabled: value.enabled !== false,
    highRisk: whole && highRiskReason(site, sequence, value.purpose) !== undefined,
  };
}
