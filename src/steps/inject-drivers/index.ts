/** The step type Inject Drivers. */
import type { StepType } from '../types.ts';
import { configmgr } from './configmgr.ts';
import { definition } from './definition.ts';

export const injectDrivers: StepType = { definition, configmgr };
