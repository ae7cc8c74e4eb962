/** The step type Use Toolkit Package. */
import type { StepType } from '../types.ts';
import { configmgr } from './configmgr.ts';
import { definition } from './definition.ts';

export const useToolkitPackage: StepType = { definition, configmgr };
