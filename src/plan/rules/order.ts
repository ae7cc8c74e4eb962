/** Steps that miss the work of another: settings, drivers and set-up without an applied system; Sysprep in a domain (TPL-88). */
import { showPath } from '../../sequence/index.ts';
import { planCode } from '../codes.ts';
import { found } from '../findings.ts';
import type { StepRule } from './types.ts';

/** They write into the Windows that was applied before. */
const INTO_APPLIED: readonly string[] = [
  'apply-windows-settings',
  'apply-network-settings',
  'auto-apply-drivers',
  'apply-driver-package',
  'install-language-packs-offline',
  'install-updates-offline',
];

export const appliedBeforeRule: StepRule = ({ step, state }) => {
  const setsUp = step.type === 'setup-windows-and-configmgr' && state.environment === 'WinPE';
  if (!setsUp && !INTO_APPLIED.includes(step.type)) return [];
  if (state.environment !== 'WinPE' || state.system.kind === 'applied' || state.system.kind === 'unknown') {
    return [];
  }
  const message =
    state.system.kind === 'none'
      ? 'it works on the applied system, and no step before it applies one'
      : 'it works on the applied system, and no step before it applies one: it would meet the old Windows';
  return [found('error', planCode.PLAN_ORDER, message)];
};

export const appliedTwiceRule: StepRule = ({ step, state, nameOf }) => {
  const { system } = state;
  if (step.type !== 'apply-operating-system-image' || system.kind !== 'applied') return [];
  const message = `step ${showPath(system.by)} ${JSON.stringify(nameOf(system.by))} has applied a system before: it would be replaced`;
  return [found('warning', planCode.PLAN_ORDER, message)];
};

export const sysprepRule: StepRule = ({ step, state }) => {
  const { domain } = state.machine;
  if (step.type !== 'prepare-windows-for-capture' || state.environment !== 'FullOS') return [];
  if (domain === undefined || domain === null) return [];
  const message = `Sysprep cannot complete on a member of a domain, and the device is in ${domain}`;
  return [found('error', planCode.PLAN_ORDER, message, 'Join a workgroup before it.')];
};
