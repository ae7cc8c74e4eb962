/** Install Application (MDT): installs applications of the deployment share. */
import { text } from '../property.ts';
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
    ApplicationGUID: text('ApplicationGUID', 'The application; empty: those of the variables', { max: 255 }),
    ApplicationSuccessCodes: text('ApplicationSuccessCodes', 'Exit codes that mean success', SUCCESS_CODES),
  },
  steeredBy: [],
  sets: [],
  effects: ['installs-software'],
  cancel: 'stop',
};
