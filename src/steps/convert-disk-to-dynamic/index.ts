/** The step type Convert Disk to Dynamic. */
import type { StepType } from '../types.ts';
import { configmgr } from './configmgr.ts';
import { definition } from './definition.ts';

export const convertDiskToDynamic: StepType = { definition, configmgr };
