/**
 * What lies on a bootable or prestaged medium before anyone asks: the bootstrap, and the policy of anyone who starts from it. Neither
 * holds a secret or a sequence: those come from the site, for the computer that asks.
 */
import type { Site } from '../model/index.ts';
import { type BootstrapDocument, type PolicyDocument, protocolVersion } from '../protocol/index.ts';
import type { Variable } from '../model/index.ts';
import { highRiskReason } from '../site/index.ts';
import { strongestFirst } from './choice.ts';
import { obstaclesOf } from './resolve.ts';
import type { DeploymentObject, SequenceObject } from './site-objects.ts';
import type { JudgedDeployment } from './types.ts';
import { automaticProblems } from './automatic.ts';

export interface SiteMedium {
  readonly kind: 'bootable' | 'prestaged';
  /** Variables of the medium; secrets among them are left to the sealed container. */
  readonly variables: readonly Variable[];
  readonly unattended: boolean;
  readonly unknownComputers: boolean;
  readonly bootImage: { readonly id: string; readonly name: string };
}

/** What a computer that starts from the medium knows of its site. */
export function mediumBootstrap(site: Site, medium: SiteMedium): Omit<BootstrapDocument, 'osdkit' | 'kind'> {
  const { siteCode, name, keys } = site.settings;
  return {
    site: { code: siteCode, name, signing: keys?.signing ?? null },
    servers: site
      .all('distributionPoint')
      .flatMap((point) => (point.value.url === undefined ? [] : [{ name: point.name, url: point.value.url }])),
    bootImage: { ...medium.bootImage },
    unknownComputers: medium.unknownComputers,
    unattended: medium.unattended,
    variables: Object.fromEntries(
      medium.variables.flatMap(({ name: variable, value }) => (typeof value === 'string' ? [[variable, value]] : [])),
    ),
  };
}

/** The deployments that somebody may reach from the medium, as document without recipient; not signed yet. */
export function mediumPolicy(site: Site, medium: SiteMedium): PolicyDocument {
  const preferred = preferredOf(medium);
  const deployments = site
    .all('deployment')
    .flatMap((deployment) => reachable(site, deployment, preferred) ?? [])
    .sort(strongestFirst);
  const only = deployments.find(({ id }) => id.toUpperCase() === preferred);
  const choice: PolicyDocument['choice'] =
    preferred === undefined
      ? deployments.length === 0
        ? { kind: 'nothing', text: 'the site has no deployment for media' }
        : { kind: 'list', deployments: deployments.map(({ id }) => id) }
      : only
        ? { kind: 'run', deployment: only.id, text: 'SMSTSPreferredAdvertID names it' }
        : { kind: 'stop', text: `SMSTSPreferredAdvertID is ${preferred}, which no medium can start` };
  return {
    osdkit: protocolVersion,
    kind: 'policy',
    site: { code: site.settings.siteCode, name: site.settings.name },
    made: null,
    start: medium.kind,
    identity: { kind: 'anyone' },
    recipient: null,
    deployments: (only ? [only] : deployments).map((each) => ({
      ...each,
      sequence: { ...each.sequence },
      collection: { ...each.collection },
      nextRun: null,
      downloadFrom: null,
      highRisk: each.highRisk ?? null,
      reasons: [],
    })),
    choice,
    sequences: [],
    variables: [],
    content: [],
    updates: [],
    users: [],
    notes: automaticProblems(site, medium).map(({ code, severity, message }) => ({ code, severity, message })),
    signature: '',
  };
}

function preferredOf({ variables }: SiteMedium): string | undefined {
  const value = variables.find(({ name }) => name.toUpperCase() === 'SMSTSPREFERREDADVERTID')?.value;
  return typeof value === 'string' && value.trim() !== '' ? value.trim().toUpperCase() : undefined;
}

/** A deployment that media may start: enabled, whole, not for clients only; hidden ones only where they are named (DEP-28). */
function reachable(
  site: Site,
  deployment: DeploymentObject,
  preferred: string | undefined,
): JudgedDeployment | undefined {
  const { value, name } = deployment;
  const sequence: SequenceObject | undefined = site.find('taskSequence', value.taskSequence);
  const collection = site.find('collection', value.collection);
  const { availableTo = 'clients', purpose } = value;
  if (value.enabled === false || availableTo === 'clients') return undefined;
  if (availableTo === 'mediaAndPxeHidden' && preferred !== value.id.toUpperCase()) return undefined;
  if (sequence?.value === undefined || collection?.value === undefined) return undefined;
  if (sequence.value.enabled === false || sequence.value.bootImage === undefined) return undefined;
  if (obstaclesOf(site, sequence).length > 0) return undefined;
  return {
    id: value.id,
    name,
    sequence: { id: sequence.value.id, name: sequence.name },
    collection: { id: collection.id ?? collection.name, name: collection.name },
    purpose,
    availableTo,
    priority: value.priority ?? 0,
    offered: true,
    runs: purpose === 'required' ? 'now' : 'by the user',
    nextRun: undefined,
    downloadFrom: undefined,
    contentOption: 'whenNeeded',
    showProgress: value.userExperience?.showProgress !== false,
    highRisk: highRiskReason(site, sequence, purpose),
    reasons: [],
  };
}
