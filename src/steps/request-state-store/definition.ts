/** Request State Store: asks a state migration point for a place to store or to fetch user state. */
import { choice, flag, integer } from '../property.ts';
import type { StepDefinition } from '../types.ts';

export const definition: StepDefinition = {
  name: 'request-state-store',
  type: 'SMS_TaskSequence_RequestStateStoreAction',
  title: 'Request State Store',
  wizardNames: ['Request User State Storage'],
  category: 'User State',
  origin: 'configmgr',
  runIn: 'WinPEandFullOS',
  successCodes: [0],
  retryCount: 0,
  properties: {
    RequestType: choice('OSDStateRequestType', 'Capture or restore', ['capture', 'restore'], {
      hidden: true,
      required: true,
    }),
    FallbackToNAA: flag('OSDStateFallbackToNAA', "Try another account when the computer's is refused", {
      default: false,
    }),
    SMPRetryCount: integer('OSDStateSMPRetryCount', 'Repeats until a point is found', 0, 30, {
      hidden: true,
      global: true,
    }),
    SMPRetryTime: integer('OSDStateSMPRetryTime', 'Seconds between them', 0, 600, { hidden: true, global: true }),
  },
  steeredBy: [],
  sets: ['OSDStateStorePath'],
  effects: [],
  cancel: 'stop',
};
