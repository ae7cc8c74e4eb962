/** The step type Auto Apply Drivers. */
import type { StepType } from '../types.ts';
import { configmgr } from './configmgr.ts';
import { definition } from './definition.ts';

export const autoApplyDrivers: StepType = { definition, configmgr };
