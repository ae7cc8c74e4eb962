/** The step type Capture Network Settings. */
import type { StepType } from '../types.ts';
import { configmgr } from './configmgr.ts';
import { definition } from './definition.ts';

export const captureNetworkSettings: StepType = { definition, configmgr };
