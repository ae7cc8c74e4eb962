/** Prepare Windows for Capture: runs Sysprep and restarts into the boot image. */
import { flag } from '../property.ts';
import type { StepDefinition } from '../types.ts';

export const definition: StepDefinition = {
  name: 'prepare-windows-for-capture',
  type: 'SMS_TaskSequence_PrepareOSAction',
  title: 'Prepare Windows for Capture',
  wizardNames: ['Prepare Operating System', 'Prepare OS'],
  category: 'Images',
  origin: 'configmgr',
  runIn: 'FullOS',
  successCodes: [0],
  retryCount: 0,
  properties: {
    BuildStorageDriverList: flag('OSDBuildStorageDriverList', 'List mass storage drivers', {
      default: false,
      deprecated: 'no system since Windows Vista needs it',
    }),
    KeepActivation: flag('OSDKeepActivation', 'Keep the activation', { default: false }),
    ShutdownPreparedOs: flag(
      'OSDShutdownPreparedOs',
      'Shut down in place of a restart; missing in exports of older releases',
      { default: false },
    ),
  },
  steeredBy: [],
  sets: ['OSDTargetSystemRoot'],
  effects: ['runs-sysprep', 'restarts'],
  cancel: 'never',
};
