/** The step type Request State Store. */
import type { StepType } from '../types.ts';
import { configmgr } from './configmgr.ts';
import { definition } from './definition.ts';

export const requestStateStore: StepType = { definition, configmgr };
