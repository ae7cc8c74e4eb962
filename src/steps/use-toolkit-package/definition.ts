/** Use Toolkit Package: fetches the files of MDT. */
import { HIDDEN, reference } from '../property.ts';
import type { StepDefinition } from '../types.ts';

export const definition: StepDefinition = {
  name: 'use-toolkit-package',
  type: 'BDD_UsePackage',
  title: 'Use Toolkit Package',
  wizardNames: [],
  category: 'MDT',
  origin: 'mdt',
  runIn: 'WinPEandFullOS',
  successCodes: [0, 3010],
  retryCount: 0,
  properties: {
    BDDPackageID: reference('BDDPackageID', 'Package with the files of MDT', ['package'], HIDDEN),
  },
  steeredBy: [],
  sets: [],
  effects: [],
  cancel: 'stop',
};
