/** The step type Execute Runbook. */
import type { StepType } from '../types.ts';
import { configmgr } from './configmgr.ts';
import { definition } from './definition.ts';

export const executeRunbook: StepType = { definition, configmgr };
