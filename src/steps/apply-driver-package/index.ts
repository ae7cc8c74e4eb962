/** The step type Apply Driver Package. */
import type { StepType } from '../types.ts';
import { configmgr } from './configmgr.ts';
import { definition } from './definition.ts';

export const applyDriverPackage: StepType = { definition, configmgr };
