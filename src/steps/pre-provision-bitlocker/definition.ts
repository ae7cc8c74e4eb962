/** Pre-provision BitLocker: encrypts a volume before Windows is on it. */
import { flag, HIDDEN, integer, text } from '../property.ts';
import { destinationRule } from '../rules/index.ts';
import type { StepDefinition } from '../types.ts';

export const definition: StepDefinition = {
  name: 'pre-provision-bitlocker',
  type: 'SMS_TaskSequence_OfflineEnableBitLockerAction',
  title: 'Pre-provision BitLocker',
  wizardNames: [],
  category: 'Disks',
  origin: 'configmgr',
  runIn: 'WinPE',
  successCodes: [0],
  retryCount: 0,
  properties: {
    DestinationDisk: integer('OSDBitLockerDestinationDisk', 'Disk, from 0', 0, 99, HIDDEN),
    DestinationPartition: integer('OSDBitLockerDestinationPartition', 'Partition of that disk, from 1', 1, 99, HIDDEN),
    DestinationLogicalDrive: text(
      'OSDBitLockerDestinationLogicalDrive',
      'Drive letter as Windows PE sees it',
      { max: 3, pattern: /^[A-Za-z]:?\\?$/, says: 'a drive letter' },
      HIDDEN,
    ),
    DestinationVariable: text(
      'OSDBitLockerDestinationVariable',
      'Variable that holds the drive letter',
      { max: 256 },
      HIDDEN,
    ),
    EncryptFullDisk: flag('OSDBitLockerEncryptFullDisk', 'Encrypt free space, too', HIDDEN),
    SkipWhenTPMInvalid: flag('OSDBitLockerSkipWhenTPMInvalid', 'Skip the step on a machine without usable TPM', HIDDEN),
  },
  steeredBy: [],
  sets: [],
  effects: [],
  cancel: 'between-steps',
  check: destinationRule,
};
