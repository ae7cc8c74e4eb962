/** The step type Install Operating System. */
import type { StepType } from '../types.ts';
import { configmgr } from './configmgr.ts';
import { definition } from './definition.ts';

export const installOperatingSystem: StepType = { definition, configmgr };
