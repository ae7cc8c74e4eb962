import type { Problem, Wim } from './types.ts';

/** Why Microsoft's boot manager would refuse this WIM (boot-chain 3); empty when it boots. */
export function bootability(_wim: Wim): readonly Problem[] {
  return [];
}
