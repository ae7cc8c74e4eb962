/** The step type Disable BitLocker. */
import type { StepType } from '../types.ts';
import { configmgr } from './configmgr.ts';
import { definition } from './definition.ts';

export const disableBitlocker: StepType = { definition, configmgr };
