/** Whether a new deployment may be made, and to what a person must agree (DEP-10 to DEP-18). */
import { InputError } from '../core/index.ts';
import type { Consent, Deployment, Site, SiteObject } from '../model/index.ts';
import { judgeTarget, sizesOf, type TargetJudgement } from '../site/index.ts';
import { appCode } from './codes.ts';

export interface ConsentRequest {
  readonly purpose: Deployment['purpose'];
  /** Collections above the default size were asked for (DEP-12). */
  readonly showLarger: boolean;
  /** The person agrees to every warning. */
  readonly agreed: boolean;
  readonly who: string;
  /** UTC, ISO 8601. */
  readonly now: string;
}

export interface JudgedTarget {
  readonly judgement: TargetJudgement;
  /** What was agreed to; undefined: there was nothing to agree to. */
  readonly consent: Consent | undefined;
}

/**
 * Judges the target by the membership of now (DEP-14). Throws InputError: `APP_DEPLOYMENT_TARGET` where it must not be,
 * `APP_DEPLOYMENT_HIDDEN` for a size that nobody asked to see, `APP_DEPLOYMENT_CONSENT` where nobody agreed.
 */
export function judgedTarget(
  site: Site,
  sequence: SiteObject<'taskSequence'>,
  collection: SiteObject<'collection'>,
  request: ConsentRequest,
): JudgedTarget {
  const judgement = judgeTarget(site, sequence, collection, request.purpose);
  const { highRisk, refusals, warnings, size } = judgement;
  const { defaultSize } = sizesOf(site);
  const why = `high risk (${highRisk ?? ''})`;
  if (refusals.length > 0) {
    throw new InputError(appCode.APP_DEPLOYMENT_TARGET, `${why}: ${refusals.join('; ')}`, {
      details: { collection: collection.name, refusals },
      hint: '`osdkit deployment targets` lists the collections that it may go to.',
    });
  }
  const isLarge = warnings.some(({ warning }) => warning === 'aboveDefaultSize');
  if (isLarge && !request.showLarger) {
    throw new InputError(
      appCode.APP_DEPLOYMENT_HIDDEN,
      `${why}: ${collection.name} has ${size} members, more than the default size ${defaultSize} (DEP-11)`,
      {
        details: { collection: collection.name, size, defaultSize },
        hint: 'Choose a smaller collection; --show-larger offers those up to the maximum size.',
      },
    );
  }
  if (warnings.length === 0) return { judgement, consent: undefined };
  const messages = warnings.map(({ message }) => message);
  if (!request.agreed) {
    throw new InputError(appCode.APP_DEPLOYMENT_CONSENT, `${why}: ${messages.join('; ')} (DEP-17)`, {
      details: { collection: collection.name, size, warnings: messages },
      hint: 'Read the warnings; --yes-high-risk agrees to them, and the deployment keeps who agreed and when (DEP-18).',
    });
  }
  const consent: Consent = {
    who: request.who,
    when: request.now.replace(/\.\d+Z$/, 'Z'),
    collection: collection.id ?? collection.name,
    size,
    warnings: warnings.map(({ warning }) => warning),
  };
  return { judgement, consent };
}
