/** Install Language Packs Offline: adds language packs before the first start. */
import { HIDDEN, reference } from '../property.ts';
import type { StepDefinition } from '../types.ts';

export const definition: StepDefinition = {
  name: 'install-language-packs-offline',
  type: 'BDD_InstallLanguagePacksOffline',
  title: 'Install Language Packs Offline',
  wizardNames: [],
  category: 'MDT',
  origin: 'mdt',
  runIn: 'WinPE',
  successCodes: [0, 3010],
  retryCount: 0,
  properties: {
    PackageID: reference('PackageID', 'Package whose files it needs', ['package'], HIDDEN),
  },
  steeredBy: [],
  sets: [],
  effects: [],
  cancel: 'stop',
};
