/** `collection remove`: a collection of the site with its variables (VAR-07); refused while something refers to it. */
import * as z from 'zod';
import { InputError, type OperationContext } from '../core/index.ts';
import { appCode } from './codes.ts';
import { findObject } from './find-object.ts';
import { openSite, siteOption } from './open-site.ts';
import { changeOf, type ChangedSite, changeSite } from './site-changes.ts';
import { useCase } from './use-case.ts';
import { type ShownVariable, shownVariables } from './variable-owner.ts';

export interface RemovedCollection extends ChangedSite {
  readonly id: string | undefined;
  readonly name: string;
  /** They went with it. */
  readonly variables: readonly ShownVariable[];
}

export const collectionRemove = useCase({
  name: 'collection remove',
  summary: 'remove a collection with its variables',
  effect: 'write',
  input: z.strictObject({ collection: z.string().min(1), site: siteOption, plan: z.boolean().default(false) }),
  async run({ collection, site, plan }, _services, context: OperationContext): Promise<RemovedCollection> {
    const opened = await openSite(site, context);
    const object = findObject(opened.site, collection, ['collection']);
    if (object.builtIn) {
      throw new InputError(appCode.APP_OBJECT, `${object.name} is built in: it cannot be removed`, {
        hint: 'Only collections that have a file can.',
      });
    }
    const changed = await changeSite(opened, [changeOf(opened, object.file, undefined)], { plan }, context);
    return { id: object.id, name: object.name, variables: shownVariables(object), ...changed };
  },
});
