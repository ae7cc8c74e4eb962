/** Install Application (MDT): installs applications of the deployment share. */
import { reference, text } from '../property.ts';
import { SUCCESS_CODES } from '../limits.ts';
import type { StepDefinition } from '../types.ts';

export const definition: StepDefinition = {
  name: 'install-mdt-application',
  type: 'BDD_InstallApplication',
  title: 'Install Application (MDT)',
  wizardNames: [],
  category: 'MDT',
  origin: 'mdt',
  runIn: 'WinPEandFullOS',
  successCodes: [0, 3010],
  retryCount: 0,
  properties: {
    ApplicationGUID: reference('ApplicationGUID', 'The application; empty: those of the variables', ['application']),
    ApplicationSuccessCodes: text('ApplicationSuccessCodes', 'Exit codes that mean success', SUCCESS_CODES),
  },
  steeredBy: [],
  sets: [],
  effects: ['installs-software'],
  cancel: 'stop',
};
