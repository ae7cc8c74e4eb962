/** Check Readiness, decided from facts: each check that would fail, all at once (ENG-33). */
import { evaluate, type MachineFacts } from '../../sequence/index.ts';
import { planCode } from '../codes.ts';
import { found } from '../findings.ts';
import { isOn } from '../flag.ts';
import type { StepRule } from './types.ts';

interface Check {
  readonly on: string;
  /** Undefined: the facts do not say; text: why it fails. */
  readonly fault: (facts: MachineFacts, wanted: (property: string) => number) => string | false | undefined;
}

const less = (what: string, unit: string, have: number | undefined, wanted: number): string | false | undefined =>
  have === undefined ? undefined : have < wanted && `${what} is ${have} ${unit}, at least ${wanted} are asked for`;

const CHECKS: readonly Check[] = [
  { on: 'CheckMemory', fault: ({ memory }, wanted) => less('memory', 'MB', memory, wanted('Memory')) },
  {
    on: 'CheckProcessorSpeed',
    fault: ({ processor }, wanted) => less('processor speed', 'MHz', processor?.speed, wanted('ProcessorSpeed')),
  },
  {
    on: 'CheckFreeDiskSpace',
    fault: ({ runningSystem }, wanted) => {
      const free = runningSystem?.freeSpace;
      return less(
        'free space',
        'MB',
        free === undefined ? undefined : Math.floor(free / 2 ** 20),
        wanted('FreeDiskSpace'),
      );
    },
  },
  {
    on: 'CheckPowerState',
    fault: ({ batteries }) => {
      if (batteries === undefined) return undefined;
      return batteries.some(({ status }) => status === 1) && 'the device runs on battery';
    },
  },
  {
    on: 'CheckNetworkConnected',
    fault: ({ networkAdapters }) => {
      if (networkAdapters === undefined) return undefined;
      return !networkAdapters.some(({ netConnectionStatus }) => netConnectionStatus === 2) && 'no network is connected';
    },
  },
  {
    on: 'CheckNetworkWired',
    fault: ({ networkAdapters }) => {
      if (networkAdapters === undefined) return undefined;
      const wired = networkAdapters.some(
        ({ netConnectionStatus, wireless }) => netConnectionStatus === 2 && wireless === false,
      );
      return !wired && 'no wired network is connected';
    },
  },
  { on: 'CheckDeviceUEFI', fault: ({ firmware }) => firmware && firmware !== 'uefi' && 'the firmware is not UEFI' },
  {
    on: 'CheckTPMEnabled',
    fault: ({ tpm }) => (tpm === null ? 'there is no TPM' : tpm?.enabled === false && 'the TPM is not enabled'),
  },
  {
    on: 'CheckTPMActivated',
    fault: ({ tpm }) => (tpm === null ? 'there is no TPM' : tpm?.activated === false && 'the TPM is not activated'),
  },
];

export const readinessRule: StepRule = ({ step, state }) => {
  if (step.type !== 'check-readiness') return [];
  const facts = state.machine;
  const wanted = (property: string): number => Number(step.with[property] ?? 0);
  const faults = CHECKS.flatMap(({ on, fault }) => {
    const why = isOn(step.with[on]) ? fault(facts, wanted) : false;
    return typeof why === 'string' ? [why] : [];
  });
  const { OSType: kind } = step.with;
  const productType = facts.runningSystem?.productType;
  if (isOn(step.with['CheckOSType']) && productType !== undefined && (kind === 'SERVER') === (productType === 1)) {
    faults.push(`the running Windows is a ${productType === 1 ? 'client' : 'server'} system`);
  }
  for (const [on, property, operator, words] of VERSIONS) {
    const value = step.with[property];
    if (!isOn(step.with[on]) || typeof value !== 'string') continue;
    const version = facts.runningSystem?.version;
    // Versions compare as those of files do.
    const { verdict } = evaluate(
      { kind: 'file', path: 'x', version: { operator, value } },
      { facts: version === undefined ? {} : { files: { x: { version } } }, variable: () => ({ state: 'missing' }) },
    );
    if (verdict === false) faults.push(`the running Windows is ${version ?? ''}, ${words} ${value} is asked for`);
  }
  if (faults.length === 0) return [];
  return [
    found(
      'error',
      planCode.PLAN_STEP,
      `the device is not ready: ${faults.join('; ')}`,
      'Make the device ready, or change the checks.',
    ),
  ];
};

const VERSIONS = [
  ['CheckMinOSVersion', 'MinOSVersion', 'greaterEqual', 'at least'],
  ['CheckMaxOSVersion', 'MaxOSVersion', 'lessEqual', 'at most'],
] as const;
