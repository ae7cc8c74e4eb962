/** Whether one deployment is offered to the asker, rule by rule (DEP, UNK, EDIT-11; configmgr-formats 7.2 and 7.3). */
import type { Site } from '../model/index.ts';
import { highRiskReason, UNKNOWN_COMPUTERS } from '../site/index.ts';
import type { Asker } from './asker.ts';
import { clientTimes, type ClientTimes } from './client-times.ts';
import { obstaclesOf } from './resolve.ts';
import type { CollectionObject, DeploymentObject, SequenceObject } from './site-objects.ts';
import type { JudgedDeployment, PolicyRequest, Reason } from './types.ts';

export interface Judging {
  readonly site: Site;
  readonly asker: Asker;
  readonly request: PolicyRequest;
  /** SMSTSPreferredAdvertID as it holds at the start; in upper case. */
  readonly preferred: string | undefined;
}

/** The judgement; undefined for a deployment whose sequence or collection the site does not have. */
export function judge(judging: Judging, deployment: DeploymentObject): JudgedDeployment | undefined {
  const { site, request } = judging;
  const { value, name } = deployment;
  const sequence = site.find('taskSequence', value.taskSequence);
  const collection = site.find('collection', value.collection);
  if (sequence?.value === undefined || collection?.value === undefined) return undefined;
  const client = request.medium.kind === 'client';
  const times = client ? clientTimes(value, request.lastRuns?.[value.id], request.time) : undefined;
  const reasons: Reason[] = [
    rule('enabled', value.enabled !== false, ['the deployment is enabled', 'the deployment is disabled']),
    ...ofSequence(judging, sequence),
    ofMembership(judging, collection),
    ofAvailability(judging, deployment),
    ...ofTarget(judging, sequence, collection, deployment),
    ...(times ? times.reasons : ofWindowsPE(judging, deployment, sequence)),
  ];
  const offered = reasons.every(({ holds }) => holds);
  return {
    id: value.id,
    name,
    sequence: { id: sequence.value.id, name: sequence.name },
    collection: { id: collection.id ?? collection.name, name: collection.name },
    purpose: value.purpose,
    availableTo: value.availableTo ?? 'clients',
    priority: value.priority ?? 0,
    offered,
    runs: runsWhen(deployment, offered, times),
    nextRun: times?.nextRun,
    downloadFrom: times?.downloadFrom,
    // Windows PE has nothing to download into before the sequence starts (configmgr-formats 7.2).
    contentOption: client ? (value.content?.option ?? 'whenNeeded') : 'whenNeeded',
    showProgress: value.userExperience?.showProgress !== false,
    highRisk: highRiskReason(site, sequence, value.purpose),
    reasons: [...reasons, ...(times ? [times.rerun] : [])],
  };
}

function rule(name: string, holds: boolean, [yes, no]: readonly [string, string]): Reason {
  return { rule: name, holds, text: holds ? yes : no };
}

function ofSequence({ site }: Judging, sequence: SequenceObject): Reason[] {
  const [first, ...others] = obstaclesOf(site, sequence);
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  return [
    rule('sequence enabled', sequence.value.enabled !== false, [
      'the task sequence is enabled',
      'the task sequence is disabled: it runs on no computer until it is enabled (EDIT-11)',
    ]),
    rule('sequence whole', first === undefined, [
      'all references of the task sequence resolve',
      `the task sequence cannot run: ${first ?? ''}${more} (DEP-04)`,
    ]),
  ];
}

function ofMembership({ asker }: Judging, collection: CollectionObject): Reason {
  const name = JSON.stringify(collection.name);
  if (asker.undecided.has(collection)) {
    return { rule: 'membership', holds: false, text: `facts do not say whether this computer is in ${name}` };
  }
  return rule('membership', asker.collections.has(collection), [
    `this computer is in ${name}`,
    asker.device ? `this computer is not in ${name}` : `which device this computer is, is in doubt (SITE-07)`,
  ]);
}

function ofAvailability({ request, preferred }: Judging, { value }: DeploymentObject): Reason {
  const { availableTo = 'clients' } = value;
  if (request.medium.kind === 'client') {
    return rule('availability', availableTo === 'clients' || availableTo === 'clientsMediaAndPxe', [
      'it is available to clients',
      'it is available to media and PXE only (DEP-29)',
    ]);
  }
  if (availableTo === 'mediaAndPxeHidden') {
    return rule('availability', preferred === value.id.toUpperCase(), [
      'it is hidden, and SMSTSPreferredAdvertID names it (DEP-28)',
      'it is hidden, and SMSTSPreferredAdvertID does not name it (DEP-28)',
    ]);
  }
  return rule('availability', availableTo !== 'clients', [
    'it is available to media and PXE',
    'it is available to clients only (DEP-29)',
  ]);
}

function ofTarget(
  { site, asker, request }: Judging,
  sequence: SequenceObject,
  collection: CollectionObject,
  { value }: DeploymentObject,
): Reason[] {
  const reasons: Reason[] = [];
  const { medium } = request;
  if (asker.identity.kind === 'unknown') {
    const served =
      medium.kind === 'pxe' || medium.kind === 'bootable' || medium.kind === 'prestaged'
        ? medium.unknownComputers
        : false;
    reasons.push(
      rule('unknown computer', served, [
        'unknown computers are served here (UNK-03)',
        medium.kind === 'client'
          ? 'an unknown computer has no client (UNK-02)'
          : 'unknown computers are not served here (UNK-03)',
      ]),
    );
  }
  if (highRiskReason(site, sequence, value.purpose) !== undefined) {
    const custom = (!collection.builtIn || collection.id === UNKNOWN_COMPUTERS) && collection.value.type === 'device';
    reasons.push(
      rule('high risk', custom, [
        'high-risk deployments may go to this collection',
        'a high-risk deployment does not go to built-in collections or to users (DEP-10, UDA-02)',
      ]),
    );
  }
  return reasons;
}

function ofWindowsPE({ request, preferred }: Judging, { value }: DeploymentObject, sequence: SequenceObject): Reason[] {
  const scheduled = value.schedule?.available ?? value.schedule?.expires ?? value.schedule?.assignments;
  const again =
    request.medium.kind === 'pxe' &&
    value.purpose === 'required' &&
    preferred !== value.id.toUpperCase() &&
    (request.offeredByPxe ?? []).includes(value.id);
  return [
    rule('boot image', sequence.value.bootImage !== undefined, [
      'the task sequence has a boot image',
      'the task sequence has no boot image, so media and PXE cannot start it (SITE-02)',
    ]),
    ...(scheduled === undefined
      ? []
      : [{ rule: 'schedule', holds: true, text: 'Windows PE evaluates no schedule (DEP-30)' }]),
    ...(again
      ? [
          {
            rule: 'PXE once',
            holds: false,
            text: 'PXE offered it before: clear the required PXE deployments of the device to offer it again',
          },
        ]
      : []),
  ];
}

function runsWhen({ value }: DeploymentObject, offered: boolean, times: ClientTimes | undefined) {
  if (!times) return offered ? (value.purpose === 'required' ? 'now' : 'by the user') : 'not';
  const waits = times.nextRun !== undefined ? 'later' : 'not';
  if (!offered) return 'not';
  if (value.purpose === 'available') return 'by the user';
  if (times.due) return 'now';
  return waits === 'not' && value.userExperience?.runIndependently === true ? 'by the user' : waits;
}
