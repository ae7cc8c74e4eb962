/** Where a step runs: Windows PE or the full operating system; and whether a restart leads anywhere. */
import { isStepType, stepType } from '../../steps/index.ts';
import { planCode } from '../codes.ts';
import { found, type Found } from '../findings.ts';
import { restartOf } from '../step-effects.ts';
import type { Environment } from '../types.ts';
import type { StepRule } from './types.ts';

export const ENVIRONMENT_NAMES: Readonly<Record<Environment, string>> = {
  WinPE: 'Windows PE',
  FullOS: 'the full operating system',
  unknown: 'an environment that is not known',
};

/** The one environment that a step needs: of its type, or as it says itself; undefined: any. */
export function neededEnvironment(step: { readonly type: string; readonly runIn?: string }): Environment | undefined {
  const ofType = isStepType(step.type) ? stepType(step.type).definition.runIn : 'WinPEandFullOS';
  const needed = ofType === 'WinPEandFullOS' ? step.runIn : ofType;
  return needed === 'WinPE' || needed === 'FullOS' ? needed : undefined;
}

/** A capture of user state off-line reads the old Windows from Windows PE; captures otherwise need it running. */
export const environmentRule: StepRule = ({ step, state }) => {
  const needed = neededEnvironment(step);
  if (needed === undefined || needed === state.environment) return [];
  const wanted = ENVIRONMENT_NAMES[needed];
  if (state.environment === 'unknown') {
    const message = `it runs in ${wanted} alone, and whether the run is there is not known: that depends on earlier steps that may run`;
    return [found('warning', planCode.PLAN_ENVIRONMENT, message)];
  }
  const message = `it runs in ${wanted} alone, and the run is in ${ENVIRONMENT_NAMES[state.environment]}`;
  return [found('error', planCode.PLAN_ENVIRONMENT, message)];
};

export const restartRule: StepRule = ({ step, state, site, sequence }) => {
  const restart = restartOf(step, state);
  const findings: Found[] = [];
  if (restart === 'Windows PE') {
    const { bootImage } = sequence.value;
    if (bootImage === undefined || !site.find('bootImage', bootImage)) {
      findings.push(
        found(
          'error',
          planCode.PLAN_BOOT_IMAGE,
          'it restarts into Windows PE, and the sequence has no boot image of the site',
        ),
      );
    }
  }
  const elsewhere = step.type === 'setup-windows-and-configmgr';
  if (
    restart === 'the installed Windows' &&
    !elsewhere &&
    state.environment === 'WinPE' &&
    state.system.kind === 'none'
  ) {
    findings.push(
      found('error', planCode.PLAN_ORDER, 'it restarts into the installed Windows, and none is on the disk'),
    );
  }
  if (
    step.type === 'restart-computer' &&
    restart === 'the installed Windows' &&
    state.system.kind === 'applied' &&
    !state.system.ready
  ) {
    const message =
      'it restarts into a Windows that was applied and not set up: the run does not go on there without Setup Windows and ConfigMgr';
    findings.push(found('error', planCode.PLAN_ORDER, message));
  }
  return findings;
};
