/** Restore User State: brings the users' files and settings back. */
import { choice, flag, reference, secret, text } from '../property.ts';
import { restoreRules } from '../rules/index.ts';
import type { StepDefinition } from '../types.ts';

export const definition: StepDefinition = {
  name: 'restore-user-state',
  type: 'SMS_TaskSequence_RestoreUserStateAction',
  title: 'Restore User State',
  wizardNames: ['Restore User Files and Settings'],
  category: 'User State',
  origin: 'configmgr',
  runIn: 'FullOS',
  successCodes: [0],
  retryCount: 0,
  properties: {
    UsmtRestorePackageID: reference('_OSDMigrateUsmtRestorePackageID', 'Package with the User State Migration Tool', [
      'package',
    ]),
    Mode: choice('OSDMigrateMode', 'Standard files, or those of ConfigFiles', ['Simple', 'Advanced'], {
      default: 'Simple',
    }),
    ConfigFiles: text('OSDMigrateConfigFiles', 'Configuration files, for Advanced', { max: 32_000 }),
    ContinueOnRestore: flag('OSDMigrateContinueOnRestore', 'Go on when files cannot be restored', { default: true }),
    EnableVerboseLogging: flag('OSDMigrateEnableVerboseLogging', 'Log everything', { default: false }),
    LocalAccounts: flag('OSDMigrateLocalAccounts', 'Restore local accounts', { default: false }),
    LocalAccountPassword: secret('OSDMigrateLocalAccountPassword', 'Password that they get'),
  },
  steeredBy: ['OSDMigrateAdditionalRestoreOptions', 'OSDStateStorePath'],
  sets: [],
  effects: ['restores-state'],
  cancel: 'stop',
  check: restoreRules,
};
