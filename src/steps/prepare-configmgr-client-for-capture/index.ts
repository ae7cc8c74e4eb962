/** The step type Prepare ConfigMgr Client for Capture. */
import type { StepType } from '../types.ts';
import { configmgr } from './configmgr.ts';
import { definition } from './definition.ts';

export const prepareConfigmgrClientForCapture: StepType = { definition, configmgr };
