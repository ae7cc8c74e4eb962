/** The step type Install Updates Offline. */
import type { StepType } from '../types.ts';
import { configmgr } from './configmgr.ts';
import { definition } from './definition.ts';

export const installUpdatesOffline: StepType = { definition, configmgr };
