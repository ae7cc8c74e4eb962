/** The step type Install Deployment Tools. */
import type { StepType } from '../types.ts';
import { configmgr } from './configmgr.ts';
import { definition } from './definition.ts';

export const installDeploymentTools: StepType = { definition, configmgr };
