/** The step type Apply Windows Settings. */
import type { StepType } from '../types.ts';
import { configmgr } from './configmgr.ts';
import { definition } from './definition.ts';

export const applyWindowsSettings: StepType = { definition, configmgr };
