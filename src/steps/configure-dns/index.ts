/** The step type Configure DNS. */
import type { StepType } from '../types.ts';
import { configmgr } from './configmgr.ts';
import { definition } from './definition.ts';

export const configureDns: StepType = { definition, configmgr };
