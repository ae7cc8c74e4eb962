/** The step type Run Command Line. */
import type { StepType } from '../types.ts';
import { configmgr } from './configmgr.ts';
import { definition } from './definition.ts';

export const runCommandLine: StepType = { definition, configmgr };
