/** Inject Drivers: adds drivers of the deployment share. */
import { openChoice, text } from '../property.ts';
import type { StepDefinition } from '../types.ts';

export const definition: StepDefinition = {
  name: 'inject-drivers',
  type: 'BDD_InjectDrivers',
  title: 'Inject Drivers',
  wizardNames: [],
  category: 'MDT',
  origin: 'mdt',
  runIn: 'WinPEandFullOS',
  successCodes: [0, 3010],
  retryCount: 0,
  properties: {
    DriverSelectionProfile: text('DriverSelectionProfile', 'Selection profile', { max: 255 }),
    DriverInjectionMode: openChoice('DriverInjectionMode', 'All drivers, or those that fit', ['ALL', 'AUTO']),
  },
  steeredBy: [],
  sets: [],
  effects: [],
  cancel: 'stop',
};
