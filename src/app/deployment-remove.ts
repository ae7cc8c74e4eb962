/** `deployment remove`: the sequence is offered to that collection no more; its id is not given again while a higher one is there. */
import * as z from 'zod';
import { findObject } from './find-object.ts';
import { openSite, siteOption } from './open-site.ts';
import { type ChangedSite, changeOf, changeSite } from './site-changes.ts';
import { useCase } from './use-case.ts';

export interface RemovedDeployment extends ChangedSite {
  readonly id: string;
  readonly name: string;
}

export const deploymentRemove = useCase({
  name: 'deployment remove',
  summary: 'remove a deployment',
  effect: 'write',
  input: z.strictObject({ deployment: z.string().min(1), site: siteOption, plan: z.boolean().default(false) }),
  async run({ deployment: text, site: folder, plan }, _services, context): Promise<RemovedDeployment> {
    // One that must not be there may be removed, whatever else is wrong.
    const opened = await openSite(folder, context);
    const deployment = findObject(opened.site, text, ['deployment']);
    const changed = await changeSite(opened, [changeOf(opened, deployment.file, undefined)], { plan }, context);
    return { ...changed, id: deployment.value.id, name: deployment.name };
  },
});
