/** A step that could run nowhere: its type is not known, or its properties are wrong. */
import { checkStep, isStepType } from '../../steps/index.ts';
import { planCode } from '../codes.ts';
import { found } from '../findings.ts';
import type { StepRule } from './types.ts';

export const unknownTypeRule: StepRule = ({ original }) => {
  if (isStepType(original.type)) return [];
  const type = original.type === 'unknown' ? (original.extra?.type ?? 'no type') : original.type;
  return [found('error', planCode.PLAN_UNKNOWN_STEP, `its type ${type} is not known: unknown means stop`)];
};

/** Secrets have a rule of their own, which sees the variables, too. */
export const propertyRule: StepRule = ({ original }) => {
  if (!isStepType(original.type)) return [];
  return checkStep(original)
    .filter(({ severity, code }) => severity === 'error' && code !== 'STEP_DOMAIN_ACCOUNT')
    .map(({ message, hint }) => found('error', planCode.PLAN_STEP, message, hint));
};

export const missingVariableRule: StepRule = ({ missingVariables }) =>
  missingVariables.map((name) =>
    found('warning', planCode.PLAN_VARIABLE_MISSING, `%${name}% has no value here and stays as text`),
  );

/** TPL-29. */
export const clientRule: StepRule = ({ step, site }) => {
  if (step.type !== 'setup-windows-and-configmgr') return [];
  const named = step.with['ClientPackageID'] ?? site.settings.clientPackage;
  if (named !== undefined && named !== '') return [];
  const message = 'no client package is named: the step installs nothing but the continuation of osdkit';
  return [found('note', planCode.PLAN_CLIENT, message)];
};
