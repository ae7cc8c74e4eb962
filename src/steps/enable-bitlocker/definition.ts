/** Enable BitLocker: encrypts a volume and makes its protectors. */
import { choice, flag, HIDDEN, openChoice, secret, text } from '../property.ts';
import { bitLockerRules } from '../rules/index.ts';
import type { StepDefinition } from '../types.ts';

export const definition: StepDefinition = {
  name: 'enable-bitlocker',
  type: 'SMS_TaskSequence_EnableBitLockerAction',
  title: 'Enable BitLocker',
  wizardNames: [],
  category: 'Disks',
  origin: 'configmgr',
  runIn: 'FullOS',
  successCodes: [0],
  retryCount: 0,
  properties: {
    TargetDrive: text(
      'OSDBitLockerTargetDrive',
      'Drive; empty: that of the system',
      { max: 3, pattern: /^[A-Za-z]:?\\?$/, says: 'a drive letter' },
      HIDDEN,
    ),
    Mode: choice('OSDBitLockerMode', 'Key protector', ['TPM', 'Key', 'TPMAndKey', 'TPMAndPIN'], HIDDEN),
    StartupKeyDrive: text(
      'OSDBitLockerStartupKeyDrive',
      'USB drive for the startup key; empty: the first',
      { max: 3, pattern: /^[A-Za-z]:?\\?$/, says: 'a drive letter' },
      HIDDEN,
    ),
    PIN: secret('OSDBitLockerPIN', 'PIN, for TPMAndPIN'),
    CreateRecoveryPassword: choice(
      'OSDBitLockerCreateRecoveryPassword',
      'Where the recovery password is kept',
      ['None', 'AD'],
      HIDDEN,
    ),
    WaitForEncryption: flag('OSDBitLockerWaitForEncryption', 'Wait until all is encrypted', {
      hidden: true,
      default: false,
    }),
    EncryptFullDisk: flag('OSDBitLockerEncryptFullDisk', 'Encrypt free space, too', HIDDEN),
    EncryptMethod: openChoice(
      'OSDBitLockerEncryptMethod',
      '3 AES-128-CBC, 4 AES-256-CBC, 6 XTS-128, 7 XTS-256',
      ['3', '4', '6', '7'],
      HIDDEN,
    ),
    SkipWhenNoValidTPM: flag('OSDBitLockerSkipWhenNoValidTPM', 'Skip the step on a machine without usable TPM', HIDDEN),
  },
  steeredBy: [
    'OSDBitLockerRecoveryPassword',
    'OSDBitLockerStartupKey',
    'OSDRecoveryKeyPollingFrequency',
    'OSDRecoveryKeyPollingTimeout',
  ],
  sets: [],
  effects: [],
  cancel: 'between-steps',
  check: bitLockerRules,
};
