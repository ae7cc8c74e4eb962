/** Prepare ConfigMgr Client for Capture: takes the identity out of the client before a capture. */
import type { StepDefinition } from '../types.ts';

export const definition: StepDefinition = {
  name: 'prepare-configmgr-client-for-capture',
  type: 'SMS_TaskSequence_PrepareSMSClientAction',
  title: 'Prepare ConfigMgr Client for Capture',
  wizardNames: ['Prepare ConfigMgr Client'],
  category: 'Images',
  origin: 'configmgr',
  runIn: 'FullOS',
  successCodes: [0],
  retryCount: 0,
  properties: {},
  steeredBy: [],
  sets: [],
  effects: [],
  cancel: 'between-steps',
};
