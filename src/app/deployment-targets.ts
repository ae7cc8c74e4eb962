/** `deployment targets`: the collections that a task sequence may be deployed to (DEP-10 to DEP-13). */
import * as z from 'zod';
import { highRiskReason, offeredCollections, sizesOf } from '../site/index.ts';
import { findObject } from './find-object.ts';
import { openWholeSite, siteOption } from './open-site.ts';
import { useCase } from './use-case.ts';

export interface DeploymentTargets {
  readonly sequence: { readonly id: string; readonly name: string };
  /** Why a required deployment is high risk, or null. */
  readonly highRisk: string | null;
  /** 0: off. */
  readonly defaultSize: number;
  readonly maximumSize: number;
  readonly collections: readonly {
    readonly id: string;
    readonly name: string;
    readonly type: 'device' | 'user';
    readonly size: number;
    readonly builtIn: boolean;
  }[];
  /** Left out for their size; --show-larger shows them. */
  readonly hidden: number;
}

export const deploymentTargets = useCase({
  name: 'deployment targets',
  summary: 'list the collections that a task sequence may be deployed to',
  effect: 'read',
  input: z.strictObject({
    sequence: z.string().min(1),
    site: siteOption,
    purpose: z.enum(['available', 'required']).default('required'),
    showLarger: z.boolean().default(false),
  }),
  async run({ sequence: text, site: folder, purpose, showLarger }, _services, context): Promise<DeploymentTargets> {
    const { site } = await openWholeSite(folder, context);
    const sequence = findObject(site, text, ['taskSequence']);
    const all = offeredCollections(site, sequence, purpose, { showLarger: true });
    const shown = showLarger ? all : offeredCollections(site, sequence, purpose);
    return {
      sequence: { id: sequence.value.id, name: sequence.name },
      highRisk: highRiskReason(site, sequence, purpose) ?? null,
      ...sizesOf(site),
      collections: shown.map(({ collection: { id, name, builtIn, value }, size }) => ({
        id: id ?? name,
        name,
        type: value.type,
        size,
        builtIn,
      })),
      hidden: all.length - shown.length,
    };
  },
});
