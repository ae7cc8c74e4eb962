/** The step type Join Domain or Workgroup. */
import type { StepType } from '../types.ts';
import { configmgr } from './configmgr.ts';
import { definition } from './definition.ts';

export const joinDomainOrWorkgroup: StepType = { definition, configmgr };
