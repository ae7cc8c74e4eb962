/** The deployments of a sequence as this device sees them (DEP-08, DEP-26 to DEP-32, DEP-41, DEP-66, DEP-67, SITE-15). */
import type { Deployment, Site, SiteObject } from '../model/index.ts';
import { type RunVariables, showState, stateOf } from '../sequence/index.ts';
import { highRiskReason, UNKNOWN_COMPUTERS } from '../site/index.ts';
import type { Owner } from './owner.ts';
import { MEDIUM_NAMES } from './start.ts';
import type { PlanMedium, PlannedDeployment } from './types.ts';

export type DeploymentObject = SiteObject<'deployment'>;

export interface SeenDeployment {
  readonly object: DeploymentObject;
  readonly planned: PlannedDeployment;
}

const AVAILABLE_TO: Readonly<Record<NonNullable<Deployment['availableTo']>, string>> = {
  clients: 'Only Configuration Manager clients',
  clientsMediaAndPxe: 'Configuration Manager clients, media and PXE',
  mediaAndPxe: 'Only media and PXE',
  mediaAndPxeHidden: 'Only media and PXE (hidden)',
};

/** In the order of precedence: priority, then highest id. `variables` are those of the start. */
export function deploymentsOf(
  site: Site,
  sequence: SiteObject<'taskSequence'>,
  owner: Owner,
  medium: PlanMedium,
  variables: RunVariables,
): SeenDeployment[] {
  const advert = stateOf(variables.get('SMSTSPREFERREDADVERTID'));
  const preferred =
    advert.state === 'set' ? { id: advert.value.trim().toUpperCase(), shown: showState(advert) } : undefined;
  const seen = site.all('deployment').flatMap((object): SeenDeployment[] => {
    const { value } = object;
    if (value === undefined || site.find('taskSequence', value.taskSequence) !== sequence) return [];
    const collection = site.find('collection', value.collection);
    const member = collection !== undefined && owner.collections.includes(collection);
    const highRisk = highRiskReason(site, sequence, value.purpose) ?? null;
    const why =
      whyNot(object, member, medium, preferred) ??
      (medium === 'client' && !owner.known ? 'an unknown computer has no client (UNK-02)' : undefined) ??
      (highRisk !== null && collection?.builtIn === true && collection.id !== UNKNOWN_COMPUTERS
        ? 'a high-risk deployment does not go to a built-in collection (DEP-10)'
        : undefined);
    const { id = '', name } = object;
    const planned: PlannedDeployment = {
      id,
      name,
      collection: collection?.name ?? value.collection,
      purpose: value.purpose,
      availableTo: AVAILABLE_TO[value.availableTo ?? 'clients'],
      priority: value.priority ?? 0,
      offered: why === undefined,
      why: why ?? `it is offered from ${MEDIUM_NAMES[medium]}`,
      highRisk,
      notes: member ? notesOf(value, collection, medium) : [],
    };
    return [{ object, planned }];
  });
  return seen.sort(
    (a, b) =>
      Number(b.planned.offered) - Number(a.planned.offered) ||
      b.planned.priority - a.planned.priority ||
      (a.planned.id < b.planned.id ? 1 : -1),
  );
}

/** Why it is not offered; undefined: it is. */
function whyNot(
  { id, value }: DeploymentObject,
  member: boolean,
  medium: PlanMedium,
  preferred: { readonly id: string; readonly shown: string } | undefined,
): string | undefined {
  const { availableTo = 'clients', enabled } = value;
  if (!member) return 'the device is not in its collection';
  if (enabled === false) return 'it is disabled';
  if (medium === 'client' && availableTo !== 'clients' && availableTo !== 'clientsMediaAndPxe') {
    return `it is for ${AVAILABLE_TO[availableTo].toLowerCase().replace('pxe', 'PXE')}: Software Center never shows it`;
  }
  if (medium === 'client' || medium === 'stand-alone') return undefined;
  if (availableTo === 'clients') return 'it is for clients only: media and PXE never offer it';
  if (preferred !== undefined && preferred.id !== (id ?? '').toUpperCase()) {
    return `SMSTSPreferredAdvertID is ${preferred.shown}, and it asks for that one and for nothing else`;
  }
  if (availableTo === 'mediaAndPxeHidden' && preferred === undefined) {
    return 'it is hidden: only SMSTSPreferredAdvertID with its id reaches it (DEP-27: and the medium must allow unattended deployment to run it without a question)';
  }
  return undefined;
}

function notesOf(
  { schedule, purpose, content, userExperience, availableTo }: Deployment,
  collection: SiteObject<'collection'> | undefined,
  medium: PlanMedium,
): string[] {
  const notes: string[] = [];
  const inWinPE = medium !== 'client';
  const { available, expires, assignments = [], rerun } = schedule ?? {};
  const dates = [available, expires].some((date) => date !== undefined) || assignments.length > 0;
  if (dates && inWinPE) {
    notes.push(
      'its schedule has no effect: a computer started in Windows PE evaluates no start, no expiry and no deadline (DEP-30)',
    );
  } else if (dates) {
    if (available !== undefined) notes.push(`available from ${when(available)}`);
    if (expires !== undefined) notes.push(`expires ${when(expires)}`);
  }
  if (rerun !== undefined && (purpose === 'available' || assignments.length === 0)) {
    notes.push(`its rerun behaviour (${rerun}) has no effect: there is no required assignment (DEP-41)`);
  }
  for (const { name, start, duration, appliesTo = 'all', enabled } of collection?.value.maintenanceWindows ?? []) {
    if (enabled === false || appliesTo === 'softwareUpdates') continue;
    const text = `maintenance window ${JSON.stringify(name)} of ${JSON.stringify(collection?.name ?? '')}, from ${when(start)}, ${duration} minutes`;
    if (inWinPE)
      notes.push(
        `${text}: the way to control sequences that start in Windows PE, where schedules say nothing (DEP-32)`,
      );
    else if (purpose === 'required') {
      const outside = userExperience?.installOutsideWindow === true;
      notes.push(
        outside ? `${text}: the deployment may run outside of it` : `${text}: a required run waits for it (SITE-15)`,
      );
    }
  }
  if (medium === 'stand-alone') notes.push('its content options have no effect: all content is on the medium (DEP-67)');
  else if (inWinPE)
    notes.push('content is fetched as steps need it: the content options are for the full operating system (DEP-67)');
  else notes.push(CONTENT_OPTIONS[content?.option ?? 'whenNeeded']);
  if (medium !== 'stand-alone') {
    notes.push(
      content?.remotePoints === true
        ? 'remote distribution points may be used (DEP-66)'
        : 'only local distribution points may be used (DEP-66)',
    );
  }
  if (availableTo === 'mediaAndPxeHidden') {
    notes.push(
      'hidden: to run without a question the medium must allow unattended deployment and set SMSTSPreferredAdvertID to its id (DEP-27)',
    );
  }
  return notes;
}

const when = (date: string): string => `${date}${date.endsWith('Z') ? ' (UTC)' : ' (local time of the device)'}`;

const CONTENT_OPTIONS = {
  whenNeeded: 'content is downloaded when the running sequence needs it',
  allFirst: 'all content is downloaded before the sequence starts',
  fromPoint: 'content is used from the distribution point, without a copy',
} as const;
