/** The step type Run PowerShell Script. */
import type { StepType } from '../types.ts';
import { configmgr } from './configmgr.ts';
import { definition } from './definition.ts';

export const runPowershellScript: StepType = { definition, configmgr };
