/** The step type Setup Windows and ConfigMgr. */
import type { StepType } from '../types.ts';
import { configmgr } from './configmgr.ts';
import { definition } from './definition.ts';

export const setupWindowsAndConfigmgr: StepType = { definition, configmgr };
