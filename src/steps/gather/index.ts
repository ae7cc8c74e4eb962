/** The step type Gather. */
import type { StepType } from '../types.ts';
import { configmgr } from './configmgr.ts';
import { definition } from './definition.ts';

export const gather: StepType = { definition, configmgr };
