/** The step type Run Task Sequence. */
import type { StepType } from '../types.ts';
import { configmgr } from './configmgr.ts';
import { definition } from './definition.ts';

export const runTaskSequence: StepType = { definition, configmgr };
