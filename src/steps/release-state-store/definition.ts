/** Release State Store: tells the state migration point that capture or restore is complete. */
import type { StepDefinition } from '../types.ts';

export const definition: StepDefinition = {
  name: 'release-state-store',
  type: 'SMS_TaskSequence_ReleaseStateStoreAction',
  title: 'Release State Store',
  wizardNames: ['Release User State Storage'],
  category: 'User State',
  origin: 'configmgr',
  runIn: 'WinPEandFullOS',
  successCodes: [0],
  retryCount: 0,
  properties: {},
  steeredBy: ['OSDStateStorePath'],
  sets: [],
  effects: [],
  cancel: 'stop',
};
