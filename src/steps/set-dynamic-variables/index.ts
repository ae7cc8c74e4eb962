/** The step type Set Dynamic Variables. */
import type { StepType } from '../types.ts';
import { configmgr } from './configmgr.ts';
import { definition } from './definition.ts';

export const setDynamicVariables: StepType = { definition, configmgr };
