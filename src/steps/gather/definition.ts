/** Gather: fills the variables of MDT from the machine and its rules. */
import { flag, HIDDEN, reference, text } from '../property.ts';
import type { StepDefinition } from '../types.ts';

export const definition: StepDefinition = {
  name: 'gather',
  type: 'BDD_Gather',
  title: 'Gather',
  wizardNames: [],
  category: 'MDT',
  origin: 'mdt',
  runIn: 'WinPEandFullOS',
  successCodes: [0, 3010],
  retryCount: 0,
  properties: {
    GatherLocalOnly: flag('GatherLocalOnly', 'Only what the machine says, no rules'),
    RulesFile: text('RulesFile', 'File with the rules', { max: 255 }),
    PackageID: reference('PackageID', 'Package whose files it needs', ['package'], HIDDEN),
  },
  steeredBy: [],
  sets: [],
  effects: [],
  cancel: 'stop',
};
