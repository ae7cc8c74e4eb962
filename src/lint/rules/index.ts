/** All rules, in the order of their names. */
import type { LintRule } from '../types.ts';
import { affinity } from './affinity.ts';
import { applyBeforePartition } from './apply-before-partition.ts';
import { architecture } from './architecture.ts';
import { automatic } from './automatic.ts';
import { captureInDomain } from './capture-in-domain.ts';
import { captureTarget } from './capture-target.ts';
import { captureTwice } from './capture-twice.ts';
import { childBootImage } from './child-boot-image.ts';
import { childDisabled } from './child-disabled.ts';
import { contentMissing } from './content-missing.ts';
import { downloadVariable } from './download-variable.ts';
import { driversDisabled } from './drivers-disabled.ts';
import { hardLinks } from './hard-links.ts';
import { highImpactText } from './high-impact-text.ts';
import { imageIndex } from './image-index.ts';
import { imageKind } from './image-kind.ts';
import { membershipAccount } from './membership-account.ts';
import { missingRestart } from './missing-restart.ts';
import { neverTrue } from './never-true.ts';
import { noBootImage } from './no-boot-image.ts';
import { noEffect } from './no-effect.ts';
import { noSetup } from './no-setup.ts';
import { osdNotTaken } from './osd-not-taken.ts';
import { readOnlyName } from './read-only-name.ts';
import { runIn } from './run-in.ts';
import { runTwice } from './run-twice.ts';
import { sameName } from './same-name.ts';
import { secretInText } from './secret-in-text.ts';
import { secretMissing } from './secret-missing.ts';
import { softwareNotAllowed } from './software-not-allowed.ts';
import { stateOrder } from './state-order.ts';
import { unknownStep } from './unknown-step.ts';
import { unreachable } from './unreachable.ts';
import { upgradeDialog } from './upgrade-dialog.ts';
import { upgradeKey } from './upgrade-key.ts';
import { upgradePath } from './upgrade-path.ts';
import { variableNeverSet } from './variable-never-set.ts';
import { wql } from './wql.ts';

export const RULES: readonly LintRule[] = [
  affinity,
  applyBeforePartition,
  architecture,
  automatic,
  captureInDomain,
  captureTarget,
  captureTwice,
  childBootImage,
  childDisabled,
  contentMissing,
  downloadVariable,
  driversDisabled,
  hardLinks,
  highImpactText,
  imageIndex,
  imageKind,
  membershipAccount,
  missingRestart,
  neverTrue,
  noBootImage,
  noEffect,
  noSetup,
  osdNotTaken,
  readOnlyName,
  runIn,
  runTwice,
  sameName,
  secretInText,
  secretMissing,
  softwareNotAllowed,
  stateOrder,
  unknownStep,
  unreachable,
  upgradeDialog,
  upgradeKey,
  upgradePath,
  variableNeverSet,
  wql,
];
