/** The step type Set Task Sequence Variable. */
import type { StepType } from '../types.ts';
import { configmgr } from './configmgr.ts';
import { definition } from './definition.ts';

export const setTaskSequenceVariable: StepType = { definition, configmgr };
