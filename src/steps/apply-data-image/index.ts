/** The step type Apply Data Image. */
import type { StepType } from '../types.ts';
import { configmgr } from './configmgr.ts';
import { definition } from './definition.ts';

export const applyDataImage: StepType = { definition, configmgr };
