/** The step type Install Application. */
import type { StepType } from '../types.ts';
import { configmgr } from './configmgr.ts';
import { definition } from './definition.ts';

export const installApplication: StepType = { definition, configmgr };
