/** The step type Apply Operating System Image. */
import type { StepType } from '../types.ts';
import { configmgr } from './configmgr.ts';
import { definition } from './definition.ts';

export const applyOperatingSystemImage: StepType = { definition, configmgr };
