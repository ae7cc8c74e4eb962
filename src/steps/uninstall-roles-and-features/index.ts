/** The step type Uninstall Roles and Features. */
import type { StepType } from '../types.ts';
import { configmgr } from './configmgr.ts';
import { definition } from './definition.ts';

export const uninstallRolesAndFeatures: StepType = { definition, configmgr };
