/** Capture Network Settings: notes the network settings of the running system for the new one. */
import { flag } from '../property.ts';
import type { StepDefinition } from '../types.ts';

export const definition: StepDefinition = {
  name: 'capture-network-settings',
  type: 'SMS_TaskSequence_CaptureNetworkSettingsAction',
  title: 'Capture Network Settings',
  wizardNames: [],
  category: 'Settings',
  origin: 'configmgr',
  runIn: 'FullOS',
  successCodes: [0],
  retryCount: 0,
  properties: {
    MigrateAdapterSettings: flag('OSDMigrateAdapterSettings', 'Settings of the adapters', { default: true }),
    MigrateNetworkMembership: flag('OSDMigrateNetworkMembership', 'Domain or workgroup', { default: true }),
  },
  steeredBy: [],
  sets: [],
  effects: [],
  cancel: 'between-steps',
};
