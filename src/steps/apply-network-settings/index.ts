/** The step type Apply Network Settings. */
import type { StepType } from '../types.ts';
import { configmgr } from './configmgr.ts';
import { definition } from './definition.ts';

export const applyNetworkSettings: StepType = { definition, configmgr };
