/** The step type Install Application (MDT). */
import type { StepType } from '../types.ts';
import { configmgr } from './configmgr.ts';
import { definition } from './definition.ts';

export const installMdtApplication: StepType = { definition, configmgr };
