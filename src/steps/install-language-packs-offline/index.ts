/** The step type Install Language Packs Offline. */
import type { StepType } from '../types.ts';
import { configmgr } from './configmgr.ts';
import { definition } from './definition.ts';

export const installLanguagePacksOffline: StepType = { definition, configmgr };
