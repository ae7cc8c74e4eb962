/** The step type Restart Computer. */
import type { StepType } from '../types.ts';
import { configmgr } from './configmgr.ts';
import { definition } from './definition.ts';

export const restartComputer: StepType = { definition, configmgr };
