/**
 * What a client boots from a site, as a pure function of site, point, published images, state and time: rule by rule, the first that
 * holds. `pxe why` asks the same function.
 */
import type { BootClient, Purpose } from '../../../pxe/boot/index.ts';
import { type Architecture, normalMac, type PxeSettings, type Site, type SiteObject } from '../../model/index.ts';
import { type JudgedDeployment, type Offers, offersFor } from '../../policy/index.ts';
import type { Identity } from '../../site/index.ts';
import type { BootRecord, BootSubject } from '../../store/index.ts';
import { type Candidate, candidatesOf } from './decide-candidates.ts';
import type { DecisionReason } from './decide-reasons.ts';
import { judgeTries } from './decide-tries.ts';
import type { PublishedImage, PublishedImages } from './decide-types.ts';
import { architecturesFor } from './identity-architecture.ts';
import { whoAsks, type WhoAsks } from './identity-subject.ts';

export interface DecisionInput {
  readonly site: Site;
  readonly point: SiteObject<'distributionPoint'>;
  readonly images: Pick<PublishedImages, 'find'>;
  readonly client: Pick<BootClient, 'mac' | 'guid' | 'architecture'>;
  readonly record: BootRecord;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export interface Decision {
  readonly code: DecisionReason;
  /** What the code leaves open, in a sentence. */
  readonly text: string;
  readonly identity: Identity;
  readonly purpose: Purpose;
  readonly candidate: Candidate | null;
  readonly image: PublishedImage | null;
  /** Delivery of the boot image uses the deployment up. */
  readonly usesUp: boolean;
  /** It is one more try. */
  readonly counts: boolean;
  /** Every deployment with its reasons, the strongest first; empty where it was never asked. */
  readonly judged: readonly JudgedDeployment[];
}

/** Who a client is, and the architectures of Windows PE that it starts. */
export function asking(
  site: Site,
  client: DecisionInput['client'],
): WhoAsks & { readonly architectures: readonly Architecture[] } {
  const [first = 'x64'] = architecturesFor(client.architecture);
  const who = whoAsks(site, client, first);
  const ofRecord = who.identity.kind === 'known' ? who.identity.device.value.architecture : undefined;
  return { ...who, architectures: architecturesFor(client.architecture, ofRecord) };
}

export function decideForSite(input: DecisionInput): Decision {
  const { site, point, client, record } = input;
  const settings: PxeSettings = point.value.pxe ?? { enabled: false };
  const { identity, subject, architectures } = asking(site, client);
  const no = (code: DecisionReason, text: string, judged: readonly JudgedDeployment[] = []): Decision => ({
    code,
    text,
    identity,
    purpose: 'none',
    candidate: null,
    image: null,
    usesUp: false,
    counts: false,
    judged,
  });

  if (!settings.enabled) return no('pointOff', `${point.name}: pxe.enabled is not true`);
  if (isExcluded(settings, client.mac))
    return no('excluded', `${client.mac} is under excludedMacAddresses of ${point.name}`);
  if (architectures.length === 0) return no('noArchitecture', client.architecture.name);
  if (identity.kind === 'conflict') {
    return no('conflict', `it may be ${identity.devices.map(({ name }) => name).join(' or ')} (SITE-07)`);
  }
  let served = architectures;
  if (identity.kind === 'unknown') {
    served = architectures.filter((each) => settings.unknownArchitectures?.includes(each) ?? true);
    const refused = refusedUnknown(settings, served, subject, record, point.name);
    if (refused) return no(...refused);
  }

  const offers = strongestOffers(input, served, identity);
  const { choice, deployments: judged } = offers;
  if (choice.kind === 'stop') return no('preferredUnfit', choice.text, judged);
  const offered = judged.filter((each) => each.offered && (choice.kind !== 'run' || preferredOr(offers, each)));
  if (offered.length === 0) return no(...nothingOffered(judged, record), judged);
  const wanted = started(record, offered);
  if (typeof wanted === 'string') return no('startUnfit', wanted, judged);
  const { fit, passedOver } = candidatesOf(site, wanted, served, point.name);
  const [candidate] = fit;
  if (candidate === undefined) return no('noImage', passedOver.join('; '), judged);
  return decideCandidate(input, candidate, identity, (code, text) => no(code, text, judged), judged);
}

function isExcluded({ excludedMacAddresses = [] }: PxeSettings, mac: string | null): boolean {
  return mac !== null && excludedMacAddresses.some((each) => normalMac(each) === normalMac(mac));
}

function refusedUnknown(
  settings: PxeSettings,
  served: readonly Architecture[],
  subject: BootSubject | null,
  { approval, start }: BootRecord,
  point: string,
): [DecisionReason, string] | undefined {
  if (settings.unknownComputers !== true) return ['unknownOff', `${point}: pxe.unknownComputers is not true (PXE-07)`];
  if (served.length === 0) {
    return [
      'unknownArchitecture',
      `${point}: pxe.unknownArchitectures is ${settings.unknownArchitectures?.join(', ')}`,
    ];
  }
  if (subject === null) {
    return [
      'identityShared',
      'they are on the list of duplicates, or placeholders of the firmware: see duplicateHardwareIds',
    ];
  }
  if (settings.approval === true && approval === null && start === null) {
    return ['waitingApproval', 'osdkit pxe approve lets it go'];
  }
  return undefined;
}

/**
 * The offers; for an unknown computer with a BIOS those of the first architecture that has one, since the computer cannot tell
 * which one it is.
 */
function strongestOffers(
  { site, client, record, at }: DecisionInput,
  served: readonly Architecture[],
  identity: Identity,
) {
  const offersAs = (architecture: Architecture | undefined): Offers =>
    offersFor(site, {
      facts: {
        ...(client.mac === null ? {} : { macAddresses: [client.mac] }),
        ...(client.guid === null ? {} : { smbiosGuid: client.guid }),
        ...(architecture === undefined ? {} : { architecture }),
      },
      medium: { kind: 'pxe', unknownComputers: true },
      time: { now: at, zoneOffset: 0 },
      offeredByPxe: record.delivered.map(({ deployment }) => deployment),
    });
  if (identity.kind === 'known') return offersAs(served.length === 1 ? served[0] : identity.device.value.architecture);
  const all = served.map(offersAs);
  const found = all.find(({ deployments }) => deployments.some(({ offered }) => offered)) ?? all[0];
  return found ?? offersAs('x64');
}

/** With SMSTSPreferredAdvertID that deployment alone; else all that are offered. */
function preferredOr({ preferred }: Offers, { id }: JudgedDeployment): boolean {
  return preferred === undefined || id.toUpperCase() === preferred;
}

function nothingOffered(judged: readonly JudgedDeployment[], { delivered }: BootRecord): [DecisionReason, string] {
  const used = judged.find(
    ({ reasons }) => reasons.some(({ rule, holds }) => rule === 'PXE once' && !holds) && failures(reasons) === 1,
  );
  if (used) return ['delivered', deliveredText(used, delivered)];
  const near = judged.find(({ reasons }) => reasons.some(({ rule, holds }) => rule === 'membership' && holds));
  const why = near?.reasons.find(({ holds }) => !holds)?.text;
  return [
    'noDeployment',
    near && why !== undefined ? `${near.id} ${near.name}: ${why}` : 'it is in no collection that has one',
  ];
}

const failures = (reasons: JudgedDeployment['reasons']): number => reasons.filter(({ holds }) => !holds).length;

function deliveredText({ id, name }: JudgedDeployment, delivered: BootRecord['delivered']): string {
  const at = delivered.find(({ deployment }) => deployment === id)?.at;
  const when = at === undefined ? '' : ` on ${new Date(at).toISOString()}`;
  return `${id} ${name} was delivered${when}: osdkit pxe clear offers it again`;
}

/** What `pxe start` left to choose from; a text: it named what is not offered. */
function started({ start }: BootRecord, offered: readonly JudgedDeployment[]): readonly JudgedDeployment[] | string {
  if (start?.deployment == null) return offered;
  const found = offered.filter(({ id }) => id === start.deployment);
  return found.length > 0 ? found : `${start.deployment} is not offered to this computer now`;
}

function decideCandidate(
  { images, record, point, at }: DecisionInput,
  candidate: Candidate,
  identity: Identity,
  no: (code: DecisionReason, text: string) => Decision,
  judged: readonly JudgedDeployment[],
): Decision {
  const { deployment, bootImage } = candidate;
  const { id, name } = deployment;
  const shown = `${id} ${name}`;
  const image = images.find(bootImage.value.id);
  if (typeof image === 'string') return no('imageNotReady', `${shown}: ${bootImage.name}: ${image}`);
  const before = record.delivered.filter((each) => each.deployment === id);
  // Policy offers the preferred one again and again; a firmware that boots from the network first would install for ever.
  if (deployment.purpose === 'required' && before.length > 0) return no('delivered', deliveredText(deployment, before));
  const approval = identity.kind === 'unknown' ? record.approval : null;
  const approved = approval !== null && !before.some((each) => each.at >= approval.at);
  const code = record.start
    ? 'started'
    : deployment.purpose === 'required'
      ? 'required'
      : approved
        ? 'approved'
        : 'available';
  const prompts = code === 'available';
  const tries = judgeTries(record.tries, id, at, point.value.pxe?.triesPerHour);
  if (!prompts && tries.tooMany) return no('tooManyTries', `${shown}: ${tries.text}`);
  return {
    code,
    text: `${shown}, boot image ${bootImage.name}`,
    identity,
    purpose: prompts ? 'available' : 'required',
    candidate,
    image,
    usesUp: deployment.purpose === 'required' || code === 'approved',
    counts: !prompts && tries.counts,
    judged,
  };
}
