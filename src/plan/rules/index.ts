/** All rules about single steps, in the order in which their findings are told. */
import { imageRule } from './architecture.ts';
import { layoutRule, partitionRule } from './disks.ts';
import { environmentRule, restartRule } from './environment.ts';
import { appliedBeforeRule, appliedTwiceRule, sysprepRule } from './order.ts';
import { exitRule } from './exit.ts';
import { readinessRule } from './readiness.ts';
import { secretRule } from './secrets.ts';
import { standAloneRule } from './stand-alone.ts';
import { clientRule, missingVariableRule, propertyRule, unknownTypeRule } from './step-itself.ts';
import type { StepRule } from './types.ts';
import { upgradeRule } from './upgrade.ts';

export { ENVIRONMENT_NAMES, neededEnvironment } from './environment.ts';
export { RUNS_ON } from './architecture.ts';
export type { StepContext, StepRule } from './types.ts';

export const STEP_RULES: readonly StepRule[] = [
  unknownTypeRule,
  propertyRule,
  environmentRule,
  restartRule,
  appliedBeforeRule,
  appliedTwiceRule,
  sysprepRule,
  partitionRule,
  layoutRule,
  imageRule,
  upgradeRule,
  readinessRule,
  exitRule,
  secretRule,
  standAloneRule,
  missingVariableRule,
  clientRule,
];
