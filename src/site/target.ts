/**
 * Whether a task sequence may be deployed to a collection (DEP-05, DEP-08 to DEP-18). The same judgement serves the command that
 * makes a deployment and the check of the site.
 */
import type { Consent, Deployment, Site } from '../model/index.ts';
import { UNKNOWN_COMPUTERS } from './built-in.ts';
import { type CollectionObject, type FactsOf, membersOf } from './members.ts';
import { deployingSteps, type SequenceObject } from './sequence-effects.ts';

export type RiskWarning = Consent['warnings'][number];

export interface TargetJudgement {
  /** Members now; of a collection of users, its users. */
  readonly size: number;
  /** Why the deployment is high risk; undefined: it is not (DEP-08, DEP-09). */
  readonly highRisk: string | undefined;
  /** Why it cannot be made. */
  readonly refusals: readonly string[];
  /** What a person must agree to (DEP-17, DEP-18), with the words. */
  readonly warnings: readonly { readonly warning: RiskWarning; readonly message: string }[];
  /** Worth saying, needs no consent. */
  readonly notes: readonly string[];
}

/** Sizes that hold where the site says nothing (configmgr-formats 7.7). */
const DEFAULT_SIZE = 100;

export interface VerificationSizes {
  /** 0: off. */
  readonly defaultSize: number;
  readonly maximumSize: number;
}

/** The sizes of deployment verification (SITE-09). */
export function sizesOf({ settings }: Site): VerificationSizes {
  const { defaultSize = DEFAULT_SIZE, maximumSize = 0 } = settings.deploymentVerification ?? {};
  return { defaultSize, maximumSize };
}

/** Why a deployment of this purpose is high risk, or undefined. */
export function highRiskReason(
  site: Site,
  sequence: SequenceObject,
  purpose: Deployment['purpose'],
): string | undefined {
  const [first] = purpose === 'required' ? deployingSteps(site, sequence) : [];
  if (!first) return undefined;
  const where = first.sequence === sequence ? '' : ` in ${first.sequence.name}`;
  return `it is required, and its step ${JSON.stringify(first.step.name)}${where} deploys an operating system`;
}

/** Judges a target by the membership of now. */
export function judgeTarget(
  site: Site,
  sequence: SequenceObject,
  collection: CollectionObject,
  purpose: Deployment['purpose'],
  facts?: FactsOf,
): TargetJudgement {
  const { devices, users } = membersOf(site, collection, facts);
  const size = collection.value.type === 'user' ? users.size : devices.size;
  const highRisk = highRiskReason(site, sequence, purpose);
  const refusals: string[] = [];
  const warnings: { warning: RiskWarning; message: string }[] = [];
  const notes: string[] = [];
  const { name, builtIn, id } = collection;
  if (highRisk === undefined) {
    const deploys = deployingSteps(site, sequence).length > 0;
    if (deploys && builtIn && id !== UNKNOWN_COMPUTERS) {
      notes.push(
        `${name} is a built-in collection: a sequence that deploys an operating system does not suit all of it (DEP-05)`,
      );
    }
    return { size, highRisk, refusals, warnings, notes };
  }
  if (collection.value.type === 'user') {
    refusals.push(
      `${name} is a collection of users: an operating system is never deployed to the computers of a user (UDA-02)`,
    );
  } else if (builtIn && id !== UNKNOWN_COMPUTERS) {
    refusals.push(
      `${name} is a built-in collection; high-risk deployments go to custom ones and Unknown Computers only (DEP-10)`,
    );
  }
  const { defaultSize, maximumSize } = sizesOf(site);
  if (maximumSize > 0 && size > maximumSize && !builtIn) {
    refusals.push(`${name} has ${size} members, the maximum size of the site is ${maximumSize} (DEP-12)`);
  } else if (defaultSize > 0 && size > defaultSize && !builtIn) {
    warnings.push({
      warning: 'aboveDefaultSize',
      message: `${name} has ${size} members, the default size is ${defaultSize}`,
    });
  }
  const systems = [...devices].filter(({ value }) => value.siteSystem === true);
  const [system] = systems;
  if (system) {
    const message = `${name} contains the site system server ${system.name}`;
    if (site.settings.deploymentVerification?.siteSystems === 'block')
      refusals.push(`${message}, which the site blocks (DEP-16)`);
    else warnings.push({ warning: 'siteSystem', message });
  }
  const server = [...devices].find(({ value }) => value.server === true);
  if (server)
    warnings.push({
      warning: 'server',
      message: `${name} contains ${server.name}, which has a server operating system`,
    });
  return { size, highRisk, refusals, warnings, notes };
}

/**
 * The collections that are offered for a deployment (DEP-10 to DEP-13). For a high-risk one those above the default size are left
 * out unless `showLarger`, those above the maximum always. A size equal to a limit is allowed.
 */
export function offeredCollections(
  site: Site,
  sequence: SequenceObject,
  purpose: Deployment['purpose'],
  { showLarger = false, facts }: { showLarger?: boolean; facts?: FactsOf } = {},
): { readonly collection: CollectionObject; readonly size: number }[] {
  const { defaultSize } = sizesOf(site);
  return site.all('collection').flatMap((collection) => {
    const judged = judgeTarget(site, sequence, collection, purpose, facts);
    if (judged.refusals.length > 0) return [];
    const large = judged.highRisk !== undefined && defaultSize > 0 && judged.size > defaultSize && !collection.builtIn;
    return large && !showLarger ? [] : [{ collection, size: judged.size }];
  });
}
