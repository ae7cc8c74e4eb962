/** All rules over a whole site, in the order in which a reader would ask them. */
import { checkAffinity } from './affinity.ts';
import { checkAssociations } from './associations.ts';
import { checkCollections } from './collections.ts';
import { checkCycles } from './cycles.ts';
import { checkDeploymentContent } from './deployment-content.ts';
import { checkDeploymentSettings } from './deployment-settings.ts';
import { checkDeploymentTargets } from './deployment-target.ts';
import { checkDevices } from './devices.ts';
import { checkHighImpact } from './high-impact.ts';
import { checkIds } from './ids.ts';
import { checkPxe } from './pxe.ts';
import { checkReferences } from './references.ts';
import { checkScheduleForms } from './schedules.ts';
import { checkSecrets } from './secrets.ts';
import { checkSettings } from './settings.ts';
import type { Check } from './types.ts';
import { checkVariables } from './variables.ts';

export const CHECKS: readonly Check[] = [
  checkIds,
  checkReferences,
  checkCycles,
  checkSettings,
  checkDevices,
  checkVariables,
  checkSecrets,
  checkCollections,
  checkHighImpact,
  checkScheduleForms,
  checkAssociations,
  checkAffinity,
  checkPxe,
  checkDeploymentTargets,
  checkDeploymentSettings,
  checkDeploymentContent,
];
