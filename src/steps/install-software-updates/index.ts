/** The step type Install Software Updates. */
import type { StepType } from '../types.ts';
import { configmgr } from './configmgr.ts';
import { definition } from './definition.ts';

export const installSoftwareUpdates: StepType = { definition, configmgr };
