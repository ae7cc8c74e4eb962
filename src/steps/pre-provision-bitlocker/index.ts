/** The step type Pre-provision BitLocker. */
import type { StepType } from '../types.ts';
import { configmgr } from './configmgr.ts';
import { definition } from './definition.ts';

export const preProvisionBitlocker: StepType = { definition, configmgr };
