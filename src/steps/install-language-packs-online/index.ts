/** The step type Install Language Packs Online. */
import type { StepType } from '../types.ts';
import { configmgr } from './configmgr.ts';
import { definition } from './definition.ts';

export const installLanguagePacksOnline: StepType = { definition, configmgr };
