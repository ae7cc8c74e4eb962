/** Upgrade Operating System: upgrades the running Windows in place. */
import { flag, integer, openChoice, reference, text } from '../property.ts';
import { PRODUCT_KEY } from '../limits.ts';
import { upgradeRules } from '../rules/index.ts';
import type { StepDefinition } from '../types.ts';

export const definition: StepDefinition = {
  name: 'upgrade-operating-system',
  type: 'SMS_TaskSequence_UpgradeOperatingSystemAction',
  title: 'Upgrade Operating System',
  wizardNames: [],
  category: 'Images',
  origin: 'configmgr',
  runIn: 'FullOS',
  successCodes: [0],
  retryCount: 0,
  properties: {
    InstallPackageID: reference('OSDUpgradeInstallPackageID', 'The upgrade package', ['upgradePackage']),
    InstallPath: text('OSDUpgradeInstallPath', 'Folder with the installation files, in place of a package', {
      max: 255,
    }),
    InstallEditionIndex: integer('OSDUpgradeInstallEditionIndex', 'Edition in the package', 0, 2_147_483_647),
    FeatureUpdateAssignmentId: text(
      'OSDFeatureUpdateAssignmentID',
      'Deployment of a feature update, in place of a package',
      { max: 255 },
    ),
    FeatureUpdateName: text('OSDUpgradeFeatureUpdateName', 'Name of the feature update', { max: 255 }),
    OsProductKey: text('OSDUpgradeOsProductKey', 'Product key', PRODUCT_KEY, { secret: 'quasi' }),
    DriverPackageID: reference('OSDUpgradeDriverPackageID', 'Drivers for the new system', ['driverPackage']),
    StagedContent: text('OSDUpgradeStagedContent', 'Folder with drivers, in place of a package', { max: 255 }),
    SetupTimeout: integer('OSDUpgradeSetupTimeout', 'Minutes for Windows Setup', 0, 2_147_483_647),
    ScanOnly: flag('OSDUpgradeScanOnly', 'Only look whether it can be upgraded'),
    IgnoreMessages: flag('OSDUpgradeIgnoreMessages', 'Ignore compatibility messages that can be ignored'),
    DynamicUpdateSettings: openChoice('OSDUpgradeDynamicUpdateSettings', 'Updates while setup runs', [
      'Disable',
      'OverridePolicy',
    ]),
    PreserveSettings: openChoice('OSDUpgradePreserveSettings', 'What is kept', ['Upgrade']),
  },
  steeredBy: ['OSDSetupAdditionalUpgradeOptions', 'SetupCompletePause'],
  sets: ['_SMSTSOSUpgradeActionReturnCode', '_SMSTSSetupRollback'],
  effects: ['upgrades-system', 'restarts'],
  cancel: 'never',
  check: upgradeRules,
};
