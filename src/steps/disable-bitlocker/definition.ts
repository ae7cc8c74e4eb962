/** Disable BitLocker: suspends the protection of a volume. */
import { HIDDEN, integer, text } from '../property.ts';
import type { StepDefinition } from '../types.ts';

export const definition: StepDefinition = {
  name: 'disable-bitlocker',
  type: 'SMS_TaskSequence_DisableBitLockerAction',
  title: 'Disable BitLocker',
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
    RebootCount: integer('OSDBitLockerRebootCount', 'Restarts until it protects again', 1, 15),
  },
  steeredBy: ['OSDBitLockerRebootCountOverride'],
  sets: [],
  effects: [],
  cancel: 'between-steps',
};
