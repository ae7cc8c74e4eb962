/** Capture Windows Settings: notes names and time zone of the system for the new one. */
import { flag } from '../property.ts';
import type { StepDefinition } from '../types.ts';

export const definition: StepDefinition = {
  name: 'capture-windows-settings',
  type: 'SMS_TaskSequence_CaptureWindowsSettingsAction',
  title: 'Capture Windows Settings',
  wizardNames: [],
  category: 'Settings',
  origin: 'configmgr',
  runIn: 'WinPEandFullOS',
  successCodes: [0],
  retryCount: 0,
  properties: {
    MigrateComputerName: flag('OSDMigrateComputerName', 'Computer name', { default: true }),
    MigrateRegistrationInfo: flag('OSDMigrateRegistrationInfo', 'Registered user and organization', { default: true }),
    MigrateTimeZone: flag('OSDMigrateTimeZone', 'Time zone', { default: true }),
  },
  steeredBy: [],
  sets: ['OSDComputerName', 'OSDRegisteredOrgName', 'OSDTimeZone'],
  effects: [],
  cancel: 'between-steps',
};
