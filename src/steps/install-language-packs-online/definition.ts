/** Install Language Packs Online: adds language packs to the running system. */
import { HIDDEN, reference } from '../property.ts';
import type { StepDefinition } from '../types.ts';

export const definition: StepDefinition = {
  name: 'install-language-packs-online',
  type: 'BDD_InstallLanguagePacksOnline',
  title: 'Install Language Packs Online',
  wizardNames: [],
  category: 'MDT',
  origin: 'mdt',
  runIn: 'FullOS',
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
