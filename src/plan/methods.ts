/** By which of the six methods of deployment a sequence can start on the device, and why not by the others (MON-04). */
import type { Site, SiteObject } from '../model/index.ts';
import { normalMac } from '../model/index.ts';
import type { MachineFacts, Verdict } from '../sequence/index.ts';
import { bootImageOf } from './boot-image.ts';
import { deploymentsOf } from './deployments.ts';
import { macsOf, type Owner } from './owner.ts';
import { pointsHolding } from './points.ts';
import type { RunState } from './state.ts';
import type { PlanMedium, PlannedMethod } from './types.ts';

export interface MethodsInput {
  readonly site: Site;
  readonly sequence: SiteObject<'taskSequence'>;
  readonly facts: MachineFacts;
  readonly owner: Owner;
  /** The state at the start by a medium. */
  readonly startOf: (medium: PlanMedium) => RunState;
  /** The first step that fails when started by a medium. */
  readonly failsAt: (medium: PlanMedium) => string | null;
}

interface Reasons {
  readonly no: string[];
  readonly unknown: string[];
}

export function methodsOf(input: MethodsInput): PlannedMethod[] {
  const { failsAt } = input;
  const of = (
    method: PlannedMethod['method'],
    medium: PlanMedium,
    judge: (reasons: Reasons) => void,
  ): PlannedMethod => {
    const reasons: Reasons = { no: [], unknown: [] };
    if (input.sequence.value.enabled === false) reasons.no.push('the sequence is disabled (EDIT-11)');
    judge(reasons);
    const starts: Verdict = reasons.no.length > 0 ? false : reasons.unknown.length > 0 ? 'unknown' : true;
    const why = [...reasons.no, ...reasons.unknown];
    return { method, starts, why, failsAt: starts === false ? null : failsAt(medium) };
  };
  return [
    of('PXE', 'pxe', (reasons) => {
      byBootImage(input, reasons);
      byDeployment(input, 'pxe', reasons);
      byPxe(input, reasons);
    }),
    of('Software Center', 'client', (reasons) => {
      byRunningWindows(input, reasons);
      byDeployment(input, 'client', reasons);
    }),
    of('multicast', 'client', (reasons) => byMulticast(input, reasons)),
    of('bootable media', 'bootable', (reasons) => {
      byBootImage(input, reasons);
      byDeployment(input, 'bootable', reasons);
    }),
    of('stand-alone media', 'stand-alone', (reasons) => byBootImage(input, reasons)),
    of('prestaged media', 'prestaged', (reasons) => {
      byBootImage(input, reasons);
      byDeployment(input, 'prestaged', reasons);
    }),
  ];
}

function byBootImage({ site, sequence, facts }: MethodsInput, { no }: Reasons): void {
  no.push(...bootImageOf(site, sequence, facts).findings.map(({ message }) => message));
}

function byDeployment({ site, sequence, owner, startOf }: MethodsInput, medium: PlanMedium, { no }: Reasons): void {
  const seen = deploymentsOf(site, sequence, owner, medium, startOf(medium).variables);
  if (seen.some(({ planned }) => planned.offered)) return;
  const [first] = seen;
  no.push(
    first
      ? `no deployment offers it: ${first.planned.name}: ${first.planned.why}`
      : 'the sequence is deployed to no collection',
  );
}

function byRunningWindows({ facts }: MethodsInput, { no, unknown }: Reasons): void {
  const { runningSystem } = facts;
  if (runningSystem === null) no.push('no Windows is installed on the device');
  else if (runningSystem === undefined || runningSystem.winPE === true) {
    unknown.push('the facts do not say whether a Windows with the client is installed');
  }
}

function byPxe({ site, sequence, facts, owner }: MethodsInput, { no, unknown }: Reasons): void {
  const points = site.all('distributionPoint').filter(({ value }) => value?.pxe?.enabled === true);
  if (points.length === 0) {
    no.push('no distribution point answers PXE requests');
    return;
  }
  const { object } = bootImageOf(site, sequence, facts);
  if (object?.value.pxe === false) no.push(`the boot image ${JSON.stringify(object.name)} is not offered by PXE`);
  const holding = object ? pointsHolding(site, object.value.distribution) : [];
  const serving = points.filter(({ name }) => holding.includes(name));
  if (object && serving.length === 0) {
    no.push(`the boot image ${JSON.stringify(object.name)} is on no distribution point that answers PXE requests`);
  }
  const macs = macsOf(facts);
  const excluded = serving.filter(({ value }) =>
    value.pxe?.excludedMacAddresses?.some((mac) => macs.includes(normalMac(mac))),
  );
  if (serving.length > 0 && excluded.length === serving.length)
    no.push('the points exclude a MAC address of the device');
  if (!owner.known && serving.length > 0 && !serving.some(({ value }) => value.pxe?.unknownComputers === true)) {
    no.push('no point that answers serves unknown computers (UNK-03)');
  }
  if (!facts.networkAdapters?.some(({ wireless }) => wireless === false)) {
    const wirelessOnly = facts.networkAdapters?.every(({ wireless }) => wireless === true) === true;
    if (wirelessOnly) no.push('the device has no wired network adapter');
    else unknown.push('the facts do not say whether the device has a wired network adapter');
  }
}

/** Multicast carries content to clients and Windows PE alike; it is no way to boot by itself. */
function byMulticast({ site, sequence, owner, startOf }: MethodsInput, { no, unknown }: Reasons): void {
  const seen = (['client', 'pxe'] as const).flatMap((medium) =>
    deploymentsOf(site, sequence, owner, medium, startOf(medium).variables).filter(({ planned }) => planned.offered),
  );
  if (!seen.some(({ object }) => object.value.content?.multicast === true))
    no.push('no deployment that offers it uses multicast');
  if (!site.all('distributionPoint').some(({ value }) => value?.multicast === true)) {
    no.push('no distribution point sends by multicast');
  }
  if (no.length === 0) unknown.push('whether the network carries multicast to the device is not known');
}
