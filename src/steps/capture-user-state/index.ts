/** The step type Capture User State. */
import type { StepType } from '../types.ts';
import { configmgr } from './configmgr.ts';
import { definition } from './definition.ts';

export const captureUserState: StepType = { definition, configmgr };
