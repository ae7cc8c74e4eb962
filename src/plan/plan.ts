/** `planSequence`: what would happen on one machine, before anything runs. A pure function. */
import { highImpactSteps } from '../site/index.ts';
import type { SiteObject } from '../model/index.ts';
import { showPath, sortedVariables, stateOf } from '../sequence/index.ts';
import { affinityFindings } from './affinity.ts';
import { bootImageOf } from './boot-image.ts';
import { planCode } from './codes.ts';
import { bytesOf, type ContentObject, fetchOf, type Fetched } from './content.ts';
import { contentList } from './content-list.ts';
import { deploymentsOf } from './deployments.ts';
import { shownVariable } from './effective.ts';
import { found, type Found } from './findings.ts';
import { itemsOf } from './items.ts';
import { methodsOf } from './methods.ts';
import { ownerOf } from './owner.ts';
import { surroundingsOf } from './points.ts';
import { addRanges, fetchTime, RESTART, wholeRange } from './rates.ts';
import { defaultMedium, startState } from './start.ts';
import { deviceSummary } from './summary.ts';
import type { Plan, PlanFinding, PlanInput, PlanMedium } from './types.ts';
import { walkSequence, type Walked } from './walk.ts';

/** The plan of a sequence on a machine. Same input, same plan; hidden values and secrets are not in it. Throws nothing. */
export function planSequence(input: PlanInput): Plan {
  const { site, sequence, facts, given = [], mediumVariables = [], inLibrary } = input;
  const { medium, why } = input.medium ? { medium: input.medium, why: 'asked for' } : defaultMedium(sequence, facts);
  const owner = ownerOf(site, facts);
  const boot = bootImageOf(site, sequence, facts);
  const winPE = {
    ...(boot.object ? { architecture: boot.object.value.architecture } : {}),
    ...(boot.object?.value.osVersion === undefined ? {} : { version: boot.object.value.osVersion }),
  };
  const start = (by: PlanMedium, deploymentId?: string, allFirst = false) =>
    startState({
      site,
      sequence,
      facts,
      owner,
      medium: by,
      bootImageId: boot.object?.id,
      deploymentId,
      cached: by === 'prestaged' || allFirst,
      mediumVariables: by === 'client' ? [] : mediumVariables,
      given,
    });
  const walk = (by: PlanMedium, first = start(by).state): Walked =>
    walkSequence({ site, sequence, facts, medium: by, first, winPE });

  const deployments = deploymentsOf(site, sequence, owner, medium, start(medium).state.variables);
  const chosen = deployments.find(({ planned }) => planned.offered);
  const allFirst = medium === 'client' && chosen?.object.value.content?.option === 'allFirst';
  const first = start(medium, chosen?.planned.id, allFirst);
  const walked = walk(medium, first.state);
  const surroundings = surroundingsOf(site, facts);
  const options = chosen?.object.value.content;
  const allowed = chosen && {
    remote: options?.remotePoints === true,
    fallback: options?.defaultBoundaryGroup === true,
  };
  const kept = new Map<ContentObject, Fetched>();
  const fetched = (object: ContentObject): Fetched => {
    const known = kept.get(object) ?? fetchOf(object, { site, medium, surroundings, allowed, inLibrary });
    kept.set(object, known);
    return known;
  };
  const { items, findings: ofItems, unknownConditions, failsAt } = itemsOf(walked, fetched);

  const needsBootImage = medium !== 'client';
  const bootFetch = boot.object ? bootImageUse(boot.object, medium, walked) : undefined;
  const ofRun: Found[] = [
    ...(sequence.value.enabled === false
      ? [
          found(
            'error',
            planCode.PLAN_DISABLED,
            'the sequence is disabled: it may be deployed, and runs on no computer',
          ),
        ]
      : []),
    ...owner.findings,
    ...(medium === 'stand-alone' || chosen ? [] : [notDeployed(deployments.length)]),
    // A run from Windows needs it only where it restarts into Windows PE.
    ...(needsBootImage || bootFetch ? boot.findings : []),
    ...(bootFetch ? fetched(bootFetch.object).findings : []),
    ...affinityFindings(site, medium, first.state),
    ...first.findings,
  ];
  const findings = [...ofRun.map((each): PlanFinding => ({ ...each, place: null, step: null })), ...ofItems];
  const count = (severity: PlanFinding['severity']): number =>
    findings.filter((each) => each.severity === severity).length;
  const { content, sums } = contentList({ site, facts, walked, fetched, bootImage: bootFetch });
  const stops = failsAt !== null || ofRun.some(({ severity }) => severity === 'error');
  const doubts = unknownConditions > 0 || count('warning') > 0 || count('error') > 0;
  const restarts = items.filter(
    ({ restart, decision }) => restart !== null && restart !== 'shut down' && decision !== 'skipped',
  );
  const surely = restarts.filter(({ decision }) => decision === 'runs').length;
  const { softwareCenter } = sequence.value;
  const bootTime =
    needsBootImage && bootFetch ? [fetchTime(bytesOf(bootFetch.object) ?? 0, fetched(bootFetch.object).from)] : [];
  const times = items.flatMap(({ seconds, decision }) =>
    seconds ? [{ least: decision === 'runs' ? seconds.least : 0, most: seconds.most }] : [],
  );
  return {
    sequence: {
      id: sequence.id ?? '',
      name: sequence.name,
      enabled: sequence.value.enabled !== false,
      highImpact: highImpact(input),
    },
    device: {
      name: facts.name ?? owner.device?.name ?? 'a device without name',
      identity: owner.identity,
      collections: owner.collections.map(({ name }) => name),
      summary: deviceSummary(facts, surroundings.why),
    },
    start: { medium, why, environment: first.state.environment, bootImage: boot.object?.name ?? null },
    result: {
      verdict: stops ? 'would fail' : doubts ? 'may fail' : 'would succeed',
      failsAt,
      errors: count('error'),
      warnings: count('warning'),
    },
    deployments: deployments.map(({ planned }) => planned),
    findings,
    items,
    unknownConditions,
    variables: sortedVariables(first.state.variables)
      .filter((variable) => stateOf(variable).state !== 'missing')
      .map((variable) => shownVariable(variable)),
    content,
    sums,
    restarts: { least: surely, most: restarts.length },
    seconds: wholeRange(addRanges([...times, ...(needsBootImage ? [RESTART] : []), ...bootTime])),
    softwareCenter: {
      downloadMegabytes: softwareCenter?.downloadSize ?? null,
      minutes: softwareCenter?.runTime ?? null,
    },
    methods: methodsOf({
      site,
      sequence,
      facts,
      owner,
      startOf: (by) => start(by).state,
      failsAt: (by) => (by === medium ? failsAt : itemsOf(walk(by), fetched).failsAt),
    }),
  };
}

