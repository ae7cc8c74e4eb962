/** How the run starts: medium, environment, first variables (VAR-02, VAR-06, VAR-10, VAR-20). */
import { isPasswordVariable, type Site, siteVariables, type SiteObject } from '../model/index.ts';
import { engineVariables, type GivenVariable, type MachineFacts, startVariables } from '../sequence/index.ts';
import { planCode } from './codes.ts';
import { found, type Found } from './findings.ts';
import type { Owner } from './owner.ts';
import type { RunState } from './state.ts';
import type { PlanMedium } from './types.ts';

export const MEDIUM_NAMES: Readonly<Record<PlanMedium, string>> = {
  client: 'Software Center',
  pxe: 'PXE',
  bootable: 'bootable media',
  'stand-alone': 'stand-alone media',
  prestaged: 'prestaged media',
};

const ENGINE: Readonly<Record<PlanMedium, Pick<Parameters<typeof engineVariables>[0], 'mediaType' | 'launchMode'>>> = {
  client: { launchMode: 'SMS' },
  pxe: { mediaType: 'PXE', launchMode: 'PXE' },
  bootable: { mediaType: 'BootMedia', launchMode: 'CD' },
  'stand-alone': { mediaType: 'FullMedia', launchMode: 'CD' },
  prestaged: { mediaType: 'OEMMedia', launchMode: 'HD' },
};

/** The folder that the variable names where content was cached; the real one is known on the machine alone. */
export const CACHE_FOLDER = 'C:\\_SMSTaskSequence\\Packages';

/** What fits sequence and device where nobody says how the run starts. */
export function defaultMedium(
  sequence: SiteObject<'taskSequence'>,
  { runningSystem }: MachineFacts,
): { readonly medium: PlanMedium; readonly why: string } {
  const runs = runningSystem !== undefined && runningSystem !== null && runningSystem.winPE !== true;
  if (sequence.value.bootImage === undefined) {
    return { medium: 'client', why: 'the sequence has no boot image' };
  }
  if (runs) return { medium: 'client', why: 'the facts were recorded under a running Windows' };
  const why =
    runningSystem === undefined
      ? 'the facts do not say whether a Windows runs'
      : runningSystem === null
        ? 'no Windows is on the device'
        : 'the facts were recorded under Windows PE';
  return { medium: 'pxe', why };
}

export interface StartInput {
  readonly site: Site;
  readonly sequence: SiteObject<'taskSequence'>;
  readonly facts: MachineFacts;
  readonly owner: Owner;
  readonly medium: PlanMedium;
  readonly bootImageId: string | undefined;
  readonly deploymentId: string | undefined;
  readonly cached: boolean;
  readonly mediumVariables: readonly GivenVariable[];
  readonly given: readonly GivenVariable[];
}

/** The state before the first step, and what is wrong with the variables. */
export function startState(input: StartInput): { readonly state: RunState; readonly findings: readonly Found[] } {
  const { site, sequence, facts, owner, medium, bootImageId, deploymentId, cached } = input;
  const inWinPE = medium !== 'client';
  const standAlone = medium === 'stand-alone';
  const { device, known, collections } = owner;
  const builtIn = withoutPasswords(
    engineVariables({
      facts: withoutOldRun(facts),
      inWinPE,
      ...ENGINE[medium],
      sequence: { id: sequence.id ?? '', name: sequence.name },
      siteCode: site.settings.siteCode,
      ...(bootImageId === undefined ? {} : { bootImageId }),
      ...(deploymentId === undefined || standAlone ? {} : { deploymentId }),
    }),
  );
  const { variables, problems } = startVariables({
    builtIn: cached ? [...builtIn, { name: '_SMSTSClientCache', value: CACHE_FOLDER }] : builtIn,
    site: withoutPasswords(siteVariables(site.settings.variables)),
    collections: collections.map(({ id, name, value }) => ({
      id: id ?? name,
      name,
      ...(value.variablePriority === undefined ? {} : { priority: value.variablePriority }),
      variables: withoutPasswords(siteVariables(value.variables)),
    })),
    // Unknown computers have no record, and so no variables of their own (VAR-10).
    ...(device && known
      ? { device: { name: device.name, variables: withoutPasswords(siteVariables(device.value.variables)) } }
      : {}),
    ...(inWinPE
      ? { medium: { name: MEDIUM_NAMES[medium], standAlone, variables: withoutPasswords(input.mediumVariables) } }
      : {}),
    given: withoutPasswords(input.given),
  });
  const { runningSystem } = facts;
  const recordedInPE = runningSystem?.winPE === true;
  const state: RunState = {
    variables,
    environment: inWinPE ? 'WinPE' : 'FullOS',
    machine: facts,
    system: {
      kind: runningSystem === null ? 'none' : runningSystem === undefined || recordedInPE ? 'unknown' : 'found',
    },
    disks: new Map(),
    localState: undefined,
    gathered: sequence.value.form === 'mdt' ? "MDT's start" : undefined,
  };
  const findings = problems.map(({ severity, message, hint }) =>
    found(severity, planCode.PLAN_VARIABLE, message, hint),
  );
  return { state, findings };
}

/** What is a password by its name is hidden, whoever wrote it in plain text. */
function withoutPasswords(variables: readonly GivenVariable[]): GivenVariable[] {
  return variables.map((each) => (isPasswordVariable(each.name) ? { ...each, hidden: true } : each));
}

/** What a recording has of the run that it was made in says nothing of this one. */
const OF_A_RUN =
  /^_SMSTS(InWinPE|MediaType|StandAloneMedia|LaunchMode|PackageID|PackageName|BootImageID|AdvertID|ClientCache|CurrentActionName|LastAction\w+)$/i;

function withoutOldRun(facts: MachineFacts): MachineFacts {
  const { variables, ...rest } = facts;
  if (variables === undefined) return facts;
  return { ...rest, variables: Object.fromEntries(Object.entries(variables).filter(([name]) => !OF_A_RUN.test(name))) };
}
