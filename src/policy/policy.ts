/**
 * What one computer gets from its site: a pure function of site, facts, way of starting, time and history. The same one serves
 * bootable, prestaged and stand-alone media, PXE and the engine.
 */
import { InputError, type Problem } from '../core/index.ts';
import type { Site, SiteObject } from '../model/index.ts';
import { type Asker, askerOf } from './asker.ts';
import { chooseDeployment, strongestFirst } from './choice.ts';
import { policyCode } from './codes.ts';
import { contentEntry, contentObjects, sortedContent } from './content.ts';
import { judge } from './judge.ts';
import { obstaclesOf, resolveSequence, type ResolvedSequence } from './resolve.ts';
import { resealer } from './reveal.ts';
import type { SequenceObject } from './site-objects.ts';
import type { Choice, JudgedDeployment, Policy, PolicyRequest, PolicySequence, PolicyUpdates } from './types.ts';
import { targetedUpdates } from './updates.ts';
import { policyVariables, preferredDeployment, variablesAtStart } from './variables.ts';

/** Who asks, what is judged and which deployment runs: the part of a policy that needs no look into a sequence's steps. */
export interface Offers {
  readonly asker: Asker;
  readonly start: ReturnType<typeof variablesAtStart>;
  /** SMSTSPreferredAdvertID, in upper case. */
  readonly preferred: string | undefined;
  /** The strongest first. */
  readonly deployments: readonly JudgedDeployment[];
  readonly choice: Choice;
}

/** What network boot asks, a thousand times while a classroom starts. Throws as `policyFor` does. */
export function offersFor(site: Site, request: PolicyRequest): Offers {
  const { facts, medium } = request;
  const asker = askerOf(site, facts, medium);
  const start = variablesAtStart(site, asker, medium);
  const preferred = medium.kind === 'client' ? undefined : preferredDeployment(start.variables);
  const deployments =
    medium.kind === 'stand-alone'
      ? []
      : site
          .all('deployment')
          .flatMap((deployment) => judge({ site, asker, request, preferred }, deployment) ?? [])
          .sort(strongestFirst);
  const choice: Choice =
    medium.kind === 'stand-alone'
      ? { kind: 'nothing', text: 'stand-alone media run the sequence on them; deployments do not count' }
      : chooseDeployment(deployments, preferred, asker, medium);
  return { asker, start, preferred, deployments, choice };
}

/**
 * The policy. Only what is offered brings sequences, variables and content with it: a computer to which nothing is offered learns no
 * value. Throws InputError: `POLICY_FACTS` where it cannot be told who asks, `POLICY_SEQUENCE` for the sequence of a stand-alone
 * medium, and what opening a secret throws.
 */
export function policyFor(site: Site, request: PolicyRequest): Policy {
  const { medium, secrets } = request;
  const { asker, start, preferred, deployments, choice } = offersFor(site, request);
  const hands = resealer(secrets);
  const chosen = sequencesOf(
    site,
    deployments,
    choice.kind === 'run' && preferred !== undefined ? choice.deployment : undefined,
    request,
  );
  const resolved = chosen.map((sequence) => resolveSequence(site, sequence, hands));
  const early = downloadedEarly(site, deployments, request).filter((sequence) => !chosen.includes(sequence));
  const needed = [...resolved, ...early.map((sequence) => resolveSequence(site, sequence))];
  const updates = resolved.length === 0 ? [] : targetedUpdates(site, asker.collections);
  return {
    site: { code: site.settings.siteCode, name: site.settings.name },
    start: medium.kind,
    identity: asker.identity,
    deployments,
    choice,
    sequences: resolved.map((each) => policySequence(site, each)),
    variables: resolved.length === 0 ? [] : policyVariables(start.variables, hands),
    content: contentList(site, needed, updates),
    updates: updates.map(policyUpdates),
    users: usersOf(asker),
    notes: [...start.problems, ...hands.notes(), ...undecidedNotes(asker)],
  };
}

/** The sequences that the asker may run: those offered, only the preferred one where it is named, or that of the medium. */
function sequencesOf(
  site: Site,
  deployments: readonly JudgedDeployment[],
  only: string | undefined,
  { medium }: PolicyRequest,
): SequenceObject[] {
  if (medium.kind === 'stand-alone') return [standAlone(site, medium.sequence)];
  const offered = deployments.filter(({ offered: yes, id }) => yes && (only === undefined || id === only));
  return sequencesWithIds(site, offered);
}

function sequencesWithIds(site: Site, deployments: readonly JudgedDeployment[]): SequenceObject[] {
  const ids = new Set(deployments.map(({ sequence }) => sequence.id));
  return [...ids].flatMap((id) => site.find('taskSequence', id) ?? []);
}

function standAlone(site: Site, name: string): SequenceObject {
  const sequence = site.find('taskSequence', name);
  if (sequence?.value === undefined) {
    throw new InputError(policyCode.POLICY_SEQUENCE, `the site has no task sequence ${JSON.stringify(name)}`);
  }
  const [obstacle] = obstaclesOf(site, sequence);
  const why = sequence.value.enabled === false ? 'it is disabled (EDIT-11)' : obstacle;
  if (why !== undefined) {
    throw new InputError(policyCode.POLICY_SEQUENCE, `${JSON.stringify(sequence.name)} cannot run: ${why}`);
  }
  return sequence;
}

/** Sequences that are not offered yet, but whose content is fetched already (DEP-39). */
function downloadedEarly(
  site: Site,
  deployments: readonly JudgedDeployment[],
  { time }: PolicyRequest,
): SequenceObject[] {
  const early = deployments.filter(
    ({ offered, downloadFrom, reasons }) =>
      !offered &&
      downloadFrom !== undefined &&
      downloadFrom <= time.now &&
      reasons.every(({ holds, rule }) => holds || rule === 'available'),
  );
  return sequencesWithIds(site, early);
}

function policySequence(site: Site, { sequence, steps }: ResolvedSequence): PolicySequence {
  const { name, value } = sequence;
  const bootImage = value.bootImage === undefined ? undefined : site.find('bootImage', value.bootImage)?.id;
  return { id: value.id, name, bootImage, steps };
}

function contentList(
  site: Site,
  needed: readonly ResolvedSequence[],
  updates: readonly SiteObject<'softwareUpdateSet'>[],
) {
  const users = new Map<SiteObject, string[]>();
  for (const resolved of needed) {
    const installs = resolved.running.some(({ type }) => type === 'install-software-updates');
    for (const object of contentObjects(site, resolved, installs ? updates : [])) {
      const ids = users.get(object) ?? [];
      users.set(object, [...ids, resolved.sequence.id ?? resolved.sequence.name]);
    }
  }
  return sortedContent([...users].map(([object, ids]) => contentEntry(site, object, ids)));
}

function policyUpdates({ id, name, value }: SiteObject<'softwareUpdateSet'>): PolicyUpdates {
  return { id: id ?? name, name, articles: (value.updates ?? []).map(({ article }) => article) };
}

/** Users of a known computer; of an unknown one nobody knows them. */
function usersOf({ identity }: Asker): readonly string[] {
  return identity.kind === 'known' ? (identity.device.value.users ?? []) : [];
}

function undecidedNotes({ undecided }: Asker): Problem[] {
  return [...undecided].map(({ name }) => ({
    code: policyCode.POLICY_FACTS,
    severity: 'note',
    message: `facts do not say whether this computer is in the collection ${JSON.stringify(name)}`,
  }));
}
