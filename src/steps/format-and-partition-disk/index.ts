/** The step type Format and Partition Disk. */
import type { StepType } from '../types.ts';
import { configmgr } from './configmgr.ts';
import { definition } from './definition.ts';

export const formatAndPartitionDisk: StepType = { definition, configmgr };
