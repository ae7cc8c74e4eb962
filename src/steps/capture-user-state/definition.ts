/** Capture User State: stores the users' files and settings. */
import { choice, flag, reference, text } from '../property.ts';
import { migrationModeRule } from '../rules/index.ts';
import type { StepDefinition } from '../types.ts';

export const definition: StepDefinition = {
  name: 'capture-user-state',
  type: 'SMS_TaskSequence_CaptureUserStateAction',
  title: 'Capture User State',
  wizardNames: ['Capture User Files and Settings'],
  category: 'User State',
  origin: 'configmgr',
  runIn: 'WinPEandFullOS',
  successCodes: [0],
  retryCount: 0,
  properties: {
    UsmtPackageID: reference('_OSDMigrateUsmtPackageID', 'Package with the User State Migration Tool', ['package']),
    Mode: choice('OSDMigrateMode', 'Standard files, or those of ConfigFiles', ['Simple', 'Advanced'], {
      default: 'Simple',
    }),
    ConfigFiles: text('OSDMigrateConfigFiles', 'Configuration files, for Advanced', { max: 32_000 }),
    ContinueOnLockedFiles: flag('OSDMigrateContinueOnLockedFiles', 'Go on when files cannot be read', {
      default: true,
    }),
    EnableVerboseLogging: flag('OSDMigrateEnableVerboseLogging', 'Log everything', { default: false }),
    FileAccess: choice('OSDMigrateFileAccess', 'How files are read', ['Normal', 'VSS'], { default: 'Normal' }),
    SkipEncryptedFiles: flag('OSDMigrateSkipEncryptedFiles', 'Leave encrypted files', { default: false }),
    OfflineUserState: flag('_OSDMigrateOfflineUserState', 'Capture in Windows PE', { default: false }),
    UseHardlinks: flag('_OSDMigrateUseHardlinks', 'Store on the same volume by hard links', { default: false }),
  },
  steeredBy: ['OSDMigrateAdditionalCaptureOptions', 'OSDStateStorePath'],
  sets: [],
  effects: ['captures-state'],
  cancel: 'stop',
  check: migrationModeRule,
};
