/** Install Updates Offline: adds updates before the first start. */
import { HIDDEN, reference, text } from '../property.ts';
import type { StepDefinition } from '../types.ts';

export const definition: StepDefinition = {
  name: 'install-updates-offline',
  type: 'BDD_InstallUpdatesOffline',
  title: 'Install Updates Offline',
  wizardNames: [],
  category: 'MDT',
  origin: 'mdt',
  runIn: 'WinPEandFullOS',
  successCodes: [0, 3010],
  retryCount: 0,
  properties: {
    PackageSelectionProfile: text('PackageSelectionProfile', 'Selection profile of the share', { max: 255 }),
    PackageID: reference('PackageID', 'Package whose files it needs', ['package'], HIDDEN),
  },
  steeredBy: [],
  sets: [],
  effects: [],
  cancel: 'stop',
};
