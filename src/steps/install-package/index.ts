/** The step type Install Package. */
import type { StepType } from '../types.ts';
import { configmgr } from './configmgr.ts';
import { definition } from './definition.ts';

export const installPackage: StepType = { definition, configmgr };
