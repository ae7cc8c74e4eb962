/** `deployment show`: one deployment with its settings, its risk, and what the site says against it. */
import * as z from 'zod';
import type { Consent, Deployment, Place, SiteProblem } from '../model/index.ts';
import { highRiskReason } from '../site/index.ts';
import { type ListedDeployment, listedDeployment } from './deployment-list.ts';
import { findObject } from './find-object.ts';
import { openSite, siteOption } from './open-site.ts';
import { useCase } from './use-case.ts';

export interface ShownDeployment extends Omit<ListedDeployment, 'highRisk'> {
  readonly place: Place;
  readonly value: Deployment;
  readonly highRisk: string | null;
  /** Members when it was made; null: not recorded. */
  readonly sizeAtCreation: number | null;
  readonly consents: readonly Consent[];
  readonly problems: readonly SiteProblem[];
}

export const deploymentShow = useCase({
  name: 'deployment show',
  summary: 'show a deployment with its settings and its risk',
  effect: 'read',
  input: z.strictObject({ deployment: z.string().min(1), site: siteOption }),
  async run({ deployment: text, site: folder }, _services, context): Promise<ShownDeployment> {
    const { site, problems } = await openSite(folder, context);
    const deployment = findObject(site, text, ['deployment']);
    const { value } = deployment;
    const sequence = site.find('taskSequence', value.taskSequence);
    const place = site.place(deployment);
    const risk = sequence?.value === undefined ? undefined : highRiskReason(site, sequence, value.purpose);
    return {
      ...listedDeployment(site, deployment),
      place,
      value,
      highRisk: risk ?? null,
      sizeAtCreation: value.sizeAtCreation ?? null,
      consents: value.consents ?? [],
      problems: problems.filter(({ file }) => file === place.file),
    };
  },
});
