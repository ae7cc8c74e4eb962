/** The step type Download Package Content. */
import type { StepType } from '../types.ts';
import { configmgr } from './configmgr.ts';
import { definition } from './definition.ts';

export const downloadPackageContent: StepType = { definition, configmgr };
