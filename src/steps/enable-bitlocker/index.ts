/** The step type Enable BitLocker. */
import type { StepType } from '../types.ts';
import { configmgr } from './configmgr.ts';
import { definition } from './definition.ts';

export const enableBitlocker: StepType = { definition, configmgr };
