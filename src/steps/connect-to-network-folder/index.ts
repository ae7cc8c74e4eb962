/** The step type Connect To Network Folder. */
import type { StepType } from '../types.ts';
import { configmgr } from './configmgr.ts';
import { definition } from './definition.ts';

export const connectToNetworkFolder: StepType = { definition, configmgr };