/** HI-02: by its mark, or by what a step does, child sequences included. */
function highImpact({ site, sequence }: PlanInput): string | null {
  const [first] = highImpactSteps(site, sequence);
  if (first) {
    const where = first.sequence === sequence ? '' : ` in ${JSON.stringify(first.sequence.name)}`;
    return `its step ${JSON.stringify(first.step.name)}${where} applies or upgrades a system, partitions a disk or runs Sysprep`;
  }
  return sequence.value.highImpact?.marked === true ? 'it is marked so' : null;
}

function notDeployed(count: number): Found {
  const message =
    count === 0
      ? 'the sequence is not deployed: nothing offers it to this device'
      : 'no deployment of the sequence is offered to this device in this way; the list of deployments says why';
  return found('warning', planCode.PLAN_NOT_DEPLOYED, message);
}

/** Started in Windows PE the boot image comes first; a run from Windows fetches it for its first restart into Windows PE. */
function bootImageUse(object: SiteObject<'bootImage'>, medium: PlanMedium, { visits, steps }: Walked) {
  if (medium !== 'client') return { object, surely: true, usedBy: 'start' };
  const visit = visits.find(
    ({ path, decision }) =>
      (decision === 'runs' || decision === 'may run') && steps.get(showPath(path))?.restart === 'Windows PE',
  );
  return visit && { object, surely: visit.decision === 'runs', usedBy: showPath(visit.path) };
}
