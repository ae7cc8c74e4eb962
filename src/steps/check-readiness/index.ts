/** The step type Check Readiness. */
import type { StepType } from '../types.ts';
import { configmgr } from './configmgr.ts';
import { definition } from './definition.ts';

export const checkReadiness: StepType = { definition, configmgr };
