/** The step type Run Command Line (MDT). */
import type { StepType } from '../types.ts';
import { configmgr } from './configmgr.ts';
import { definition } from './definition.ts';

export const runMdtCommandLine: StepType = { definition, configmgr };
