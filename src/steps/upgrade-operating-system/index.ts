/** The step type Upgrade Operating System. */
import type { StepType } from '../types.ts';
import { configmgr } from './configmgr.ts';
import { definition } from './definition.ts';

export const upgradeOperatingSystem: StepType = { definition, configmgr };
