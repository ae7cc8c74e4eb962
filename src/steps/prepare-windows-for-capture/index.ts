/** The step type Prepare Windows for Capture. */
import type { StepType } from '../types.ts';
import { configmgr } from './configmgr.ts';
import { definition } from './definition.ts';

export const prepareWindowsForCapture: StepType = { definition, configmgr };
