/** The step type Validate. */
import type { StepType } from '../types.ts';
import { configmgr } from './configmgr.ts';
import { definition } from './definition.ts';

export const validate: StepType = { definition, configmgr };
