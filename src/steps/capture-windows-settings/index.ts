/** The step type Capture Windows Settings. */
import type { StepType } from '../types.ts';
import { configmgr } from './configmgr.ts';
import { definition } from './definition.ts';

export const captureWindowsSettings: StepType = { definition, configmgr };
