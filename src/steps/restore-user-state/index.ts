/** The step type Restore User State. */
import type { StepType } from '../types.ts';
import { configmgr } from './configmgr.ts';
import { definition } from './definition.ts';

export const restoreUserState: StepType = { definition, configmgr };
