/** The step type Install Roles and Features. */
import type { StepType } from '../types.ts';
import { configmgr } from './configmgr.ts';
import { definition } from './definition.ts';

export const installRolesAndFeatures: StepType = { definition, configmgr };
