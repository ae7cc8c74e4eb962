/** The step type Configure DHCP. */
import type { StepType } from '../types.ts';
import { configmgr } from './configmgr.ts';
import { definition } from './definition.ts';

export const configureDhcp: StepType = { definition, configmgr };
