/** What the engine sets before the first step, as far as facts and the way of starting tell (configmgr-formats 6.2). */
import type { MachineFacts } from '../facts.ts';
import type { GivenVariable, VariableValue } from './run-variables.ts';

export interface RunStart {
  readonly facts: MachineFacts;
  readonly inWinPE: boolean;
  /** `_SMSTSMediaType`; undefined for a run from the installed client. */
  readonly mediaType?: 'BootMedia' | 'FullMedia' | 'PXE' | 'OEMMedia';
  readonly launchMode?: 'SMS' | 'UFD' | 'UFD+FORMAT' | 'CD' | 'DVD' | 'PXE' | 'HD';
  readonly sequence?: { readonly id: string; readonly name: string };
  readonly bootImageId?: string;
  /** None on stand-alone media. */
  readonly deploymentId?: string;
  readonly siteCode?: string;
}

/** Set at the start on every machine, to what only the machine knows. */
const ON_THE_MACHINE = [
  '_SMSTSLogPath',
  '_SMSTSMDataPath',
  '_SMSTSTimezone',
  '_SMSTSOrgName',
  '_OSDDetectedWinDir',
  '_OSDDetectedWinDrive',
];

const WITH_SITE = ['_SMSTSClientGUID', '_SMSTSMP', '_SMSTSMPPort', '_SMSTSUseSSL'];

/** For `startVariables` as `builtIn`. What was recorded on the machine (`facts.variables`) stands before what is derived. */
export function engineVariables(start: RunStart): GivenVariable[] {
  const { facts, mediaType } = start;
  const recorded = Object.entries(facts.variables ?? {});
  const names = new Set(recorded.map(([name]) => name.toUpperCase()));
  const derived: readonly (readonly [string, VariableValue | undefined])[] = [
    ['_SMSTSInWinPE', String(start.inWinPE)],
    ['_SMSTSBootUEFI', facts.firmware === undefined ? notSaid('firmware') : String(facts.firmware === 'uefi')],
    ['_TSSecureBoot', secureBoot(facts)],
    ['_SMSTSMachineName', facts.name ?? notSaid('name')],
    ['_SMSTSMediaType', mediaType],
    ['_SMSTSStandAloneMedia', mediaType === 'FullMedia' ? 'true' : undefined],
    ['_SMSTSLaunchMode', start.launchMode],
    ['_SMSTSPackageID', start.sequence?.id],
    ['_SMSTSPackageName', start.sequence?.name],
    ['_SMSTSBootImageID', start.bootImageId],
    ['_SMSTSAdvertID', start.deploymentId],
    ['_SMSTSSiteCode', start.siteCode],
    ...ON_THE_MACHINE.map((name) => [name, { unknown: 'the engine sets it on the machine' }] as const),
    ...(mediaType === 'FullMedia'
      ? []
      : WITH_SITE.map((name) => [name, { unknown: 'the engine asks the site for it' }] as const)),
  ];
  return [
    ...recorded.map(([name, value]) => ({ name, value })),
    ...derived.flatMap(([name, value]) =>
      value === undefined || names.has(name.toUpperCase()) ? [] : [{ name, value }],
    ),
  ];
}

const notSaid = (what: string): VariableValue => ({ unknown: `the facts do not say the ${what}` });

function secureBoot({ firmware, secureBoot: on }: MachineFacts): VariableValue {
  if (firmware === 'bios') return 'NA';
  return on === undefined ? notSaid('state of Secure Boot') : on ? 'Enabled' : 'Disabled';
}
