/** The step type Configure AD DS. */
import type { StepType } from '../types.ts';
import { configmgr } from './configmgr.ts';
import { definition } from './definition.ts';

export const configureAdDs: StepType = { definition, configmgr };
