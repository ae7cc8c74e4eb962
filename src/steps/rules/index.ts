/** Rules over several properties of one step. */
export { joinRules, networkRules, runAsUserRule } from './account.ts';
export { destinationRule } from './destination.ts';
export {
  bitLockerRules,
  migrationModeRule,
  partitionRules,
  readinessRule,
  restoreRules,
  variableNameRule,
} from './machine.ts';
export { applicationRules, downloadRules, packageRules, powerShellRules } from './software.ts';
export { applySystemRules, upgradeRules, windowsSettingsRules } from './system.ts';
