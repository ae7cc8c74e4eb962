/** The step type Release State Store. */
import type { StepType } from '../types.ts';
import { configmgr } from './configmgr.ts';
import { definition } from './definition.ts';

export const releaseStateStore: StepType = { definition, configmgr };
