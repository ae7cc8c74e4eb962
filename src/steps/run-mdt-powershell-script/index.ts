/** The step type Run PowerShell Script (MDT). */
import type { StepType } from '../types.ts';
import { configmgr } from './configmgr.ts';
import { definition } from './definition.ts';

export const runMdtPowershellScript: StepType = { definition, configmgr };
