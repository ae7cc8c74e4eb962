/** Public face of `media/bootable`. */
import { verifyMedium } from '../inspect/index.ts';
import type { MediaBuilder } from '../builder/index.ts';
import { planBootable } from './plan.ts';
import type { BootablePlan, BootableSpec } from './types.ts';
import { writeBootable } from './write.ts';

export { bootableCode } from './codes.ts';
export type { BootablePlan, BootableSpec, SiteFiles } from './types.ts';

/** Builds bootable media (`BootMedia`): a Windows PE that takes everything else from the network. */
export const bootableMedia: MediaBuilder<BootableSpec, BootablePlan> = {
  plan: planBootable,
  write: writeBootable,
  verify: verifyMedium,
};
